-- What was used: a row for each attempt that was sent to a provider. No foreign keys: rows outlive what they speak of.
CREATE TABLE usage_records (
  attempt_id       uuid PRIMARY KEY,
  seq              bigint GENERATED ALWAYS AS IDENTITY,
  at               timestamptz NOT NULL,
  request_id       text NOT NULL,
  route            text NOT NULL,
  tenant_id        text NOT NULL,
  department_id    text,
  team_id          text,
  api_key_id       text NOT NULL,
  provider         text NOT NULL,
  model            text NOT NULL,
  tokens_in        bigint NOT NULL,
  tokens_out       bigint NOT NULL,
  tokens_cached    bigint NOT NULL,
  tokens_reasoning bigint NOT NULL,
  estimated        boolean NOT NULL,
  -- nano-dollars; null: no price is known, which is not a price of zero
  cost_nanos       bigint CHECK (cost_nanos >= 0),
  price_from       timestamptz,
  outcome          text NOT NULL,
  took_us          bigint NOT NULL,
  total_us         bigint NOT NULL
);
CREATE INDEX usage_records_seq ON usage_records (seq);
CREATE INDEX usage_records_tenant ON usage_records (tenant_id, seq);
CREATE INDEX usage_records_key ON usage_records (api_key_id, seq);
CREATE INDEX usage_records_at ON usage_records USING brin (at);

-- the same, summed by day in the transaction that writes the rows: what summaries are made of
CREATE TABLE usage_daily (
  day              date NOT NULL,
  tenant_id        text NOT NULL,
  department_id    text NOT NULL,
  team_id          text NOT NULL,
  api_key_id       text NOT NULL,
  provider         text NOT NULL,
  model            text NOT NULL,
  attempts         bigint NOT NULL,
  failed           bigint NOT NULL,
  estimated        bigint NOT NULL,
  unpriced         bigint NOT NULL,
  tokens_in        bigint NOT NULL,
  tokens_out       bigint NOT NULL,
  tokens_cached    bigint NOT NULL,
  tokens_reasoning bigint NOT NULL,
  cost_nanos       bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, department_id, team_id, api_key_id, provider, model)
);
CREATE INDEX usage_daily_day ON usage_daily (day);
