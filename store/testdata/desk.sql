-- A desk with a great deal on it: 100,000 conflicts among 50,000 documents of 500
-- sources, of which the first has an eighth of all. Every third conflict has been
-- looked at by somebody, one in four is new since yesterday, and the first has 5,000 appearances.
-- Its clock stands at 2 June 2026, 9:00 UTC.

CREATE FUNCTION pg_temp.chance(i bigint, of text) RETURNS double precision LANGUAGE sql IMMUTABLE
RETURN (hashtextextended(of, i) & 1048575)::double precision / 1048576;

-- What is made here refers to nothing that is not there.
SET session_replication_role = replica;
SET maintenance_work_mem = '256MB';

-- Indexes are built when all is there.
CREATE TEMPORARY TABLE later AS
SELECT c.oid::regclass::text AS index, pg_get_indexdef(c.oid) AS definition
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisunique;
DO $$
DECLARE l later;
BEGIN
    FOR l IN SELECT * FROM later LOOP EXECUTE 'DROP INDEX ' || l.index; END LOOP;
END $$;

-- Common words and rare ones, as in any text.
CREATE TEMPORARY TABLE phrase AS
SELECT i AS n, (ARRAY['killed', 'people', 'harbour', 'fire', 'minister', 'flood', 'dollars', 'council', 'bridge', 'talks', 'school', 'mayor'])
               [1 + floor(12 * power(pg_temp.chance(i, 'common'), 2))::int] || ' w' || floor(20000 * power(pg_temp.chance(i, 'rare'), 3))::int AS words
FROM generate_series(0, 4095) AS i;
ANALYZE phrase;

INSERT INTO source (name) SELECT 'Source ' || to_char(i, 'FM000') FROM generate_series(1, 500) AS i ORDER BY i;

INSERT INTO content (sha256, bytes, size)
SELECT sha256(b), b, octet_length(b) FROM (SELECT convert_to('document ' || i, 'UTF8') AS b FROM generate_series(1, 50000) AS i) AS t;

INSERT INTO document (address, given, source, title, published)
SELECT '/news/' || i || '.txt', i || '.txt', 1 + floor(500 * power(pg_temp.chance(i, 'source'), 3)), 'Report ' || i, date '2024-06-01' + (i % 700)::int
FROM generate_series(1, 50000) AS i ORDER BY i;

INSERT INTO reading (key, sha256, format, reader, rules, title, text, claims)
SELECT sha256(convert_to('document ' || i, 'UTF8')), sha256(convert_to('document ' || i, 'UTF8')), 'text', 'text/1', '1', 'Report ' || i, repeat('x', 2000), 6
FROM generate_series(1, 50000) AS i ORDER BY i;

INSERT INTO version (document, sha256, reading, current, first_seen, last_seen, compared)
SELECT i, sha256(convert_to('document ' || i, 'UTF8')), i, true, timestamptz '2024-06-01 02:00Z' + (i % 700) * interval '1 day', timestamptz '2026-06-02 02:00Z', true
FROM generate_series(1, 50000) AS i ORDER BY i;

INSERT INTO sentence (reading, n, start_byte, end_byte, role, text)
SELECT r, s.n, s.n * 200, s.n * 200 + 190, 'paragraph',
       'In ' || p.words || ' ' || r % 97 || ' ' || q.words || ' and ' || t.words || ', as the ' || u.words || ' told us when it was over.'
FROM (SELECT r, n, hashint8extended(r * 9 + n, 1) AS h FROM generate_series(1, 50000) AS r, generate_series(0, 8) AS n) AS s
JOIN phrase p ON p.n = h & 4095
JOIN phrase q ON q.n = h >> 12 & 4095
JOIN phrase t ON t.n = h >> 24 & 4095
JOIN phrase u ON u.n = h >> 36 & 4095;

-- Three appearances a conflict, and every fourth of them its own claim.
INSERT INTO claim (hash, kind, subject, attribute, number, low, high, low_open, high_open, unit, per, approximate, bound, change, scope, polarity, first_seen)
SELECT sha256(convert_to('claim ' || i, 'UTF8')), 'number', 'Subject ' || i, 'people killed', i % 97, i % 97, i % 97, false, false, 'person', '', false, false, 0, '{}', 'affirmed', timestamptz '2025-06-01 02:00Z'
FROM generate_series(0, 299999) AS i;

INSERT INTO appearance (reading, sentence, sentence_start, sentence_end, claim, start_byte, end_byte, quote, entities, attribution, modality, rule)
SELECT 1 + (i + 617 * (i / 100000)) % 50000, i / 50000, (i / 50000) * 200, (i / 50000) * 200 + 190, 1 + i, (i / 50000) * 200 + 3, (i / 50000) * 200 + 5, (i % 97)::text, '{Harbour}', '', 'asserted',
       CASE i % 3 WHEN 0 THEN 'count/killed@2' WHEN 1 THEN 'money/sum@4' ELSE 'rank/first@1' END
FROM generate_series(0, 299999) AS i ORDER BY i;

INSERT INTO conflict (kind, status, found, severity, question, reason, rungs, origins, digest, first_seen, last_seen, closed)
SELECT (ARRAY['number', 'date', 'entity', 'negation', 'arithmetic'])[1 + i % 5], f, f, .3 + .7 * pg_temp.chance(i, 'severity'),
       p.words || ', ' || q.words, i % 97 || ' lies outside ' || i % 89 || ' to ' || i % 89 + 7,
       '{rounding,unit}', 2 + i % 3, sha256(''), at, greatest(at, timestamptz '2026-06-02 02:00Z'), CASE WHEN i % 25 = 7 THEN timestamptz '2026-06-02 02:00Z' END
