-- A claim has a number, as all else has, by which appearances name it. Named by their
-- digests, which fall anywhere, each appearance changed another page of their index,
-- and the more there were the dearer that was. Numbers come in order, and are a
-- quarter as long.

ALTER TABLE claim RENAME COLUMN id TO hash;
ALTER TABLE claim ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE claim DROP CONSTRAINT claim_pkey, ADD PRIMARY KEY (id), ADD UNIQUE (hash);
COMMENT ON COLUMN claim.id IS 'Number of the claim; another one in each database.';

ALTER TABLE appearance RENAME COLUMN claim TO hash;
-- That a reading says a thing once in one place follows from how it is stored.
ALTER TABLE appearance DROP CONSTRAINT appearance_reading_start_byte_end_byte_claim_rule_key;
DROP INDEX appearance_claim;
ALTER TABLE appearance ADD COLUMN claim bigint;
CREATE FUNCTION number_of(bytea) RETURNS bigint STABLE LANGUAGE sql AS 'SELECT id FROM claim WHERE hash = $1';
ALTER TABLE appearance ALTER COLUMN claim TYPE bigint USING number_of(hash);
DROP FUNCTION number_of;
COMMENT ON COLUMN appearance.claim IS 'The claim that is made, by its number; not held by a foreign key.';

-- What looks at claims does so by their numbers, and shows their digests as before.
DROP VIEW claim_seen;
CREATE VIEW claim_seen AS
SELECT a.claim, min(v.first_seen) AS first_seen, max(v.last_seen) AS last_seen, bool_or(v.current) AS current
FROM appearance a
JOIN version v ON v.reading = a.reading
GROUP BY a.claim;
COMMENT ON VIEW claim_seen IS 'Since when and until when documents make a claim.';
COMMENT ON COLUMN claim_seen.claim IS 'The claim, by its number.';
COMMENT ON COLUMN claim_seen.first_seen IS 'When a run first met a document that makes it.';
COMMENT ON COLUMN claim_seen.last_seen IS 'When a run last met a document that makes it.';
COMMENT ON COLUMN claim_seen.current IS 'Whether a document makes it now.';

CREATE OR REPLACE VIEW report.documents AS
SELECT d.id AS document_id, s.id AS source_id, s.name AS source, d.title, d.given AS document, d.address, d.published, d.retrieved,
       (SELECT min(v.first_seen) FROM version v WHERE v.document = d.id) AS first_seen, latest.last_seen,
       (SELECT count(*) FROM version v WHERE v.document = d.id) AS versions,
       (SELECT count(*) FROM edit e WHERE e.document = d.id) AS edits,
       (SELECT count(DISTINCT a.claim) FROM appearance a WHERE a.reading = latest.reading) AS claims,
       r.format, r.language, coalesce(r.failure, '') AS failure, encode(latest.sha256, 'hex') AS sha256
FROM document d
JOIN source s ON s.id = d.source
LEFT JOIN version latest ON latest.document = d.id AND latest.current
LEFT JOIN reading r ON r.id = latest.reading;

CREATE OR REPLACE VIEW report.claims AS
SELECT encode(c.hash, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       CASE c.polarity WHEN 'negated' THEN 'not ' ELSE '' END || report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name)
           || CASE WHEN c.time_from IS NULL AND c.time_to IS NULL THEN '' ELSE ' (' || report.period_in_words(c.time_from, c.time_to) || ')' END AS says,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value,
       c.number, c.low, c.high, c.unit, c.per, c.approximate, c.bound,
       CASE c.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, c.date_from, c.date_to, c.name, c.name_type,
       c.time_from, c.time_to, array_to_string(c.scope, '; ') AS scope, c.polarity, c.first_seen,
       (SELECT max(v.last_seen) FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id) AS last_seen,
       EXISTS (SELECT FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id AND v.current) AS current,
       (SELECT count(*) FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id AND v.current) AS places,
       (SELECT count(DISTINCT d.source) FROM appearance a JOIN version v ON v.reading = a.reading JOIN document d ON d.id = v.document
        WHERE a.claim = c.id AND v.current) AS sources
FROM claim c;

