-- Adds the indexes of the hot statements to a database that lacks them. Online, and safe to run again:
--   psql -U postgres -d ai_gateway -f scripts/add_performance_indexes.sql
-- An index that an interrupted run left invalid is dropped first; CREATE ... IF NOT EXISTS would keep it.
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %I', c.relname)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE NOT i.indisvalid AND c.relname IN (
   'idx_api_keys_hash_active',
   'idx_api_keys_tenant_lookup',
   'idx_guardrail_profiles_tenant_active',
   'idx_routing_policies_tenant_active',
   'idx_api_routes_tenant_path',
   'idx_api_routes_priority',
   'idx_departments_tenant_active',
   'idx_teams_tenant_dept')
\gexec
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS idx_api_keys_hash_active
  ON api_keys (public_id) INCLUDE (secret_hash) WHERE active AND deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_api_keys_tenant_lookup
  ON api_keys (tenant_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_guardrail_profiles_tenant_active
  ON guardrail_profiles (tenant_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_routing_policies_tenant_active
  ON routing_policies (tenant_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_api_routes_tenant_path
  ON api_routes (tenant_id, path, method) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_api_routes_priority
  ON api_routes (tenant_id, priority DESC, seq) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_departments_tenant_active
  ON departments (tenant_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_teams_tenant_dept
  ON teams (tenant_id, department_id, seq) WHERE deleted_at IS NULL;
