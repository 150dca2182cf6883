-- What keeps comparing to what is new: which versions have been compared, and
-- the words by which a document's likes are found among all the others.

ALTER TABLE version ADD COLUMN compared boolean NOT NULL DEFAULT false;
CREATE INDEX version_uncompared ON version (id) WHERE NOT compared;
COMMENT ON COLUMN version.compared IS 'Whether comparing has looked at the document since this version came, went, or was read anew.';

ALTER TABLE reading ADD COLUMN indexed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN reading.indexed IS 'Whether its words are counted in term and its landmarks stand in landmark.';

CREATE TABLE comparison (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    version   text NOT NULL,
    setting   text NOT NULL,
    texts     bigint NOT NULL CHECK (texts >= 0)
);
COMMENT ON TABLE comparison IS 'How the stored conflicts were found; one row, or none before the first comparison.';
COMMENT ON COLUMN comparison.one IS 'Keeps the table to one row.';
COMMENT ON COLUMN comparison.version IS 'The version of comparing. Where it changes, words are counted and all is compared anew.';
COMMENT ON COLUMN comparison.setting IS 'A digest of what the user asked for, such as a table of rates. Where it changes, all is compared anew.';
COMMENT ON COLUMN comparison.texts IS 'How many readings are indexed.';

CREATE TABLE term (
    key   bigint PRIMARY KEY,
    texts integer NOT NULL CHECK (texts > 0)
);
COMMENT ON TABLE term IS 'How common each word is: what few texts share tells more than what many do.';
COMMENT ON COLUMN term.key IS 'A hash of the word''s stem, or of the concept that it stands for.';
COMMENT ON COLUMN term.texts IS 'In how many readings it stands.';

CREATE TABLE landmark (
    term      bigint NOT NULL,
    published date NOT NULL,
    reading   bigint NOT NULL REFERENCES reading ON DELETE CASCADE,
    name      boolean NOT NULL,
    PRIMARY KEY (term, published, reading) INCLUDE (name)
);
CREATE INDEX landmark_reading ON landmark (reading);
COMMENT ON TABLE landmark IS 'The most telling words of each reading, by which it is found.';
COMMENT ON COLUMN landmark.term IS 'The word''s key in term.';
COMMENT ON COLUMN landmark.published IS 'The day that the reading went by; -infinity where unknown. Of a word that many share, only neighbours in time are held against each other.';
COMMENT ON COLUMN landmark.reading IS 'The reading.';
COMMENT ON COLUMN landmark.name IS 'Whether the word is written as a name there.';
