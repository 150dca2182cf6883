-- The ledger of runs.

CREATE TABLE run (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started       timestamptz NOT NULL,
    finished      timestamptz,
    paths         text[] NOT NULL,
    found         integer NOT NULL DEFAULT 0,
    added         integer NOT NULL DEFAULT 0,
    changed       integer NOT NULL DEFAULT 0,
    unchanged     integer NOT NULL DEFAULT 0,
    copies        integer NOT NULL DEFAULT 0,
    failed        integer NOT NULL DEFAULT 0,
    sentences     integer NOT NULL DEFAULT 0,
    claims        integer NOT NULL DEFAULT 0,
    new_claims    integer NOT NULL DEFAULT 0,
    appearances   integer NOT NULL DEFAULT 0,
    conflicts     integer NOT NULL DEFAULT 0,
    new_conflicts integer NOT NULL DEFAULT 0,
    bytes         bigint NOT NULL DEFAULT 0,
    CHECK (started <= finished)
);
COMMENT ON TABLE run IS 'The ledger: what each run found and did.';
COMMENT ON COLUMN run.id IS 'Number of the run.';
COMMENT ON COLUMN run.started IS 'When it started.';
COMMENT ON COLUMN run.finished IS 'When it ended; null while it runs, and for good where it was broken off.';
COMMENT ON COLUMN run.paths IS 'What it was told to read.';
COMMENT ON COLUMN run.found IS 'Documents found.';
COMMENT ON COLUMN run.added IS 'Documents met for the first time.';
COMMENT ON COLUMN run.changed IS 'Documents with new bytes, or read anew by newer readers or rules.';
COMMENT ON COLUMN run.unchanged IS 'Documents as they were, and so not read again.';
COMMENT ON COLUMN run.copies IS 'Documents whose bytes stand at another address too.';
COMMENT ON COLUMN run.failed IS 'Documents that could not be read.';
COMMENT ON COLUMN run.sentences IS 'Sentences in the documents found.';
COMMENT ON COLUMN run.claims IS 'Claims in the documents found.';
COMMENT ON COLUMN run.new_claims IS 'Claims that no document had made before.';
COMMENT ON COLUMN run.appearances IS 'Places in the documents found where claims are made.';
COMMENT ON COLUMN run.conflicts IS 'Open conflicts that are shown, after the run.';
COMMENT ON COLUMN run.new_conflicts IS 'Those among them that no earlier run had found.';
COMMENT ON COLUMN run.bytes IS 'Bytes of the documents found.';
