package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
)

// Misread is a place that a reviewer says a rule read wrongly.
type Misread struct {
	Conflict string
	Question string
	By       string // the rule, by its name
	Judge    string
	Judged   time.Time
	Note     string
	claim.Appearance
	// Beside is all claims that were read out of the same sentence, this one among
	// them, in the order of the text.
	Beside []claim.Appearance
}

const selectMisread = `
SELECT j.conflict, cc.question, j.detail AS misread, j.judge, j.judged, j.note, d.given AS document, ver.sha256, m.appearance AS marked,` +
	selectPlaceColumns + `, ` + selectClaimColumns + `
FROM review j
JOIN conflict cc ON cc.id = j.conflict
JOIN LATERAL (
    SELECT DISTINCT ON (o.appearance) o.appearance, o.version
    FROM member o
    JOIN appearance oa ON oa.id = o.appearance
    WHERE (o.conflict = j.conflict OR o.conflict IN (SELECT conflict FROM review WHERE merged_into = j.conflict))
      AND EXISTS (SELECT FROM regexp_split_to_table(oa.rule, ' ') AS r (id) WHERE split_part(r.id, '@', 1) = j.detail)
    ORDER BY o.appearance, o.version
) AS m ON true
JOIN appearance marked ON marked.id = m.appearance
JOIN appearance a ON a.reading = marked.reading AND a.sentence = marked.sentence
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim
JOIN version ver ON ver.id = m.version
JOIN document d ON d.id = ver.document
WHERE j.verdict = 'misread' AND j.judged >= @since
ORDER BY j.judged, j.conflict, d.given, m.appearance, a.start_byte, a.end_byte, a.id`

// Misreadings lists the places that verdicts in force say were read wrongly, given
// at a time or later, the first of them first.
func (s *Store) Misreadings(ctx context.Context, since time.Time) (out []Misread, err error) {
	type row struct {
		Conflict int64
		Question string
		Misread  string
		Judge    string
		Judged   time.Time
		Note     string
		Document string
		SHA256   []byte
		Marked   int64
		placeColumns
		claimColumns
	}
	var rows []row
	err = again(ctx, func() (err error) {
		rows, err = collect[row](ctx, s.pool, "what was misread", selectMisread, pgx.NamedArgs{"since": since})
		return err
	})
	if err != nil {
		return nil, err
	}
	type placeKey struct{ conflict, marked int64 }
	at := make(map[placeKey]int)
	for _, r := range rows {
		key := placeKey{r.Conflict, r.Marked}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, Misread{Conflict: name(r.Conflict), Question: r.Question, By: r.Misread, Judge: r.Judge, Judged: r.Judged.UTC(), Note: r.Note})
		}
		a := r.toAppearance(r.Document, r.SHA256, r.toClaim(r.Entities))
		out[i].Beside = append(out[i].Beside, a)
		if r.Appearance == r.Marked {
			out[i].Appearance = a
		}
	}
	return out, nil
}
