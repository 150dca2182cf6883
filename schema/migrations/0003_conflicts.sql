-- Conflicts: questions that sources answer incompatibly.

CREATE TABLE conflict (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('number', 'date', 'entity', 'negation', 'arithmetic')),
    status     text NOT NULL CHECK (status IN ('open', 'confirmed', 'dismissed', 'superseded', 'resolved', 'explained')),
    severity   double precision NOT NULL CHECK (severity BETWEEN 0 AND 1),
    question   text NOT NULL,
    reason     text NOT NULL,
    rungs      text[] NOT NULL,
    origins    integer NOT NULL CHECK (origins >= 0),
    digest     bytea NOT NULL CHECK (octet_length(digest) = 32),
    first_seen timestamptz NOT NULL,
    last_seen  timestamptz NOT NULL,
    closed     timestamptz,
    CHECK (first_seen <= last_seen)
);
CREATE INDEX conflict_standing ON conflict (status, severity DESC, id) WHERE closed IS NULL;
COMMENT ON TABLE conflict IS 'A question that sources answer incompatibly, or (status explained) only seem to.';
COMMENT ON COLUMN conflict.id IS 'Number of the conflict; kept for as long as the question has a claim in common with what it was.';
COMMENT ON COLUMN conflict.kind IS 'What differs: number, date, entity, negation (that it happened against that it did not), arithmetic (a document against itself).';
COMMENT ON COLUMN conflict.status IS 'open, superseded and explained are found by comparing; confirmed, dismissed and resolved are people''s verdicts.';
COMMENT ON COLUMN conflict.severity IS '0 to 1; below 0.5 nothing is shown unless asked for.';
COMMENT ON COLUMN conflict.question IS 'The question in words.';
COMMENT ON COLUMN conflict.reason IS 'In words, why the answers cannot all hold, or why they agree after all.';
COMMENT ON COLUMN conflict.rungs IS 'The benign explanations that were tried, in order.';
COMMENT ON COLUMN conflict.origins IS 'How many independent origins take part; copies of one text are one origin.';
COMMENT ON COLUMN conflict.digest IS 'SHA-256 over all that comparing found; by it a night that changes nothing is told.';
COMMENT ON COLUMN conflict.first_seen IS 'When it was first found.';
COMMENT ON COLUMN conflict.last_seen IS 'When it was last found.';
COMMENT ON COLUMN conflict.closed IS 'When comparing no longer found it; null while it stands.';

CREATE TABLE position (
    conflict    bigint NOT NULL REFERENCES conflict ON DELETE CASCADE,
    n           integer NOT NULL CHECK (n >= 0),
    number      numeric,
    low         numeric,
    high        numeric,
    low_open    boolean,
    high_open   boolean,
    unit        text,
    per         text,
    approximate boolean,
    bound       boolean,
    change      smallint,
    date_from   date,
    date_to     date,
    name        text,
    name_type   text,
    origins     integer NOT NULL CHECK (origins >= 0),
    PRIMARY KEY (conflict, n)
);
COMMENT ON TABLE position IS 'One answer to a conflict''s question. Its value stands in the same columns as a claim''s.';
COMMENT ON COLUMN position.conflict IS 'The conflict.';
COMMENT ON COLUMN position.n IS 'Its place among the answers, counted from 0.';
COMMENT ON COLUMN position.number IS 'The number as said; null for a range and for other kinds.';
COMMENT ON COLUMN position.low IS 'The least that the words can mean; null where open.';
COMMENT ON COLUMN position.high IS 'The most that the words can mean; null where open.';
COMMENT ON COLUMN position.low_open IS 'Whether low itself is left out.';
COMMENT ON COLUMN position.high_open IS 'Whether high itself is left out.';
COMMENT ON COLUMN position.unit IS 'The number''s unit; empty for a bare number, null for other kinds.';
COMMENT ON COLUMN position.per IS 'What a rate counts by; empty for no rate.';
COMMENT ON COLUMN position.approximate IS 'Whether the words hedge.';
COMMENT ON COLUMN position.bound IS 'Whether the words leave a side open.';
COMMENT ON COLUMN position.change IS '1 for a rise, -1 for a fall, 0 for a level.';
COMMENT ON COLUMN position.date_from IS 'The first day; null where open.';
COMMENT ON COLUMN position.date_to IS 'The last day, included; null where open.';
COMMENT ON COLUMN position.name IS 'The name that is the answer.';
COMMENT ON COLUMN position.name_type IS 'What the name is: person, organization, place, group, other.';
COMMENT ON COLUMN position.origins IS 'How many independent origins give this answer.';

CREATE TABLE member (
    conflict   bigint NOT NULL REFERENCES conflict ON DELETE CASCADE,
    n          integer NOT NULL CHECK (n >= 0),
    position   integer,
    version    bigint NOT NULL REFERENCES version,
    appearance bigint NOT NULL REFERENCES appearance,
    PRIMARY KEY (conflict, n),
    FOREIGN KEY (conflict, position) REFERENCES position ON DELETE CASCADE
);
CREATE INDEX member_appearance ON member (appearance);
CREATE INDEX member_version ON member (version);
COMMENT ON TABLE member IS 'An appearance that takes part in a conflict, in one version of one document (copies share appearances).';
COMMENT ON COLUMN member.conflict IS 'The conflict.';
COMMENT ON COLUMN member.n IS 'Its place among the conflict''s members, counted from 0.';
COMMENT ON COLUMN member.position IS 'The answer that it gives; null where it fits several and decides none.';
COMMENT ON COLUMN member.version IS 'The version of the document in which it stands.';
COMMENT ON COLUMN member.appearance IS 'The appearance.';
