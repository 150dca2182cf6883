-- Telling people: what each run had to tell, and to whom it has been taken; and
-- what keeps the ledger true where a run is killed or takes too long.

CREATE TABLE digest (
    run  bigint PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    id   uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    made timestamptz NOT NULL,
    body jsonb NOT NULL
);
CREATE INDEX digest_made ON digest (made);
COMMENT ON TABLE digest IS 'What a run had to tell. A run that had nothing to tell has none.';
COMMENT ON COLUMN digest.run IS 'The run.';
COMMENT ON COLUMN digest.id IS 'Its name outside: a webhook''s Idempotency-Key, a mail''s Message-ID, a feed entry''s ID.';
COMMENT ON COLUMN digest.made IS 'When it was made.';
COMMENT ON COLUMN digest.body IS 'The digest as a webhook receives it. It holds questions, reasons, answers and sources'' names, and no quotes.';

CREATE TABLE delivery (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run    bigint NOT NULL REFERENCES digest ON DELETE CASCADE,
    way    text NOT NULL CHECK (way IN ('webhook', 'slack', 'mail', 'atom')),
    target text NOT NULL DEFAULT '',
    state  text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed', 'dropped')),
    tries  integer NOT NULL DEFAULT 0,
    reason text NOT NULL DEFAULT '',
    tried  timestamptz,
    UNIQUE (run, way, target)
);
CREATE INDEX delivery_state ON delivery (state) WHERE state IN ('waiting', 'failed');
COMMENT ON TABLE delivery IS 'To whom each digest is to be taken, each once.';
COMMENT ON COLUMN delivery.id IS 'Number of the delivery.';
COMMENT ON COLUMN delivery.run IS 'The run whose digest it is.';
COMMENT ON COLUMN delivery.way IS 'By which way of the configuration it goes. Its address is not kept here: it may be a secret, or change.';
COMMENT ON COLUMN delivery.target IS 'The mail address; empty for the other ways.';
COMMENT ON COLUMN delivery.state IS 'waiting: not yet taken, or to be tried again; delivered; failed: tried as often as it is; dropped: the configuration no longer has the way.';
COMMENT ON COLUMN delivery.tries IS 'How often it was tried.';
COMMENT ON COLUMN delivery.reason IS 'Why the last try failed; else empty.';
COMMENT ON COLUMN delivery.tried IS 'When it was last tried.';

CREATE TABLE feed (
    id   uuid NOT NULL DEFAULT gen_random_uuid(),
    made timestamptz NOT NULL DEFAULT now()
);
INSERT INTO feed DEFAULT VALUES;
COMMENT ON TABLE feed IS 'One row: the name of the Atom feed of all digests.';
COMMENT ON COLUMN feed.id IS 'By which readers know the feed, wherever it is served.';
COMMENT ON COLUMN feed.made IS 'When it was made.';

ALTER TABLE run_conflict ADD COLUMN told bigint REFERENCES run ON DELETE SET NULL;
CREATE INDEX run_conflict_told ON run_conflict (told);
COMMENT ON COLUMN run_conflict.told IS 'The run whose digest told it; null where none did.';

ALTER TABLE run ADD COLUMN worker text;
COMMENT ON COLUMN run.worker IS 'The process that does the whole run, as in worker.id; null where it is done by jobs. Where that process is no longer alive, a run without an end was broken off.';

ALTER TABLE due_run ADD COLUMN reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN due_run.reason IS 'Why the time was skipped; else empty.';

CREATE TABLE host (
    name text PRIMARY KEY CHECK (name <> ''),
    next timestamptz NOT NULL
);
COMMENT ON TABLE host IS 'When each host may next be asked for a page, by any of the processes that fetch.';
COMMENT ON COLUMN host.name IS 'The host''s name in lower case.';
COMMENT ON COLUMN host.next IS 'Before when nobody asks it, by the clock of the database.';
