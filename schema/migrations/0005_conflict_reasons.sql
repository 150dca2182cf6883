-- What spoke for and against a conflict, and why documents are one origin.

ALTER TABLE conflict
    ADD COLUMN origin_reasons text[] NOT NULL DEFAULT '{}',
    ADD COLUMN speaks_for     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN speaks_against text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN conflict.origin_reasons IS 'In words, why documents that take part are counted as one origin.';
COMMENT ON COLUMN conflict.speaks_for IS 'In words, what spoke for a true conflict, the strongest first.';
COMMENT ON COLUMN conflict.speaks_against IS 'In words, what spoke against it, the strongest first.';