FROM (SELECT i, CASE WHEN i % 10 = 8 THEN 'explained' WHEN i % 10 = 3 THEN 'superseded' ELSE 'open' END AS f,
             timestamptz '2026-06-02 02:00Z' - (i % 4 > 0)::int * (i % 700) * interval '1 day' AS at FROM generate_series(1, 100000) AS i) AS t
JOIN phrase p ON p.n = hashint8extended(i, 2) & 4095
JOIN phrase q ON q.n = hashint8extended(i, 3) & 4095
ORDER BY i;

INSERT INTO position (conflict, n, number, low, high, low_open, high_open, unit, per, approximate, bound, change, origins)
SELECT i, n, i % 97 + 9 * n, i % 97 + 9 * n, i % 97 + 9 * n, false, false, 'person', '', false, false, 0, 1
FROM generate_series(1, 100000) AS i, generate_series(0, 1) AS n;

INSERT INTO member (conflict, n, position, version, appearance)
SELECT 1 + i % 100000, i / 100000, least(1, i / 100000), 1 + (i + 617 * (i / 100000)) % 50000, i + 1
FROM generate_series(0, 299999) AS i ORDER BY 1, 2;

WITH placed AS (
    INSERT INTO appearance (reading, sentence, sentence_start, sentence_end, claim, start_byte, end_byte, quote, entities, attribution, modality, rule)
    SELECT i, 8, 1600, 1790, 2, 1603, 1605, '57', '{Harbour}', '', 'asserted', 'count/killed@2' FROM generate_series(1, 5000) AS i
    RETURNING id, reading)
INSERT INTO member (conflict, n, position, version, appearance)
SELECT 1, 2 + row_number() OVER (ORDER BY id), (id % 2)::int, reading, id FROM placed;

INSERT INTO schedule (name, cron, zone) SELECT unnest(ARRAY['nightly', 'hourly', 'weekly', 'wire', 'archive']), '30 2 * * *', 'UTC';
INSERT INTO run (started, finished, paths, stage)
SELECT timestamptz '2026-06-02 01:00Z' - (700 - i) * interval '1 day', timestamptz '2026-06-02 02:00Z' - (700 - i) * interval '1 day', '{docs}', 'finished'
FROM generate_series(1, 700) AS i ORDER BY i;
INSERT INTO due_run (schedule, due, state, run, decided)
SELECT (ARRAY['nightly', 'nightly', 'hourly', 'weekly', 'wire', 'archive'])[1 + r.id % 6], r.started, 'taken', r.id, r.started FROM run r;
INSERT INTO run_conflict (run, conflict, change)
SELECT 700 - (c.id % 4 > 0)::int * (c.id % 700), c.id, 'opened' FROM conflict c WHERE c.severity >= .5 AND (c.id % 4 = 0 OR c.id % 700 > 0);

INSERT INTO act (at, who, what) SELECT timestamptz '2026-05-01 09:00Z' + i * interval '1 minute', 'reviewer ' || i % 7, 'verdict' FROM generate_series(1, 33333) AS i;
INSERT INTO review (conflict, revision, verdict, detail, stands, judged, judge, note, assignee, due, muted, merged_into, reopened, reopened_because)
SELECT 3 * i, 1, v, CASE v WHEN 'misread' THEN 'count/killed' WHEN 'different' THEN 'period' ELSE '' END,
       CASE WHEN v = 'real' AND i % 2 = 0 THEN to_jsonb('none'::text) END,
       CASE WHEN v IS NOT NULL THEN timestamptz '2026-05-01 09:00Z' END, CASE WHEN v IS NULL THEN '' ELSE 'reviewer ' || i % 7 END, 'looked at it',
       CASE WHEN i % 3 = 0 THEN 'reviewer ' || i % 7 ELSE '' END, CASE WHEN i % 6 = 0 THEN date '2026-06-01' + (i % 30)::int - 15 END,
       i % 31 = 0, CASE WHEN i % 37 = 0 THEN 3 * i - 2 END,
       CASE WHEN v IS NULL AND i % 5 = 0 THEN timestamptz '2026-06-02 02:00Z' END, CASE WHEN v IS NULL AND i % 5 = 0 THEN '{a third answer: 57 people}' ELSE '{}'::text[] END
FROM (SELECT i, (ARRAY['real', 'same', 'different', 'superseded', 'misread', 'scope', NULL, NULL])[1 + i % 8] AS v FROM generate_series(1, 33333) AS i) AS t;
UPDATE conflict c SET status = CASE r.verdict WHEN 'real' THEN 'confirmed' WHEN 'superseded' THEN 'superseded' ELSE 'dismissed' END
FROM review r WHERE r.conflict = c.id AND r.verdict IS NOT NULL;
INSERT INTO act_conflict (act, conflict, before, after) SELECT i, 3 * i, '{"revision": 0}', '{"revision": 1, "verdict": "real"}' FROM generate_series(1, 33333) AS i;
INSERT INTO muted_source (source, act) VALUES (7, 1), (400, 2);

DO $$
DECLARE l later;
BEGIN
    FOR l IN SELECT * FROM later WHERE definition NOT LIKE '% queue%' LOOP EXECUTE l.definition; END LOOP;
END $$;
ANALYZE;
INSERT INTO queue SELECT * FROM queue_now;
INSERT INTO queue_words SELECT * FROM queue_words_now;
INSERT INTO stance SELECT * FROM stance_now;
DO $$
DECLARE l later;
BEGIN
    FOR l IN SELECT * FROM later WHERE definition LIKE '% queue%' LOOP EXECUTE l.definition; END LOOP;
END $$;
SET session_replication_role = origin;
