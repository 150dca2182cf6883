-- The desk: what people decide about conflicts. Comparing writes conflict; people
-- write act, and what their acts have come to stands in review.

CREATE TABLE act (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL,
    who    text NOT NULL CHECK (who <> ''),
    what   text NOT NULL CHECK (what IN ('verdict', 'note', 'assign', 'merge', 'split', 'mute', 'unmute', 'names', 'reopen', 'undo')),
    note   text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    undoes bigint UNIQUE REFERENCES act,
    CHECK ((what = 'undo') = (undoes IS NOT NULL))
);
CREATE INDEX act_at ON act (at);
COMMENT ON TABLE act IS 'Everything that somebody did at the desk, each thing once. Rows are only ever added; what is undone is undone by an act of its own.';
COMMENT ON COLUMN act.id IS 'Number of the act.';
COMMENT ON COLUMN act.at IS 'When.';
COMMENT ON COLUMN act.who IS 'The account''s name; crosscheck where a night did it.';
COMMENT ON COLUMN act.what IS 'What was done; reopen is a night''s, and says why in note.';
COMMENT ON COLUMN act.note IS 'Why, in the words of who did it.';
COMMENT ON COLUMN act.detail IS 'What it was done to beside conflicts: the names declared the same or different, the source that was muted.';
COMMENT ON COLUMN act.undoes IS 'The act that this one takes back; an act is taken back once.';

CREATE TABLE act_conflict (
    act      bigint NOT NULL REFERENCES act,
    conflict bigint NOT NULL REFERENCES conflict ON DELETE CASCADE,
    before   jsonb NOT NULL,
    after    jsonb NOT NULL,
    PRIMARY KEY (act, conflict)
);
CREATE INDEX act_conflict_conflict ON act_conflict (conflict, act);
COMMENT ON TABLE act_conflict IS 'What an act changed about each conflict that it touched.';
COMMENT ON COLUMN act_conflict.act IS 'The act.';
COMMENT ON COLUMN act_conflict.conflict IS 'The conflict.';
COMMENT ON COLUMN act_conflict.before IS 'Where the conflict stood before, with the columns of review.';
COMMENT ON COLUMN act_conflict.after IS 'Where it stood after.';

