-- Every change that requests depend on is recorded by the database itself, whoever makes it: the admin API, a file, a person
-- with psql. The row is the truth, config_version the last of them, and the notification only a wake-up call.

CREATE TABLE config_changes (
  version   bigint PRIMARY KEY,
  at        timestamptz NOT NULL DEFAULT now(),
  kind      text NOT NULL,
  id        text,
  tenant_id text,
  public_id text
);
CREATE INDEX config_changes_at ON config_changes (at);

-- the row lock on config_version is held until the commit, so that versions have the order of the commits: who reads version
-- N sees all changes up to N
CREATE FUNCTION weir_record_change(kind text, id text, tenant_id text, public_id text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  next bigint;
BEGIN
  UPDATE config_version v SET version = v.version + 1 RETURNING v.version INTO next;
  INSERT INTO config_changes VALUES (next, now(), kind, id, tenant_id, public_id);
  PERFORM pg_notify('weir_changes', json_strip_nulls(json_build_object(
    'version', next, 'kind', kind, 'id', id, 'tenant', tenant_id, 'public_id', public_id))::text);
END $$;

-- arguments: kind, column of the id, column of the tenant; the transition table is named changed
CREATE FUNCTION weir_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  many integer;
  one  jsonb;
BEGIN
  SELECT count(*) INTO many FROM (SELECT 1 FROM changed LIMIT 101) few;
  IF many > 100 THEN
    PERFORM weir_record_change('everything', NULL, NULL, NULL);
    RETURN NULL;
  END IF;
  FOR one IN SELECT to_jsonb(changed) FROM changed LOOP
    PERFORM weir_record_change(
      TG_ARGV[0], one ->> TG_ARGV[1], one ->> TG_ARGV[2], one ->> 'public_id');
  END LOOP;
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched text[];
BEGIN
  FOREACH watched SLICE 1 IN ARRAY ARRAY[
    ['tenants', 'tenant', 'id', 'id'],
    ['departments', 'department', 'id', 'tenant_id'],
    ['teams', 'team', 'id', 'tenant_id'],
    ['api_keys', 'api_key', 'id', 'tenant_id'],
    ['guardrail_profiles', 'guardrail_profile', 'id', 'tenant_id'],
    ['routing_policies', 'routing_policy', 'id', 'tenant_id'],
    ['api_routes', 'api_route', 'id', 'tenant_id'],
    ['providers', 'provider', 'id', 'none'],
    ['provider_credentials', 'provider', 'provider_id', 'none'],
    ['models', 'model', 'id', 'none'],
    ['prices', 'model', 'model_id', 'none']]
  LOOP
    EXECUTE format(
      'CREATE TRIGGER weir_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION weir_changed(%L, %L, %L)',
      watched[1], watched[2], watched[3], watched[4]);
    EXECUTE format(
      'CREATE TRIGGER weir_updated AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION weir_changed(%L, %L, %L)',
      watched[1], watched[2], watched[3], watched[4]);
    EXECUTE format(
      'CREATE TRIGGER weir_deleted AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
         FOR EACH STATEMENT EXECUTE FUNCTION weir_changed(%L, %L, %L)',
      watched[1], watched[2], watched[3], watched[4]);
  END LOOP;
END $$;

-- which policies are named by a level is asked whenever a tenant's view is compiled
CREATE INDEX api_keys_routing_policy ON api_keys (tenant_id, routing_policy_id)
  WHERE routing_policy_id IS NOT NULL AND deleted_at IS NULL;
