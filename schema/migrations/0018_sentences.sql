-- A reading is stored with its sentences and appearances in one transaction, which
-- made the reading itself and the claims that were not there, and goes with them in
-- one. Whoever stores holds the table of documents meanwhile, and whoever deletes
-- claims waits for that. So it follows that each row points at others that are there;
-- looking that up for three keys in some eighty rows a document took a third of the
-- time of storing it.

ALTER TABLE sentence DROP CONSTRAINT sentence_reading_fkey;
ALTER TABLE appearance DROP CONSTRAINT appearance_reading_sentence_fkey;
ALTER TABLE appearance DROP CONSTRAINT appearance_claim_fkey;
COMMENT ON COLUMN sentence.reading IS 'The reading, by its id; not held by a foreign key, because there are a great many.';
COMMENT ON COLUMN appearance.reading IS 'The reading whose text it stands in, by its id; not held by a foreign key.';
COMMENT ON COLUMN appearance.sentence IS 'The sentence, by its place in the reading; not held by a foreign key.';
COMMENT ON COLUMN appearance.claim IS 'The claim that is made, by its id; not held by a foreign key.';
