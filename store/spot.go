package store

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

// spotPlaces is how many versions of an appearance are named. Copies share it.
const spotPlaces = 100

const (
	selectSpot = `
SELECT` + selectDeskPlaceColumns + `
FROM appearance a
JOIN version v ON v.reading = a.reading` + joinDeskPlace + `
WHERE a.id = @id
ORDER BY v.current DESC, v.id
LIMIT @places`

	selectReadText = `SELECT coalesce(text, '') FROM reading WHERE id = @reading`
)

// Appearance is an appearance in each version of a document that makes it, those that
// are current first, and the text of those versions. Where there is none it is a
// [desk.Missing].
func (s *Store) Appearance(ctx context.Context, id int64) (places []desk.Place, text string, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := collect[deskPlaceColumns](ctx, tx, "appearance", selectSpot, pgx.NamedArgs{"id": id, "places": spotPlaces})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return &desk.Missing{What: "appearance", Name: strconv.FormatInt(id, 10)}
		}
		places = make([]desk.Place, len(rows))
		for i, r := range rows {
			places[i] = r.place()
		}
		return tx.QueryRow(ctx, selectReadText, pgx.NamedArgs{"reading": rows[0].Reading}).Scan(&text)
	})
	return places, text, err
}
