-- A night's documents have some fifty landmarks each. That each points at a reading
-- follows from how they are stored; looking it up again for every one of them took
-- as long as storing them. Readings are never deleted.

ALTER TABLE landmark DROP CONSTRAINT landmark_reading_fkey;
COMMENT ON COLUMN landmark.reading IS 'The reading, by its id; not held by a foreign key, because there are a great many.';
