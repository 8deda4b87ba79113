-- Who may call, what they may use, and who may change that.
-- ids are opaque text made by the gateway; seq gives lists a stable order; version is the ETag.

CREATE TABLE installation (
  id               integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  pepper_check     bytea,
  encryption_check bytea,
  -- the key of the audit chain, random, sealed as credentials are
  audit_key        bytea
);
INSERT INTO installation DEFAULT VALUES;

-- every change that requests depend on adds one, in its own transaction
CREATE TABLE config_version (
  id      integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint NOT NULL DEFAULT 0
);
INSERT INTO config_version DEFAULT VALUES;

CREATE TABLE tenants (
  id                   text PRIMARY KEY,
  seq                  bigint GENERATED ALWAYS AS IDENTITY,
  name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  active               boolean NOT NULL DEFAULT true,
  guardrail_profile_id text,
  routing_policy_id    text,
  managed_by           text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version              bigint NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz
);
CREATE UNIQUE INDEX tenants_name ON tenants (name) WHERE deleted_at IS NULL;

CREATE TABLE guardrail_profiles (
  id         text PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id  text NOT NULL REFERENCES tenants,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  rules      jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rules) = 'array'),
  active     boolean NOT NULL DEFAULT true,
  managed_by text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  UNIQUE (tenant_id, id)
);

CREATE TABLE routing_policies (
  id         text PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id  text NOT NULL REFERENCES tenants,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  match      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(match) = 'object'),
  strategy   jsonb NOT NULL CHECK (jsonb_typeof(strategy) = 'object'),
  active     boolean NOT NULL DEFAULT true,
  managed_by text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  UNIQUE (tenant_id, id)
);

-- a tenant can only name policies of its own; a profile may be one in the box too, so the gateway checks those
ALTER TABLE tenants
  ADD FOREIGN KEY (id, routing_policy_id) REFERENCES routing_policies (tenant_id, id);

CREATE TABLE departments (
  id                   text PRIMARY KEY,
  seq                  bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id            text NOT NULL REFERENCES tenants,
  name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  active               boolean NOT NULL DEFAULT true,
  guardrail_profile_id text,
  routing_policy_id    text,
  managed_by           text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version              bigint NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, routing_policy_id) REFERENCES routing_policies (tenant_id, id)
);
CREATE UNIQUE INDEX departments_name ON departments (tenant_id, name) WHERE deleted_at IS NULL;

CREATE TABLE teams (
  id                   text PRIMARY KEY,
  seq                  bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id            text NOT NULL,
  department_id        text NOT NULL,
  name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  active               boolean NOT NULL DEFAULT true,
  guardrail_profile_id text,
  routing_policy_id    text,
  managed_by           text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version              bigint NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, department_id, id),
  FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
  FOREIGN KEY (tenant_id, routing_policy_id) REFERENCES routing_policies (tenant_id, id)
);
CREATE UNIQUE INDEX teams_name ON teams (tenant_id, department_id, name) WHERE deleted_at IS NULL;

CREATE TABLE api_keys (
  id                   text PRIMARY KEY,
  seq                  bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id            text NOT NULL REFERENCES tenants,
  department_id        text,
  team_id              text,
  name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  public_id            text NOT NULL UNIQUE,
  secret_hash          bytea NOT NULL CHECK (length(secret_hash) = 32),
  last4                text NOT NULL,
  previous_hash        bytea CHECK (length(previous_hash) = 32),
  previous_until       timestamptz,
  active               boolean NOT NULL DEFAULT true,
  expires_at           timestamptz,
  revoked_at           timestamptz,
  allowed_models       text[] NOT NULL DEFAULT '{}',
  allowed_addresses    text[] NOT NULL DEFAULT '{}',
  guardrail_profile_id text,
  routing_policy_id    text,
  created_by           text NOT NULL DEFAULT 'system',
  managed_by           text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version              bigint NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  UNIQUE (tenant_id, id),
  CHECK (team_id IS NULL OR department_id IS NOT NULL),
  FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
  FOREIGN KEY (tenant_id, department_id, team_id) REFERENCES teams (tenant_id, department_id, id),
  FOREIGN KEY (tenant_id, routing_policy_id) REFERENCES routing_policies (tenant_id, id)
);

CREATE TABLE api_routes (
  id                   text PRIMARY KEY,
  seq                  bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id            text NOT NULL REFERENCES tenants,
  path                 text NOT NULL CHECK (path LIKE '/%'),
  method               text NOT NULL DEFAULT 'POST',
  protocol             text NOT NULL DEFAULT 'openai.chat',
  priority             integer NOT NULL DEFAULT 0,
  routing_policy_id    text,
  model                text,
  guardrail_profile_id text,
  parameters           jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(parameters) = 'object'),
  active               boolean NOT NULL DEFAULT true,
  managed_by           text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version              bigint NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  deleted_at           timestamptz,
  CHECK (routing_policy_id IS NULL OR model IS NULL),
  FOREIGN KEY (tenant_id, routing_policy_id) REFERENCES routing_policies (tenant_id, id)
);

CREATE TABLE providers (
  id         text PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  name       text NOT NULL,
  type       text NOT NULL,
  base_url   text NOT NULL,
  active     boolean NOT NULL DEFAULT true,
  managed_by text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX providers_name ON providers (name) WHERE deleted_at IS NULL;

-- sealed: an envelope, AES-256-GCM under a data key that a key-encryption key wraps; the row's identity is authenticated with it
CREATE TABLE provider_credentials (
  id          text PRIMARY KEY,
  provider_id text NOT NULL REFERENCES providers,
  sealed      bytea NOT NULL,
  last4       text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX provider_credentials_provider ON provider_credentials (provider_id);

CREATE TABLE models (
  id          text PRIMARY KEY,
  seq         bigint GENERATED ALWAYS AS IDENTITY,
  provider_id text NOT NULL REFERENCES providers,
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  active      boolean NOT NULL DEFAULT true,
  managed_by  text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  deleted_at  timestamptz
);
CREATE UNIQUE INDEX models_name ON models (provider_id, name) WHERE deleted_at IS NULL;

-- money in nano-dollars per million tokens; the row with the latest valid_from that has passed holds
CREATE TABLE prices (
  model_id           text NOT NULL REFERENCES models,
  valid_from         timestamptz NOT NULL,
  input_nanos        bigint NOT NULL CHECK (input_nanos >= 0),
  output_nanos       bigint NOT NULL CHECK (output_nanos >= 0),
  cached_input_nanos bigint CHECK (cached_input_nanos >= 0),
  PRIMARY KEY (model_id, valid_from)
);

CREATE TABLE admins (
  id         text PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  role       text NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
  tenant_id  text REFERENCES tenants,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  active     boolean NOT NULL DEFAULT true,
  managed_by text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

-- hash = HMAC over the entry and the hash before it; the head, an HMAC of its own, says where the chain must end
CREATE TABLE audit_log (
  seq         bigint PRIMARY KEY,
  at          timestamptz NOT NULL,
  actor       text NOT NULL,
  action      text NOT NULL,
  resource    text NOT NULL,
  resource_id text NOT NULL,
  tenant_id   text,
  change      text NOT NULL,
  hash        bytea NOT NULL
);
CREATE INDEX audit_log_tenant ON audit_log (tenant_id, seq);

CREATE TABLE audit_head (
  id   integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  seq  bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT '\x'
);
INSERT INTO audit_head DEFAULT VALUES;
