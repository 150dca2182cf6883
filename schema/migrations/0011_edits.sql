-- When documents changed, what was withdrawn, and what reading old bytes again needs.

CREATE TABLE edit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document bigint NOT NULL REFERENCES document ON DELETE CASCADE,
    old      bigint NOT NULL REFERENCES version ON DELETE CASCADE,
    new      bigint NOT NULL REFERENCES version ON DELETE CASCADE,
    noticed  timestamptz NOT NULL,
    CHECK (old <> new)
);
CREATE INDEX edit_noticed ON edit (noticed);
CREATE INDEX edit_document ON edit (document);
CREATE INDEX edit_old ON edit (old);
CREATE INDEX edit_new ON edit (new);
COMMENT ON TABLE edit IS 'Each time that a document was found with other bytes than before. What it says differently is told by the readings of the two versions.';
COMMENT ON COLUMN edit.id IS 'Number of the edit.';
COMMENT ON COLUMN edit.document IS 'The document.';
COMMENT ON COLUMN edit.old IS 'The version that stood before. It was last seen at its last_seen.';
COMMENT ON COLUMN edit.new IS 'The version that took its place; one that has been there before, where an edit was taken back.';
COMMENT ON COLUMN edit.noticed IS 'When a run met the new bytes.';

INSERT INTO edit (document, old, new, noticed)
SELECT document, before, id, first_seen
FROM (SELECT document, id, first_seen, lag(id) OVER (PARTITION BY document ORDER BY first_seen, id) AS before FROM version) AS v
WHERE before IS NOT NULL
ORDER BY first_seen, id;

ALTER TABLE reading
    ADD COLUMN told_title     text,
    ADD COLUMN told_published date;
COMMENT ON COLUMN reading.told_title IS 'The title given from outside that the key covers, empty for none; null for readings made before this was kept.';
COMMENT ON COLUMN reading.told_published IS 'The publication day given from outside that the key covers; null for none.';

ALTER TABLE content
    ALTER COLUMN bytes DROP NOT NULL,
    ADD COLUMN dropped timestamptz,
    ADD CHECK ((bytes IS NULL) = (dropped IS NOT NULL));
COMMENT ON COLUMN content.bytes IS 'The bytes, untouched; PostgreSQL compresses them. Null where they were kept for as long as was asked for.';
COMMENT ON COLUMN content.dropped IS 'When the bytes were given up; null while they are kept.';

CREATE TABLE withdrawal (
    what      text NOT NULL CHECK (what IN ('document', 'source')),
    name      text NOT NULL CHECK (name <> ''),
    reason    text NOT NULL CHECK (reason <> ''),
    withdrawn timestamptz NOT NULL,
    documents integer NOT NULL CHECK (documents >= 0),
    versions  integer NOT NULL CHECK (versions >= 0),
    quotes    integer NOT NULL CHECK (quotes >= 0),
    claims    integer NOT NULL CHECK (claims >= 0),
    PRIMARY KEY (what, name)
);
COMMENT ON TABLE withdrawal IS 'Tombstones: what was taken out of the database with all its words, and why. While one stands its document, or its source, is not read again.';
COMMENT ON COLUMN withdrawal.what IS 'document, or source with all of its documents.';
COMMENT ON COLUMN withdrawal.name IS 'The document''s address, or the source''s name.';
COMMENT ON COLUMN withdrawal.reason IS 'Why, in the words of whoever withdrew it.';
COMMENT ON COLUMN withdrawal.withdrawn IS 'When.';
COMMENT ON COLUMN withdrawal.documents IS 'How many documents went.';
COMMENT ON COLUMN withdrawal.versions IS 'How many versions of them.';
COMMENT ON COLUMN withdrawal.quotes IS 'How many quotes.';
COMMENT ON COLUMN withdrawal.claims IS 'How many claims that nobody else makes.';

CREATE VIEW claim_seen AS
SELECT a.claim, min(v.first_seen) AS first_seen, max(v.last_seen) AS last_seen, bool_or(v.current) AS current
FROM appearance a
JOIN version v ON v.reading = a.reading
GROUP BY a.claim;
COMMENT ON VIEW claim_seen IS 'Since when and until when documents make a claim.';
COMMENT ON COLUMN claim_seen.claim IS 'The claim.';
COMMENT ON COLUMN claim_seen.first_seen IS 'When a run first met a document that makes it.';
COMMENT ON COLUMN claim_seen.last_seen IS 'When a run last met a document that makes it.';
COMMENT ON COLUMN claim_seen.current IS 'Whether a document makes it now.';
