-- The views go by the desk to the letter: an answer that denies is another than the
-- one that affirms with the same words, what was taken back can be put back, and a
-- conflict is told also before the queue has it.

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

CREATE OR REPLACE VIEW report.conflicts AS
SELECT c.id AS conflict_id, c.kind, c.status, c.found, c.severity::numeric AS severity, c.question, c.reason,
       (SELECT string_agg(p.value, ' / ' ORDER BY p.position) FROM report.positions p WHERE p.conflict_id = c.id) AS answers,
       c.origins, c.first_seen, c.last_seen, c.closed,
       q.box,
       coalesce(c.severity >= 0.5 AND q.box IN ('waiting', 'judged', 'superseded'), false) AS shown,
       coalesce(c.severity >= 0.5 AND q.box = 'waiting', false) AS waiting, q.news AS waiting_since,
       r.verdict, report.verdict_in_words(r.verdict, r.detail) AS verdict_words, coalesce(r.detail, '') AS verdict_detail,
       CASE WHEN r.verdict = 'real' AND r.stands IS NULL THEN 'not known yet'
            WHEN r.verdict = 'real' AND r.stands = '"none"' THEN 'none'
            WHEN r.verdict = 'real' THEN coalesce((SELECT p.value FROM report.positions p WHERE p.conflict_id = c.id AND p.stands LIMIT 1),
                                                  'an answer that is no longer among them') END AS stands,
       r.judged, coalesce(r.judge, '') AS judge, coalesce(r.note, '') AS note, array_to_string(coalesce(r.links, '{}'), ' ') AS links,
       coalesce(r.assignee, '') AS assignee, r.due, coalesce(r.muted, false) AS muted, r.merged_into,
       r.reopened, array_to_string(coalesce(r.reopened_because, '{}'), '; ') AS reopened_because
FROM conflict c
LEFT JOIN queue q ON q.conflict = c.id
LEFT JOIN review r ON r.conflict = c.id;

CREATE OR REPLACE VIEW report.verdicts AS
SELECT a.id AS act_id, a.at, a.who, ac.conflict AS conflict_id, c.question,
       CASE WHEN ac.after ->> 'verdict' IS NULL AND a.what = 'reopen' THEN 're-opened'
            WHEN ac.after ->> 'verdict' IS NULL THEN 'taken back'
            WHEN a.what = 'verdict' AND ac.before ->> 'verdict' IS NULL THEN 'given'
            WHEN a.what = 'verdict' THEN 'replaced'
            ELSE 'put back' END AS deed,
       ac.after ->> 'verdict' AS verdict, report.verdict_in_words(ac.after ->> 'verdict', coalesce(ac.after ->> 'detail', '')) AS verdict_words,
       coalesce(ac.after ->> 'detail', '') AS verdict_detail,
       ac.before ->> 'verdict' AS verdict_before, report.verdict_in_words(ac.before ->> 'verdict', coalesce(ac.before ->> 'detail', '')) AS verdict_before_words,
       a.note, u.id AS undone_by,
       a.what = 'verdict' AND r.verdict IS NOT NULL AND r.judged = a.at AND r.judge = a.who AS in_force
FROM act_conflict ac
JOIN act a ON a.id = ac.act
JOIN conflict c ON c.id = ac.conflict
LEFT JOIN act u ON u.undoes = a.id
LEFT JOIN review r ON r.conflict = ac.conflict
WHERE a.what = 'verdict' OR ac.before ->> 'judged' IS DISTINCT FROM ac.after ->> 'judged';

COMMENT ON COLUMN report.verdicts.deed IS 'What became of the verdict: given, replaced by another, taken back, put back by taking back what had replaced or undone it, or re-opened by a night.';
COMMENT ON COLUMN report.conflicts.stands IS 'Of a real conflict the answer that stands, in words; none, not known yet, or that it is no longer among the answers, because documents changed or the question was merged.';
COMMENT ON COLUMN report.verdicts.undone_by IS 'The act that took this one back; null where none did. That one can be taken back, too: in_force tells how it ended.';
