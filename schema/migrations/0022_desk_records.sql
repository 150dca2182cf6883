-- What the desk's pages count, kept where it is counted at once; and a conflict that
-- others were merged into stands as long as one of them does.

CREATE OR REPLACE VIEW queue_now AS
SELECT c.id AS conflict,
       CASE WHEN c.closed IS NOT NULL AND NOT merged.stand THEN 'gone'
            WHEN r.muted OR r.merged_into IS NOT NULL OR m.drowned THEN 'muted'
            WHEN r.verdict IS NOT NULL THEN 'judged'
            WHEN c.found = 'open' OR merged.open THEN 'waiting'
            ELSE c.found END AS box,
       c.kind, c.status, coalesce(r.verdict, '') AS verdict, c.severity,
       greatest(c.first_seen, r.reopened, ran.reopened) AS news,
       m.sources, ran.schedules, coalesce(r.assignee, '') AS assignee, r.due
FROM conflict c
LEFT JOIN review r ON r.conflict = c.id
CROSS JOIN LATERAL (
    SELECT count(*) > 0 AS stand, coalesce(bool_or(o.found = 'open'), false) AS open
    FROM review other
    JOIN conflict o ON o.id = other.conflict
    WHERE other.merged_into = c.id AND o.closed IS NULL) AS merged
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT d.source ORDER BY d.source), '{}') AS sources,
           count(s.source) > 0 AND count(DISTINCT m.position) FILTER (WHERE s.source IS NULL) < 2 AS drowned
    FROM member m
    JOIN version v ON v.id = m.version
    JOIN document d ON d.id = v.document
    LEFT JOIN muted_source s ON s.source = d.source
    WHERE m.conflict = c.id) AS m
CROSS JOIN LATERAL (
    SELECT max(run.started) FILTER (WHERE rc.change = 'reopened') AS reopened,
           coalesce(array_agg(DISTINCT due.schedule ORDER BY due.schedule) FILTER (WHERE due.schedule IS NOT NULL), '{}') AS schedules
    FROM run_conflict rc
    JOIN run ON run.id = rc.run
    LEFT JOIN due_run due ON due.run = run.id
    WHERE rc.conflict = c.id AND rc.change IN ('opened', 'reopened')) AS ran;
COMMENT ON COLUMN queue.box IS 'gone: comparing no longer finds it, nor any that was merged into it; muted: the question was, or was merged into another, or fewer than two of its positions are taken by sources that are not muted; judged: a verdict is in force; superseded, explained: found to be so; waiting: none of these.';
UPDATE queue SET box = now.box FROM queue_now now
WHERE now.conflict = queue.conflict AND queue.conflict IN (SELECT merged_into FROM review) AND queue.box <> now.box;

-- The boxes are counted and their most severe conflicts found by it.
CREATE INDEX queue_box ON queue (box, severity DESC, conflict DESC);

-- Conflicts that stand and are severe enough to be shown, those that were judged or
-- superseded too; of two answers that a source gives, it stands by the better one.
CREATE VIEW stance_now AS
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
COMMENT ON VIEW stance_now IS 'What the rows of stance should be.';
COMMENT ON COLUMN stance_now.source IS 'As in stance.';
COMMENT ON COLUMN stance_now.conflict IS 'As in stance.';
COMMENT ON COLUMN stance_now.alone IS 'As in stance.';
COMMENT ON COLUMN stance_now.stood IS 'As in stance.';

CREATE TABLE stance (
    source   bigint NOT NULL REFERENCES source ON DELETE CASCADE,
    conflict bigint NOT NULL REFERENCES conflict ON DELETE CASCADE,
    alone    boolean NOT NULL,
    stood    boolean,
    PRIMARY KEY (source, conflict)
);
COMMENT ON TABLE stance IS 'Which sources answer in which conflicts that stand and are severe enough to be shown. It repeats what other tables hold: the view stance_now says how.';
COMMENT ON COLUMN stance.source IS 'The source.';
COMMENT ON COLUMN stance.conflict IS 'The conflict.';
COMMENT ON COLUMN stance.alone IS 'Whether no other origin gives the same answer.';
COMMENT ON COLUMN stance.stood IS 'Whether its answer stands by the verdict in force; null without one, and where nobody knows yet.';
INSERT INTO stance SELECT * FROM stance_now;
CREATE INDEX stance_conflict ON stance (conflict);

ALTER TABLE reading ADD COLUMN claims integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN reading.claims IS 'How many different claims the text makes.';
UPDATE reading SET claims = made.claims
FROM (SELECT reading, count(DISTINCT claim) AS claims FROM appearance GROUP BY reading) AS made
WHERE reading.id = made.reading;

-- The newest documents of a source are the beginning of this.
CREATE INDEX document_newest ON document (source, published DESC NULLS LAST, id DESC);
DROP INDEX document_source;
