-- the indexes of the hot statements, built while the gateway runs
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
