-- The queue: what a list of conflicts is chosen and put in order by, in rows narrow
-- enough to look through a hundred thousand of them in a few hundredths of a second.
-- All of it follows from other tables; the views say how.

CREATE VIEW queue_now AS
SELECT c.id AS conflict,
       CASE WHEN c.closed IS NOT NULL THEN 'gone'
            WHEN r.muted OR r.merged_into IS NOT NULL OR m.drowned THEN 'muted'
            WHEN r.verdict IS NOT NULL THEN 'judged'
            WHEN c.found = 'open' THEN 'waiting'
            ELSE c.found END AS box,
       c.kind, c.status, coalesce(r.verdict, '') AS verdict, c.severity,
       greatest(c.first_seen, r.reopened, ran.reopened) AS news,
       m.sources, ran.schedules, coalesce(r.assignee, '') AS assignee, r.due
FROM conflict c
LEFT JOIN review r ON r.conflict = c.id
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
COMMENT ON VIEW queue_now IS 'What the rows of queue should be.';
COMMENT ON COLUMN queue_now.conflict IS 'As in queue.';
COMMENT ON COLUMN queue_now.box IS 'As in queue.';
COMMENT ON COLUMN queue_now.kind IS 'As in queue.';
COMMENT ON COLUMN queue_now.status IS 'As in queue.';
COMMENT ON COLUMN queue_now.verdict IS 'As in queue.';
COMMENT ON COLUMN queue_now.severity IS 'As in queue.';
COMMENT ON COLUMN queue_now.news IS 'As in queue.';
COMMENT ON COLUMN queue_now.sources IS 'As in queue.';
COMMENT ON COLUMN queue_now.schedules IS 'As in queue.';
COMMENT ON COLUMN queue_now.assignee IS 'As in queue.';
COMMENT ON COLUMN queue_now.due IS 'As in queue.';

-- What a thousand documents say of one question, a hundred of them say as well.
CREATE VIEW queue_words_now AS
SELECT c.id AS conflict, to_tsvector('english', c.question || ' ' || c.reason || ' ' || coalesce(said.sentences, '')) AS words
FROM conflict c
LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT left(st.text, 4000), ' ') AS sentences
    FROM (SELECT appearance FROM member WHERE conflict = c.id ORDER BY n LIMIT 100) AS m
    JOIN appearance a ON a.id = m.appearance
    JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence) AS said ON true;
COMMENT ON VIEW queue_words_now IS 'What the rows of queue_words should be.';
COMMENT ON COLUMN queue_words_now.conflict IS 'As in queue_words.';
COMMENT ON COLUMN queue_words_now.words IS 'As in queue_words.';

CREATE TABLE queue (
    conflict  bigint PRIMARY KEY REFERENCES conflict ON DELETE CASCADE,
    box       text NOT NULL CHECK (box IN ('waiting', 'judged', 'superseded', 'explained', 'muted', 'gone')),
    kind      text NOT NULL,
    status    text NOT NULL,
    verdict   text NOT NULL,
    severity  double precision NOT NULL,
    news      timestamptz NOT NULL,
    sources   bigint[] NOT NULL,
    schedules text[] NOT NULL,
    assignee  text NOT NULL,
    due       date
);
COMMENT ON TABLE queue IS 'What conflicts are listed by, a row a conflict. It repeats what other tables hold: the view queue_now says how.';
COMMENT ON COLUMN queue.conflict IS 'The conflict.';
COMMENT ON COLUMN queue.box IS 'gone: comparing no longer finds it; muted: the question was, or was merged into another, or fewer than two of its positions are taken by sources that are not muted; judged: a verdict is in force; superseded, explained: found to be so; waiting: none of these.';
COMMENT ON COLUMN queue.kind IS 'As in conflict.';
COMMENT ON COLUMN queue.status IS 'As in conflict.';
COMMENT ON COLUMN queue.verdict IS 'As in review; empty for none.';
COMMENT ON COLUMN queue.severity IS 'As in conflict.';
COMMENT ON COLUMN queue.news IS 'When it was found, or last opened again.';
COMMENT ON COLUMN queue.sources IS 'Who published the documents that take part.';
COMMENT ON COLUMN queue.schedules IS 'The schedules whose runs found it, or found it open again.';
COMMENT ON COLUMN queue.assignee IS 'As in review; empty for nobody.';
COMMENT ON COLUMN queue.due IS 'As in review.';

CREATE TABLE queue_words (
    conflict bigint PRIMARY KEY REFERENCES conflict ON DELETE CASCADE,
    words    tsvector NOT NULL
);
COMMENT ON TABLE queue_words IS 'The words that conflicts are searched by. It repeats what other tables hold: the view queue_words_now says how.';
COMMENT ON COLUMN queue_words.conflict IS 'The conflict.';
COMMENT ON COLUMN queue_words.words IS 'The English words of its question, its reason and the first hundred sentences that take part.';

INSERT INTO queue SELECT * FROM queue_now;
INSERT INTO queue_words SELECT * FROM queue_words_now;

-- Each page of the queue is a stretch of the first index; what is new is found by the second.
CREATE INDEX queue_severity ON queue (severity DESC, conflict DESC);
CREATE INDEX queue_news ON queue (news);
CREATE INDEX queue_words_words ON queue_words USING gin (words);
