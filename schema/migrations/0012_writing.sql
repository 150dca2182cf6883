-- What is kept up to date with every row, and never asked for, costs time and room
-- for nothing. Claims are compared by the words of their documents (landmark),
-- and searched for by parts of words, which none of these indexes can find.

DROP INDEX claim_question;
DROP INDEX appearance_entities;
-- The unique one begins with the reading, of which few sentences have many.
DROP INDEX appearance_sentence;
-- An appearance's sentence stands in its reading, and goes with it.
ALTER TABLE appearance DROP CONSTRAINT appearance_reading_fkey;
