package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// standing is where a conflict stands at the desk: its row in review, as acts
// keep it before and after.
type standing struct {
	desk.State
	Basis *desk.Basis `json:"basis,omitempty"`
}

// reviewColumns are the columns of review as queries name them, null where the
// conflict has no row there.
type reviewColumns struct {
	Revision        *int
	Verdict         *string
	Detail          *string
	Stands          *string // JSON
	Links           []string
	Judged          *time.Time
	Judge           *string
	Note            *string
	Assignee        *string
	Due             pgtype.Date
	Muted           *bool
	MergedInto      *int64
	Reopened        *time.Time
	ReopenedBecause []string
}

// selectReviewColumns names them, of the table review as v.
const selectReviewColumns = `
       v.revision, v.verdict, v.detail, v.stands::text AS stands, v.links, v.judged, v.judge, v.note, v.assignee, v.due, v.muted,
       v.merged_into, v.reopened, v.reopened_because`

// reviewRow is a row of review.
type reviewRow struct {
	Conflict int64
	Basis    *desk.Basis
	reviewColumns
}

// state is the columns in the desk's words; the zero State where there is no row.
func (c reviewColumns) state() desk.State {
	s := desk.State{
		Revision: deref(c.Revision), Verdict: desk.Verdict(deref(c.Verdict)), Detail: deref(c.Detail), Stands: standsKey(deref(c.Stands)),
		Links: orNil(c.Links), Judged: timeOf(c.Judged).UTC(), Judge: deref(c.Judge), Note: deref(c.Note), Assignee: deref(c.Assignee),
		Due: dayOf(c.Due), Muted: deref(c.Muted), Reopened: timeOf(c.Reopened).UTC(), Because: orNil(c.ReopenedBecause),
	}
	if c.MergedInto != nil {
		s.MergedInto = name(*c.MergedInto)
	}
	return s
}

// standsKey is the key of the value that stands, as the database keeps it: the
// value's JSON in an order of its own, or "none".
func standsKey(kept string) string {
	switch kept {
	case "":
		return ""
	case `"` + desk.NoneStands + `"`:
		return desk.NoneStands
	}
	var v claim.Value
	var more struct{ Negated bool }
	if json.Unmarshal([]byte(kept), &v) != nil || json.Unmarshal([]byte(kept), &more) != nil {
		return kept // nothing that a position has
	}
	if more.Negated {
		return desk.AnswerKey(conflict.Negation, v, claim.Negated)
	}
	return desk.ValueKey(v)
}

// keptStands is the opposite.
func keptStands(key string) *string {
	switch key {
	case "":
		return nil
	case desk.NoneStands:
		key = `"` + desk.NoneStands + `"`
	}
	return &key
}

// statusOf is what a state makes of a conflict; "" where it is what comparing found.
func statusOf(s desk.State) conflict.Status {
	if s.Verdict == "" {
		return ""
	}
	return s.Verdict.Status(s.Stands != "" && s.Stands != desk.NoneStands)
}

// States is where conflicts stand at the desk, by their IDs; those that nobody has
// touched are left out.
func (s *Store) States(ctx context.Context, conflicts []string) (map[string]desk.State, error) {
	ids, err := idsOf(conflicts)
	if err != nil {
		return nil, err
	}
	var reviews []reviewRow
	err = again(ctx, func() (err error) {
		reviews, err = collect[reviewRow](ctx, s.pool, "reviews", selectReviews, pgx.NamedArgs{"ids": ids})
		return err
	})
	if err != nil {
		return nil, err
	}
	states := make(map[string]desk.State, len(reviews))
	for _, r := range reviews {
		states[name(r.Conflict)] = r.state()
	}
	return states, nil
}

const upsertReview = `
INSERT INTO review (conflict, revision, verdict, detail, stands, links, judged, judge, note, assignee, due, muted, merged_into, basis,
                    reopened, reopened_because)
VALUES (@conflict, @revision, @verdict, @detail, @stands::text::jsonb, @links, @judged, @judge, @note, @assignee, @due, @muted, @merged_into,
        @basis::text::jsonb, @reopened, @reopened_because)
ON CONFLICT (conflict) DO UPDATE
SET revision = excluded.revision, verdict = excluded.verdict, detail = excluded.detail, stands = excluded.stands, links = excluded.links,
    judged = excluded.judged, judge = excluded.judge, note = excluded.note, assignee = excluded.assignee, due = excluded.due,
    muted = excluded.muted, merged_into = excluded.merged_into, basis = excluded.basis, reopened = excluded.reopened,
    reopened_because = excluded.reopened_because`

// args is the state of a conflict as the database takes it.
func (s standing) args(id int64) (pgx.NamedArgs, error) {
	args := pgx.NamedArgs{
		"conflict": id, "revision": s.Revision, "verdict": nil, "detail": clean(s.Detail), "stands": keptStands(s.Stands),
		"links": cleanAll(s.Links), "judged": moment(s.Judged), "judge": clean(s.Judge), "note": clean(s.Note), "assignee": clean(s.Assignee),
		"due": date(s.Due), "muted": s.Muted, "merged_into": nil, "basis": nil, "reopened": moment(s.Reopened), "reopened_because": cleanAll(s.Because),
	}
	if s.Verdict != "" {
		args["verdict"] = string(s.Verdict)
	}
	if s.MergedInto != "" {
		into, err := strconv.ParseInt(s.MergedInto, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("conflict %d: merged into %q, which is no number: %w", id, s.MergedInto, err)
		}
		args["merged_into"] = into
	}
	if s.Basis != nil {
		basis, err := json.Marshal(s.Basis)
		if err != nil {
			return nil, fmt.Errorf("basis of conflict %d: %w", id, err)
		}
		args["basis"] = string(basis)
	}
	return args, nil
}

