-- Comparing reads where each appearance's sentence begins and ends, and nothing else
-- of it. Looking up the sentence took as long as looking up what is claimed in it.

CREATE FUNCTION span_of(bigint, integer, bound text) RETURNS integer STABLE LANGUAGE sql AS
'SELECT CASE bound WHEN ''start'' THEN start_byte ELSE end_byte END FROM sentence WHERE reading = $1 AND n = $2';
ALTER TABLE appearance ADD COLUMN sentence_start integer, ADD COLUMN sentence_end integer;
ALTER TABLE appearance
    ALTER COLUMN sentence_start TYPE integer USING span_of(reading, sentence, 'start'),
    ALTER COLUMN sentence_end TYPE integer USING span_of(reading, sentence, 'end');
DROP FUNCTION span_of;
ALTER TABLE appearance ALTER COLUMN sentence_start SET NOT NULL, ALTER COLUMN sentence_end SET NOT NULL;
COMMENT ON COLUMN appearance.sentence_start IS 'Where its sentence starts in the text, as in sentence.';
COMMENT ON COLUMN appearance.sentence_end IS 'The byte after the sentence''s last.';

-- Numbers taken in stocks, a stock for each connection, left the pages of their
-- indexes half empty, and saved little.
ALTER TABLE claim ALTER COLUMN id SET CACHE 1;
ALTER TABLE appearance ALTER COLUMN id SET CACHE 1;

-- Both follow from how a document is stored: its bytes, what was read out of them and
-- the version go into one transaction, and out in one. The version's reading stays
-- held, because it may have been withdrawn since it was found.
ALTER TABLE version DROP CONSTRAINT version_sha256_fkey;
ALTER TABLE reading DROP CONSTRAINT reading_sha256_fkey;
COMMENT ON COLUMN version.sha256 IS 'Its bytes, which content holds; not held by a foreign key.';
COMMENT ON COLUMN reading.sha256 IS 'The bytes that were read, which content holds; not held by a foreign key.';
