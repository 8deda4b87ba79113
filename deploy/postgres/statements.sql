-- Slow statements by name: docs/runbook.md asks this view.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
