-- A run by hand tells nobody: what it found is told with the next run that tells.

ALTER TABLE run ADD COLUMN untold boolean NOT NULL DEFAULT false;
CREATE INDEX run_untold ON run (id) WHERE untold;
COMMENT ON COLUMN run.untold IS 'Whether it ended without telling people what it found, and the next run that tells has yet to take that over.';
