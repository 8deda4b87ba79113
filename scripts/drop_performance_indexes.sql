-- Takes the indexes of the hot statements away again. Online, and safe to run again:
--   psql -U postgres -d ai_gateway -f scripts/drop_performance_indexes.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_api_keys_hash_active;
DROP INDEX CONCURRENTLY IF EXISTS idx_api_keys_tenant_lookup;
DROP INDEX CONCURRENTLY IF EXISTS idx_guardrail_profiles_tenant_active;
DROP INDEX CONCURRENTLY IF EXISTS idx_routing_policies_tenant_active;
DROP INDEX CONCURRENTLY IF EXISTS idx_api_routes_tenant_path;
DROP INDEX CONCURRENTLY IF EXISTS idx_api_routes_priority;
DROP INDEX CONCURRENTLY IF EXISTS idx_departments_tenant_active;
DROP INDEX CONCURRENTLY IF EXISTS idx_teams_tenant_dept;
