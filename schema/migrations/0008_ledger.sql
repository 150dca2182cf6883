-- The ledger in full: a line a source, what failed, and the work of a run in hand.

ALTER TABLE run
    ADD COLUMN stage      text NOT NULL DEFAULT 'reading' CHECK (stage IN ('reading', 'comparing', 'finished', 'failed')),
    ADD COLUMN failure    text NOT NULL DEFAULT '',
    ADD COLUMN reopened   integer NOT NULL DEFAULT 0,
    ADD COLUMN closed     integer NOT NULL DEFAULT 0,
    ADD COLUMN superseded integer NOT NULL DEFAULT 0;
UPDATE run SET stage = 'finished' WHERE finished IS NOT NULL;
COMMENT ON COLUMN run.stage IS 'How far it is: reading (and listing), comparing, finished, or failed, where comparing failed as often as it was tried.';
COMMENT ON COLUMN run.failure IS 'Why it failed; else empty.';
COMMENT ON COLUMN run.reopened IS 'Conflicts shown that were found before, and were not open at the last comparison.';
COMMENT ON COLUMN run.closed IS 'Conflicts shown before that are no longer found, or are explained.';
COMMENT ON COLUMN run.superseded IS 'Conflicts, new or changed, of which a later figure replaces an earlier one.';

CREATE TABLE run_source (
    run        bigint NOT NULL REFERENCES run ON DELETE CASCADE,
    n          integer NOT NULL CHECK (n >= 0),
    name       text NOT NULL,
    listed     boolean NOT NULL DEFAULT false,
    expected   integer NOT NULL DEFAULT 0,
    fetched    integer NOT NULL DEFAULT 0,
    unchanged  integer NOT NULL DEFAULT 0,
    failed     integer NOT NULL DEFAULT 0,
    extracted  integer NOT NULL DEFAULT 0,
    claims     integer NOT NULL DEFAULT 0,
    opened     integer NOT NULL DEFAULT 0,
    reopened   integer NOT NULL DEFAULT 0,
    superseded integer NOT NULL DEFAULT 0,
    closed     integer NOT NULL DEFAULT 0,
    quiet      integer NOT NULL DEFAULT 0,
    silent     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (run, n),
    CHECK (expected = fetched + unchanged + failed),
    CHECK (extracted <= fetched)
);
CREATE INDEX run_source_name ON run_source (name, run);
COMMENT ON TABLE run_source IS 'The ledger of a run, a line a source. The counts are nought until the run ends. It adds up: expected = fetched + unchanged + failed.';
COMMENT ON COLUMN run_source.run IS 'The run.';
COMMENT ON COLUMN run_source.n IS 'Its place among the run''s sources, counted from 0.';
COMMENT ON COLUMN run_source.name IS 'The source as the configuration names it, or the path that was given.';
COMMENT ON COLUMN run_source.listed IS 'Whether it is known which documents are expected of it.';
COMMENT ON COLUMN run_source.expected IS 'Documents that it should give.';
COMMENT ON COLUMN run_source.fetched IS 'Of those, read well and new, or changed, or read anew by newer readers or rules.';
COMMENT ON COLUMN run_source.unchanged IS 'Of those, as they were at the last run, and so not read.';
COMMENT ON COLUMN run_source.failed IS 'Of those, not read; run_failure has the reasons.';
COMMENT ON COLUMN run_source.extracted IS 'Of those fetched, read by the rules in this run; the others are copies of what had been read.';
COMMENT ON COLUMN run_source.claims IS 'Different claims that the documents fetched make.';
COMMENT ON COLUMN run_source.opened IS 'Conflicts shown, found for the first time, in which a document of this run''s source takes part; one of two sources counts for both.';
COMMENT ON COLUMN run_source.reopened IS 'The same for conflicts that had been found before and were not open.';
COMMENT ON COLUMN run_source.superseded IS 'The same for conflicts, new or changed, of which a later figure replaces an earlier one.';
COMMENT ON COLUMN run_source.closed IS 'The same for conflicts shown before that are no longer found, or are explained.';
COMMENT ON COLUMN run_source.quiet IS 'For how many runs in a row, this one included, it has given nothing new.';
COMMENT ON COLUMN run_source.silent IS 'For how many runs in a row, this one included, it has given nothing at all.';