// ground is what a verdict on a conflict goes by, with that of those that are
// merged into it.
type ground struct {
	kind    conflict.Kind
	answers []groundAnswer
	origins int
	parts   map[int64]groundPart // document → its part
	rules   map[string]bool      // names of those that made the claims
}

// groundAnswer is a position.
type groundAnswer struct {
	conflict  int64
	n         int
	key       string // see desk.AnswerKey
	value     claim.Value
	claims    [][32]byte
	documents map[int64]bool
}

// groundPart is the part that a document takes.
type groundPart struct {
	version int64
	source  string
}

const (
	selectGrounds = `
SELECT c.id, c.kind, coalesce(v.merged_into, c.id) AS root, c.origins
FROM conflict c
LEFT JOIN review v ON v.conflict = c.id
WHERE c.id = ANY(@ids) OR v.merged_into = ANY(@ids)
ORDER BY c.id`

	selectGroundMembers = `
SELECT m.conflict, coalesce(m.position, -1) AS position, c.hash AS claim, c.polarity, v.id AS version, v.document, s.name AS source, a.rule
FROM member m
JOIN appearance a ON a.id = m.appearance
JOIN claim c ON c.id = a.claim
JOIN version v ON v.id = m.version
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
WHERE m.conflict = ANY(@conflicts)
ORDER BY m.conflict, m.n`
)

// grounds loads what verdicts on some conflicts go by.
func grounds(ctx context.Context, tx pgx.Tx, ids []int64) (map[int64]*ground, error) {
	type conflictRow struct {
		ID      int64
		Kind    string
		Root    int64
		Origins int
	}
	type answerRow struct {
		Conflict int64
		N        int
		valueColumns
		Origins int
	}
	type memberRow struct {
		Conflict int64
		Position int
		Claim    []byte
		Polarity string
		Version  int64
		Document int64
		Source   string
		Rule     string
	}
	found, err := collect[conflictRow](ctx, tx, "conflicts", selectGrounds, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, err
	}
	out := make(map[int64]*ground, len(ids))
	root := make(map[int64]*ground, len(found))
	kind := make(map[int64]conflict.Kind, len(found))
	all := make([]int64, 0, len(found))
	for _, c := range found {
		g := out[c.Root]
		if g == nil {
			g = &ground{parts: make(map[int64]groundPart), rules: make(map[string]bool)}
			out[c.Root] = g
		}
		root[c.ID], kind[c.ID] = g, conflict.Kind(c.Kind)
		g.origins += c.Origins
		if c.ID == c.Root {
			g.kind = conflict.Kind(c.Kind)
		}
		all = append(all, c.ID)
	}
	positions, err := collect[answerRow](ctx, tx, "positions", selectPositions, pgx.NamedArgs{"conflicts": all})
	if err != nil {
		return nil, err
	}
	type answer struct {
		conflict int64
		n        int
	}
	at := make(map[answer]int, len(positions))
	for _, p := range positions {
		g := root[p.Conflict]
		at[answer{p.Conflict, p.N}] = len(g.answers)
		g.answers = append(g.answers, groundAnswer{conflict: p.Conflict, n: p.N, key: desk.ValueKey(p.value()), value: p.value(), documents: make(map[int64]bool)})
	}
	members, err := collect[memberRow](ctx, tx, "members", selectGroundMembers, pgx.NamedArgs{"conflicts": all})
	if err != nil {
		return nil, err
	}
	type given struct {
		ground *ground
		at     int
		claim  [32]byte
	}
	known := make(map[given]bool)
	for _, m := range members {
		g := root[m.Conflict]
		g.parts[m.Document] = groundPart{m.Version, m.Source}
		for rule := range strings.FieldsSeq(m.Rule) {
			rule, _, _ = strings.Cut(rule, "@")
			g.rules[rule] = true
		}
		if m.Position >= 0 {
			i := at[answer{m.Conflict, m.Position}]
			a := &g.answers[i]
			if len(a.claims) == 0 {
				a.key = desk.AnswerKey(kind[m.Conflict], a.value, claim.Polarity(m.Polarity))
			}
			made := given{g, i, [32]byte(m.Claim)}
			if !known[made] {
				known[made] = true
				a.claims = append(a.claims, made.claim)
			}
			a.documents[m.Document] = true
		}
	}
	return out, nil
}

// basis is the ground as it is kept with a verdict.
func (g *ground) basis() *desk.Basis {
	b := &desk.Basis{Origins: g.origins, Documents: make(map[int64]int64, len(g.parts))}
	for _, a := range g.answers {
		b.Add(a.value, a.claims)
	}
	for document, part := range g.parts {
		b.Documents[document] = part.version
	}
	return b
}

// has reports whether there is an answer of a key.
func (g *ground) has(key string) bool {
	for _, a := range g.answers {
		if a.key == key {
			return true
		}
	}
	return false
}
