package store

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

// The bounds of what the page of a claim shows.
const (
	statementPlaces    = 100
	statementConflicts = 50
)

const (
	selectStatement = `
SELECT` + selectClaimColumns + `, seen.first_seen, seen.last_seen
FROM claim c
JOIN LATERAL (SELECT first_seen, last_seen FROM claim_seen WHERE claim_seen.claim = c.id) AS seen ON true
WHERE c.hash = @id`

	selectStatementPlaces = `
SELECT m.places,` + selectDeskPlaceColumns + `
FROM (SELECT v.id AS version, a.id AS appearance, coalesce(d.published, 'infinity') AS day, v.first_seen, count(*) OVER () AS places
      FROM appearance a
      JOIN version v ON v.reading = a.reading
      JOIN document d ON d.id = v.document
      WHERE a.claim = (SELECT id FROM claim WHERE hash = @id)
      ORDER BY day, v.first_seen, v.id, a.id
      LIMIT @places) AS m
JOIN version v ON v.id = m.version
JOIN appearance a ON a.id = m.appearance` + joinDeskPlace + `
ORDER BY m.day, m.first_seen, m.version, m.appearance`

	selectStatementConflicts = `
SELECT conflict
FROM (SELECT DISTINCT m.conflict FROM appearance a JOIN member m ON m.appearance = a.id WHERE a.claim = (SELECT id FROM claim WHERE hash = @id)) AS part
JOIN queue q USING (conflict)
ORDER BY q.box = 'gone', q.severity DESC, conflict DESC
LIMIT @conflicts`
)

// Statement is a claim, by its ID in hexadecimal digits, with the places where it is
// or was made, by date. Where there is none it is a [desk.Missing].
func (s *Store) Statement(ctx context.Context, id string) (*desk.Statement, error) {
	missing := &desk.Missing{What: "claim", Name: id}
	key, err := hex.DecodeString(id)
	if err != nil || len(key) != 32 {
		return nil, missing
	}
	type claimRow struct {
		claimColumns
		FirstSeen, LastSeen time.Time
	}
	type placeRow struct {
		Places int
		deskPlaceColumns
	}
	args := pgx.NamedArgs{"id": key, "places": statementPlaces, "conflicts": statementConflicts}
	var st *desk.Statement
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		found, err := collect[claimRow](ctx, tx, "claim", selectStatement, args)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return missing
		}
		c := found[0].toClaim(nil)
		st = &desk.Statement{ID: id, Claim: c, Says: c.Words(), FirstSeen: found[0].FirstSeen.UTC(), LastSeen: found[0].LastSeen.UTC()}
		rows, err := collect[placeRow](ctx, tx, "places of the claim", selectStatementPlaces, args)
		if err != nil {
			return err
		}
		at := make([]spot, len(rows))
		for i, r := range rows {
			st.Places, at[i] = append(st.Places, r.place()), spot{r.Reading, r.Nth}
			st.More = r.Places - len(rows)
		}
		if err := surround(ctx, tx, st.Places, at); err != nil {
			return err
		}
		ids, err := numbers(ctx, tx, "conflicts of the claim", selectStatementConflicts, args)
		if err != nil {
			return err
		}
		st.Conflicts, err = rowsOf(ctx, tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	return st, nil
}