CREATE TABLE run_document (
    run       bigint NOT NULL REFERENCES run ON DELETE CASCADE,
    address   text NOT NULL,
    source    integer NOT NULL,
    given     text NOT NULL,
    outcome   text CHECK (outcome IN ('added', 'changed', 'unchanged', 'failed')),
    extracted boolean NOT NULL DEFAULT false,
    reason    text NOT NULL DEFAULT '',
    tries     integer NOT NULL DEFAULT 0,
    version   bigint REFERENCES version,
    bytes     bigint NOT NULL DEFAULT 0,
    new       integer NOT NULL DEFAULT 0,
    PRIMARY KEY (run, address),
    FOREIGN KEY (run, source) REFERENCES run_source ON DELETE CASCADE
);
CREATE INDEX run_document_waiting ON run_document (run) WHERE outcome IS NULL;
COMMENT ON TABLE run_document IS 'The documents expected of a run that has not ended, each once. The end of the run sums them up in run_source and deletes them.';
COMMENT ON COLUMN run_document.run IS 'The run.';
COMMENT ON COLUMN run_document.address IS 'Where the document stands, as in document.address.';
COMMENT ON COLUMN run_document.source IS 'The place of its source among the run''s.';
COMMENT ON COLUMN run_document.given IS 'The path or URL as it was listed.';
COMMENT ON COLUMN run_document.outcome IS 'What became of it: added, changed, unchanged, failed; null while it waits.';
COMMENT ON COLUMN run_document.extracted IS 'Whether readers and rules read it in this run.';
COMMENT ON COLUMN run_document.reason IS 'Why it failed; else empty.';
COMMENT ON COLUMN run_document.tries IS 'How often it was tried.';
COMMENT ON COLUMN run_document.version IS 'The version that stands; null where none is stored.';
COMMENT ON COLUMN run_document.bytes IS 'Number of bytes.';
COMMENT ON COLUMN run_document.new IS 'Claims that no document had made before.';

CREATE TABLE run_failure (
    run      bigint NOT NULL REFERENCES run ON DELETE CASCADE,
    source   integer NOT NULL,
    document text NOT NULL,
    reason   text NOT NULL CHECK (reason <> ''),
    tries    integer NOT NULL,
    FOREIGN KEY (run, source) REFERENCES run_source ON DELETE CASCADE
);
CREATE INDEX run_failure_run ON run_failure (run, source);
COMMENT ON TABLE run_failure IS 'What a run could not read: as many lines as run_source.failed counts.';
COMMENT ON COLUMN run_failure.run IS 'The run.';
COMMENT ON COLUMN run_failure.source IS 'The place of the source among the run''s.';
COMMENT ON COLUMN run_failure.document IS 'The path or URL as it was listed.';
COMMENT ON COLUMN run_failure.reason IS 'Why, in words.';
COMMENT ON COLUMN run_failure.tries IS 'How often it was tried.';

CREATE TABLE run_conflict (
    run      bigint NOT NULL REFERENCES run ON DELETE CASCADE,
    conflict bigint NOT NULL REFERENCES conflict ON DELETE CASCADE,
    change   text NOT NULL CHECK (change IN ('opened', 'reopened', 'superseded', 'closed')),
    PRIMARY KEY (run, conflict, change)
);
CREATE INDEX run_conflict_conflict ON run_conflict (conflict);
COMMENT ON TABLE run_conflict IS 'What a run changed about conflicts that are severe enough to be shown.';
COMMENT ON COLUMN run_conflict.run IS 'The run.';
COMMENT ON COLUMN run_conflict.conflict IS 'The conflict.';
COMMENT ON COLUMN run_conflict.change IS 'opened: found for the first time; reopened: found before and not open at the last comparison; superseded: a later figure replaces an earlier one; closed: no longer found, or explained.';

CREATE TABLE worker (
    id   text PRIMARY KEY,
    host text NOT NULL,
    seen timestamptz NOT NULL
);
COMMENT ON TABLE worker IS 'The processes that work on jobs. One that has not been seen for a while is dead, and its jobs are taken over.';
COMMENT ON COLUMN worker.id IS 'Name of the process, as the jobs that it works on carry it.';
COMMENT ON COLUMN worker.host IS 'The machine that it runs on.';
COMMENT ON COLUMN worker.seen IS 'When it last said that it is alive, by the clock of the database.';

ALTER TABLE document
    ADD COLUMN size  bigint,
    ADD COLUMN stamp bigint;
COMMENT ON COLUMN document.size IS 'Size of its file when it was last read, in bytes; null where that does not tell whether it changed.';
COMMENT ON COLUMN document.stamp IS 'When its file had last been changed, in nanoseconds since 1970. A file with the same size and stamp is not read again.';