CREATE OR REPLACE VIEW report.appearances AS
SELECT a.id AS appearance_id, encode(c.hash, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value,
       c.number, c.low, c.high, c.unit, c.per, c.approximate, c.bound,
       CASE c.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, c.date_from, c.date_to, c.name, c.name_type, c.polarity,
       s.id AS source_id, s.name AS source, d.id AS document_id, d.title, d.given AS document, d.published, v.id AS version_id, v.current, v.first_seen, v.last_seen,
       a.quote, t.text AS sentence, a.start_byte, a.end_byte, a.attribution, a.modality, a.said, array_to_string(a.entities, '; ') AS entities, a.rule
FROM appearance a
JOIN claim c ON c.id = a.claim
JOIN version v ON v.reading = a.reading
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
LEFT JOIN sentence t ON t.reading = a.reading AND t.n = a.sentence;

CREATE OR REPLACE VIEW report.positions AS
SELECT p.conflict AS conflict_id, p.n AS position, c.question,
       CASE WHEN said.negated THEN 'not ' ELSE '' END
       || report.value_in_words(p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.date_from, p.date_to, p.name) AS value,
       p.number, p.low, p.high, p.unit, p.per, p.approximate, p.bound,
       CASE p.change WHEN 1 THEN 'rise' WHEN -1 THEN 'fall' WHEN 0 THEN 'level' END AS change, p.date_from, p.date_to, p.name, p.name_type,
       p.origins,
       (SELECT string_agg(DISTINCT s.name, ', ' ORDER BY s.name) FROM member m JOIN version v ON v.id = m.version JOIN document d ON d.id = v.document JOIN source s ON s.id = d.source
        WHERE m.conflict = p.conflict AND m.position = p.n) AS sources,
       (SELECT count(*) FROM member m WHERE m.conflict = p.conflict AND m.position = p.n) AS places,
       (SELECT a.quote FROM member m JOIN appearance a ON a.id = m.appearance WHERE m.conflict = p.conflict AND m.position = p.n ORDER BY m.n LIMIT 1) AS quote,
       CASE WHEN r.verdict = 'real' AND jsonb_typeof(r.stands) = 'object'
            THEN report.is_value(r.stands, p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.bound, p.change, p.date_from, p.date_to, p.name, p.name_type)
                 AND coalesce((r.stands ->> 'negated')::boolean, false) = coalesce(said.negated, false)
            WHEN r.verdict = 'real' AND r.stands IS NOT NULL THEN false END AS stands
FROM position p
JOIN conflict c ON c.id = p.conflict
LEFT JOIN review r ON r.conflict = p.conflict
LEFT JOIN LATERAL (
    SELECT cl.polarity = 'negated' AS negated
    FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim cl ON cl.id = a.claim
    WHERE c.kind = 'negation' AND m.conflict = p.conflict AND m.position = p.n
    ORDER BY m.n LIMIT 1) AS said ON true;

CREATE OR REPLACE VIEW report.places AS
SELECT m.conflict AS conflict_id, m.n AS place, m.position, a.id AS appearance_id, encode(c.hash, 'hex') AS claim_id, s.id AS source_id, s.name AS source,
       d.id AS document_id, d.title, d.given AS document, d.published, v.id AS version_id, v.current, a.quote, t.text AS sentence, a.attribution, a.said
FROM member m
JOIN appearance a ON a.id = m.appearance
JOIN claim c ON c.id = a.claim
JOIN version v ON v.id = m.version
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
LEFT JOIN sentence t ON t.reading = a.reading AND t.n = a.sentence;

CREATE OR REPLACE VIEW report.sources AS
SELECT s.id AS source_id, s.name AS source, EXISTS (SELECT FROM muted_source ms WHERE ms.source = s.id) AS muted,
       (SELECT count(*) FROM document d WHERE d.source = s.id) AS documents,
       (SELECT count(DISTINCT a.claim) FROM document d JOIN version v ON v.document = d.id AND v.current JOIN appearance a ON a.reading = v.reading WHERE d.source = s.id) AS claims,
       coalesce(t.contradicted, 0) AS contradicted, coalesce(t.alone, 0) AS alone, coalesce(t.stood, 0) AS stood, coalesce(t.fell, 0) AS fell,
       (SELECT count(*) FROM document d JOIN edit e ON e.document = d.id WHERE d.source = s.id) AS edits,
       (SELECT max(d.published) FROM document d WHERE d.source = s.id) AS last_published,
       (SELECT max(v.first_seen) FROM document d JOIN version v ON v.document = d.id WHERE d.source = s.id) AS last_news
FROM source s
LEFT JOIN (
    SELECT source_id, count(DISTINCT conflict_id) AS contradicted, count(DISTINCT conflict_id) FILTER (WHERE alone) AS alone,
           count(DISTINCT conflict_id) FILTER (WHERE outcome = 'stood') AS stood, count(DISTINCT conflict_id) FILTER (WHERE outcome = 'fell') AS fell
    FROM report.stances
    WHERE closed IS NULL AND severity >= 0.5
    GROUP BY source_id
) AS t ON t.source_id = s.id;

CREATE OR REPLACE VIEW report.quiet_edits AS
SELECT e.id AS edit_id, e.noticed, o.last_seen, s.id AS source_id, s.name AS source, d.id AS document_id, d.title, d.given AS document,
       coalesce(x.change, 'none') AS change, encode(c.hash, 'hex') AS claim_id, c.kind, c.subject, c.attribute,
       report.value_in_words(c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per, c.approximate, c.date_from, c.date_to, c.name) AS value, x.quote, t.text AS sentence,
       (SELECT count(DISTINCT v.document) FROM appearance a JOIN version v ON v.reading = a.reading AND v.current WHERE a.claim = x.claim AND v.document <> d.id) AS elsewhere,
       o.id AS old_version_id, n.id AS new_version_id, ro.rules = rn.rules AND ro.reader = rn.reader AS same_rules
FROM edit e
JOIN document d ON d.id = e.document
JOIN source s ON s.id = d.source
JOIN version o ON o.id = e.old
JOIN version n ON n.id = e.new
JOIN reading ro ON ro.id = o.reading
JOIN reading rn ON rn.id = n.reading
LEFT JOIN LATERAL (
    (SELECT DISTINCT ON (a.claim) 'gone' AS change, a.claim, a.quote, a.reading, a.sentence FROM appearance a
     WHERE a.reading = o.reading AND NOT EXISTS (SELECT FROM appearance b WHERE b.reading = n.reading AND b.claim = a.claim) ORDER BY a.claim, a.start_byte)
    UNION ALL
    (SELECT DISTINCT ON (a.claim) 'new', a.claim, a.quote, a.reading, a.sentence FROM appearance a
     WHERE a.reading = n.reading AND NOT EXISTS (SELECT FROM appearance b WHERE b.reading = o.reading AND b.claim = a.claim) ORDER BY a.claim, a.start_byte)
) AS x ON true
LEFT JOIN claim c ON c.id = x.claim
LEFT JOIN sentence t ON t.reading = x.reading AND t.n = x.sentence;

CREATE OR REPLACE VIEW stance_now AS
SELECT d.source, p.conflict, bool_or(p.origins = 1) AS alone,
       bool_or(CASE WHEN v.verdict = 'real' AND v.stands IS NOT NULL
                    THEN report.is_value(v.stands, p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.bound, p.change, p.date_from, p.date_to, p.name, p.name_type)
                         AND coalesce((v.stands ->> 'negated')::boolean, false) = said.negated END) AS stood
FROM conflict c
LEFT JOIN review v ON v.conflict = c.id
JOIN position p ON p.conflict = c.id
CROSS JOIN LATERAL (
    SELECT coalesce((SELECT cl.polarity = 'negated'
                     FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim cl ON cl.id = a.claim
                     WHERE c.kind = 'negation' AND v.stands IS NOT NULL AND m.conflict = p.conflict AND m.position = p.n
                     ORDER BY m.n LIMIT 1), false) AS negated) AS said
JOIN member m ON m.conflict = p.conflict AND m.position = p.n
JOIN version w ON w.id = m.version
JOIN document d ON d.id = w.document
WHERE c.closed IS NULL AND c.found <> 'explained' AND c.severity >= 0.5
GROUP BY d.source, p.conflict;

ALTER TABLE appearance DROP COLUMN hash, ALTER COLUMN claim SET NOT NULL;
CREATE INDEX appearance_reading ON appearance (reading);
CREATE INDEX appearance_claim ON appearance (claim);
-- So that no row keeps the room of its digest.
CLUSTER appearance USING appearance_pkey;
ALTER TABLE appearance SET WITHOUT CLUSTER;

-- To take numbers one by one took as long as to store what is numbered.
ALTER TABLE claim ALTER COLUMN id SET CACHE 500;
ALTER TABLE appearance ALTER COLUMN id SET CACHE 500;

-- Texts are compressed in a third of the time, where the server can.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE content ALTER COLUMN bytes SET COMPRESSION lz4;
        ALTER TABLE reading ALTER COLUMN text SET COMPRESSION lz4;
    END IF;
END $$;