CREATE TABLE review (
    conflict    bigint PRIMARY KEY REFERENCES conflict ON DELETE CASCADE,
    revision    integer NOT NULL CHECK (revision > 0),
    verdict     text CHECK (verdict IN ('real', 'same', 'different', 'superseded', 'misread', 'scope')),
    detail      text NOT NULL DEFAULT '',
    stands      jsonb,
    links       text[] NOT NULL DEFAULT '{}',
    judged      timestamptz,
    judge       text NOT NULL DEFAULT '',
    note        text NOT NULL DEFAULT '',
    assignee    text NOT NULL DEFAULT '',
    due         date,
    muted       boolean NOT NULL DEFAULT false,
    merged_into bigint REFERENCES conflict ON DELETE SET NULL,
    basis       jsonb,
    reopened    timestamptz,
    reopened_because text[] NOT NULL DEFAULT '{}',
    CHECK ((verdict IS NULL) = (judged IS NULL)),
    CHECK (merged_into <> conflict)
);
CREATE INDEX review_merged ON review (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX review_assignee ON review (assignee) WHERE assignee <> '';
COMMENT ON TABLE review IS 'What people''s acts have come to, a row for each conflict that somebody has touched.';
COMMENT ON COLUMN review.conflict IS 'The conflict.';
COMMENT ON COLUMN review.revision IS 'How many acts have changed it: who decides on an older one is told what came between.';
COMMENT ON COLUMN review.verdict IS 'The verdict in force: real, same (said differently), different (things), superseded, misread (by the program), scope (out of it); null for none, also after a night re-opened it.';
COMMENT ON COLUMN review.detail IS 'Of different things in which way (period, place, part, definition), of a misreading which rule; else empty.';
COMMENT ON COLUMN review.stands IS 'Of a real conflict, the value of the position that stands, as in the JSON of conflicts; "none" where none does; null where it is not known yet.';
COMMENT ON COLUMN review.links IS 'Web addresses that the reviewer gave.';
COMMENT ON COLUMN review.judged IS 'When the verdict was given; null without one.';
COMMENT ON COLUMN review.judge IS 'Who gave it; else empty.';
COMMENT ON COLUMN review.note IS 'What was said with it; else empty.';
COMMENT ON COLUMN review.assignee IS 'Who is to look at it; empty for nobody.';
COMMENT ON COLUMN review.due IS 'By which day; null for none.';
COMMENT ON COLUMN review.muted IS 'Whether the question is to be kept out of queue and digests.';
COMMENT ON COLUMN review.merged_into IS 'The conflict whose question this one was declared to be; null for none.';
COMMENT ON COLUMN review.basis IS 'What the verdict was given on: the values of the positions, the number of origins, each document with its version. Only what is new against it re-opens the conflict.';
COMMENT ON COLUMN review.reopened IS 'When a night last re-opened it; null where none did since the last verdict.';
COMMENT ON COLUMN review.reopened_because IS 'Why, in words: a new position, a new independent origin, an edited source.';

-- What comparing found stays beside what people made of it, so that a verdict
-- taken back leaves the conflict as it would be without.
ALTER TABLE conflict ADD COLUMN found text NOT NULL DEFAULT 'open' CHECK (found IN ('open', 'superseded', 'explained'));
UPDATE conflict SET found = status WHERE status IN ('superseded', 'explained');
ALTER TABLE conflict ALTER COLUMN found DROP DEFAULT;
COMMENT ON COLUMN conflict.found IS 'What comparing last found it to be: open, superseded or explained. status is the same unless a verdict is in force.';

CREATE TABLE parted (
    claim_a bytea NOT NULL CHECK (octet_length(claim_a) = 32),
    claim_b bytea NOT NULL CHECK (octet_length(claim_b) = 32),
    act     bigint NOT NULL REFERENCES act,
    PRIMARY KEY (claim_a, claim_b),
    CHECK (claim_a < claim_b)
);
CREATE INDEX parted_act ON parted (act);
COMMENT ON TABLE parted IS 'Claims that somebody has said do not answer one question. Comparing keeps them apart.';
COMMENT ON COLUMN parted.claim_a IS 'The one claim, the lesser of the two.';
COMMENT ON COLUMN parted.claim_b IS 'The other.';
COMMENT ON COLUMN parted.act IS 'The act that parted them.';

CREATE TABLE name_ruling (
    a    text NOT NULL CHECK (a <> ''),
    b    text NOT NULL CHECK (b <> ''),
    same boolean NOT NULL,
    act  bigint NOT NULL REFERENCES act,
    PRIMARY KEY (a, b),
    CHECK (a < b COLLATE "C")
);
CREATE INDEX name_ruling_act ON name_ruling (act);
COMMENT ON TABLE name_ruling IS 'Names that somebody has declared to be of one person, place or thing, or of two. Comparing goes by them.';
COMMENT ON COLUMN name_ruling.a IS 'The one name, the first in the order of bytes.';
COMMENT ON COLUMN name_ruling.b IS 'The other.';
COMMENT ON COLUMN name_ruling.same IS 'Whether they are of one.';
COMMENT ON COLUMN name_ruling.act IS 'The act that declared it.';

CREATE TABLE muted_source (
    source bigint PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    act    bigint NOT NULL REFERENCES act
);
COMMENT ON TABLE muted_source IS 'Sources that do not count at the desk: a conflict with fewer than two positions that others take is kept out of queue and digests.';
COMMENT ON COLUMN muted_source.source IS 'The source.';
COMMENT ON COLUMN muted_source.act IS 'The act that muted it.';

CREATE TABLE saved_view (
    owner text NOT NULL CHECK (owner <> ''),
    name  text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 200),
    query text NOT NULL CHECK (octet_length(query) <= 4000),
    PRIMARY KEY (owner, name)
);
COMMENT ON TABLE saved_view IS 'Filters of the queue that somebody gave a name.';
COMMENT ON COLUMN saved_view.owner IS 'Whose view it is, by the account''s name.';
COMMENT ON COLUMN saved_view.name IS 'Its name.';
COMMENT ON COLUMN saved_view.query IS 'The filter as the queue''s address carries it.';
