-- Claims, and where they are made.

CREATE TABLE claim (
    id          bytea PRIMARY KEY CHECK (octet_length(id) = 32),
    kind        text NOT NULL CHECK (kind IN ('number', 'date', 'entity')),
    subject     text NOT NULL,
    attribute   text NOT NULL,
    number      numeric,
    low         numeric,
    high        numeric,
    low_open    boolean,
    high_open   boolean,
    unit        text,
    per         text,
    approximate boolean,
    bound       boolean,
    change      smallint CHECK (change BETWEEN -1 AND 1),
    date_from   date,
    date_to     date,
    name        text,
    name_type   text,
    time_from   date,
    time_to     date,
    scope       text[] NOT NULL,
    polarity    text NOT NULL CHECK (polarity IN ('affirmed', 'negated')),
    first_seen  timestamptz NOT NULL,
    CHECK ((kind = 'number') = (unit IS NOT NULL)),
    CHECK ((kind = 'date') = (date_from IS NOT NULL OR date_to IS NOT NULL)),
    CHECK ((kind = 'entity') = (name IS NOT NULL))
);
CREATE INDEX claim_question ON claim (md5(subject), md5(attribute), kind);
COMMENT ON TABLE claim IS 'A normalised proposition: about a subject, an attribute has a value, at some time, within some scope. However many texts say it, it is one row.';
COMMENT ON COLUMN claim.id IS 'SHA-256 over kind, subject, attribute, value, unit, rate, time, scope and polarity.';
COMMENT ON COLUMN claim.kind IS 'What it gives: number, date or entity.';
COMMENT ON COLUMN claim.subject IS 'What it is about, by its canonical name; empty where the text does not tell.';
COMMENT ON COLUMN claim.attribute IS 'What is said of the subject ("military aid", "signed"); of an entity claim the relation.';
COMMENT ON COLUMN claim.number IS 'The number as said; null for a range and for other kinds.';
COMMENT ON COLUMN claim.low IS 'The least that the words can mean; null where open.';
COMMENT ON COLUMN claim.high IS 'The most that the words can mean; null where open.';
COMMENT ON COLUMN claim.low_open IS 'Whether low itself is left out.';
COMMENT ON COLUMN claim.high_open IS 'Whether high itself is left out: "3.8" lies in [3.75, 3.85).';
COMMENT ON COLUMN claim.unit IS 'An ISO 4217 code, a UCUM code or the counted noun; empty for a bare number, null for other kinds.';
COMMENT ON COLUMN claim.per IS 'What a rate counts by ("year", "person"); empty for no rate.';
COMMENT ON COLUMN claim.approximate IS 'Whether the words hedge: "about", "some", "nearly".';
COMMENT ON COLUMN claim.bound IS 'Whether the words leave a side open: "more than", "up to".';
COMMENT ON COLUMN claim.change IS '1 for a rise, -1 for a fall, 0 for a level.';
COMMENT ON COLUMN claim.date_from IS 'The first day of a date claim''s value; null where open.';
COMMENT ON COLUMN claim.date_to IS 'The last day of a date claim''s value, included; null where open.';
COMMENT ON COLUMN claim.name IS 'The canonical name that an entity claim gives.';
COMMENT ON COLUMN claim.name_type IS 'What the name is: person, organization, place, group, other.';
COMMENT ON COLUMN claim.time_from IS 'The first day of the time for which the claim holds; null where unknown or open.';
COMMENT ON COLUMN claim.time_to IS 'The last day of that time, included; null where unknown or open.';
COMMENT ON COLUMN claim.scope IS 'What narrows the claim: a part, a place, a group, a period in words.';
COMMENT ON COLUMN claim.polarity IS 'Whether it says that it is so (affirmed) or that it is not (negated).';
COMMENT ON COLUMN claim.first_seen IS 'When a run first met the claim.';

CREATE TABLE appearance (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reading     bigint NOT NULL REFERENCES reading ON DELETE CASCADE,
    sentence    integer NOT NULL,
    claim       bytea NOT NULL REFERENCES claim,
    start_byte  integer NOT NULL CHECK (start_byte >= 0),
    end_byte    integer NOT NULL CHECK (end_byte >= start_byte),
    quote       text NOT NULL,
    entities    text[] NOT NULL,
    attribution text NOT NULL,
    modality    text NOT NULL CHECK (modality IN ('asserted', 'reported', 'planned', 'possible', 'denied')),
    said        date,
    rule        text NOT NULL,
    FOREIGN KEY (reading, sentence) REFERENCES sentence ON DELETE CASCADE,
    UNIQUE (reading, start_byte, end_byte, claim, rule)
);
CREATE INDEX appearance_claim ON appearance (claim);
CREATE INDEX appearance_sentence ON appearance (reading, sentence);
CREATE INDEX appearance_entities ON appearance USING gin (entities);
COMMENT ON TABLE appearance IS 'One place where a claim is made.';
COMMENT ON COLUMN appearance.id IS 'Number of the appearance.';
COMMENT ON COLUMN appearance.reading IS 'The reading whose text it stands in.';
COMMENT ON COLUMN appearance.sentence IS 'The sentence, by its place in the reading.';
COMMENT ON COLUMN appearance.claim IS 'The claim that is made.';
COMMENT ON COLUMN appearance.start_byte IS 'Where the words that carry the value start in the text, in bytes of UTF-8.';
COMMENT ON COLUMN appearance.end_byte IS 'The byte after their last.';
COMMENT ON COLUMN appearance.quote IS 'Those words, byte for byte.';
COMMENT ON COLUMN appearance.entities IS 'All names that take part here, the subject among them, by canonical name.';
COMMENT ON COLUMN appearance.attribution IS 'Who the text says it from; empty for the author''s own voice.';
COMMENT ON COLUMN appearance.modality IS 'How firmly the text stands behind it: asserted, reported, planned, possible, denied.';
COMMENT ON COLUMN appearance.said IS 'The day it was said: a stated as-of day, else the publication; null where unknown.';
COMMENT ON COLUMN appearance.rule IS 'The rule that made the claim, with its version ("money/rate@3").';
