package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// Of a conflict in a list so many answers are shown, of each so many sources, looked
// for among so many of its places, and so many characters of a sentence.
const (
	answersShown  = 3
	sourcesShown  = 3
	sourcesAmong  = 12
	sentenceShown = 2000
)

const (
	selectRowsOf = `
SELECT c.id, c.kind, c.status, c.severity, c.question, c.reason, c.origins, c.first_seen, q.news,` + selectReviewColumns + `
FROM conflict c
JOIN queue q ON q.conflict = c.id
LEFT JOIN review v ON v.conflict = c.id
WHERE c.id = ANY(@ids)`

	selectRowAnswers = `
SELECT p.conflict, p.places, p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.bound, p.change,
       p.date_from, p.date_to, p.name, p.name_type, p.origins, said.sources, coalesce(first.quote, '') AS quote, coalesce(left(st.text, @sentence), '') AS sentence,
       coalesce(cl.polarity = 'negated', false) AS denied
FROM (SELECT *, row_number() OVER (PARTITION BY conflict ORDER BY n) AS place, count(*) OVER (PARTITION BY conflict) AS places
      FROM position WHERE conflict = ANY(@ids)) AS p
CROSS JOIN LATERAL (
    SELECT array_agg(s.name ORDER BY m.n) AS sources, (array_agg(m.appearance ORDER BY m.n))[1] AS first
    FROM (SELECT n, version, appearance FROM member WHERE conflict = p.conflict AND position = p.n ORDER BY n LIMIT @among) AS m
    JOIN version v ON v.id = m.version
    JOIN document d ON d.id = v.document
    JOIN source s ON s.id = d.source) AS said
LEFT JOIN appearance first ON first.id = said.first
LEFT JOIN sentence st ON st.reading = first.reading AND st.n = first.sentence
LEFT JOIN claim cl ON cl.id = first.claim
WHERE p.place <= @shown
ORDER BY p.conflict, p.n`
)

// rowsOf is conflicts as lists show them, in the order of their numbers as given.
func rowsOf(ctx context.Context, tx pgx.Tx, ids []int64) ([]desk.Row, error) {
	type conflictRow struct {
		ID        int64
		Kind      string
		Status    string
		Severity  float64
		Question  string
		Reason    string
		Origins   int
		FirstSeen time.Time
		News      time.Time
		reviewColumns
	}
	type answerRow struct {
		Conflict int64
		Places   int
		valueColumns
		Origins  int
		Sources  []string
		Quote    string
		Sentence string
		Denied   bool
	}
	if len(ids) == 0 {
		return []desk.Row{}, nil
	}
	args := pgx.NamedArgs{"ids": ids, "shown": answersShown, "among": sourcesAmong, "sentence": sentenceShown}
	found, err := collect[conflictRow](ctx, tx, "conflicts", selectRowsOf, args)
	if err != nil {
		return nil, err
	}
	answers, err := collect[answerRow](ctx, tx, "answers", selectRowAnswers, args)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]*desk.Row, len(found))
	for _, c := range found {
		at[c.ID] = &desk.Row{ID: name(c.ID), Kind: conflict.Kind(c.Kind), Status: conflict.Status(c.Status), Severity: c.Severity,
			Question: c.Question, Reason: c.Reason, Origins: c.Origins, FirstSeen: c.FirstSeen.UTC(), News: c.News.UTC(), State: c.state(), Answers: []desk.Answer{}}
	}
	for _, a := range answers {
		row := at[a.Conflict]
		row.Answers = append(row.Answers, desk.Answer{Value: a.value(), Denied: a.Denied, Origins: a.Origins, Sources: firstFew(a.Sources), Quote: a.Quote, Sentence: a.Sentence})
		row.More = a.Places - len(row.Answers)
	}
	rows := make([]desk.Row, 0, len(ids))
	for _, id := range ids {
		if row := at[id]; row != nil {
			rows = append(rows, *row)
		}
	}
	return rows, nil
}

// firstFew is the first different names of a list.
func firstFew(names []string) []string {
	few := make([]string, 0, sourcesShown)
	for _, name := range names {
		if len(few) < sourcesShown && !slices.Contains(few, name) {
			few = append(few, name)
		}
	}
	return few
}
