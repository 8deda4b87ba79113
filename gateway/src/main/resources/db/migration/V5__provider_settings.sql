-- What some types of providers are told beside their address: a cloud's region and project, Azure's version and deployments.
ALTER TABLE providers
  ADD COLUMN region      text,
  ADD COLUMN project     text,
  ADD COLUMN api_version text,
  ADD COLUMN deployments jsonb CHECK (jsonb_typeof(deployments) = 'object');
