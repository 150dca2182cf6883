package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
)

// queueIsKept holds what the queue repeats of other tables against those tables.
func queueIsKept(t *testing.T, s *store.Store) {
	t.Helper()
	for kept, now := range map[string]string{"queue": "queue_now", "queue_words": "queue_words_now"} {
		for _, sides := range [][2]string{{kept, now}, {now, kept}} {
			rows, err := s.Pool().Query(t.Context(), "SELECT t::text FROM (SELECT * FROM "+sides[0]+" EXCEPT SELECT * FROM "+sides[1]+") AS t")
			if err != nil {
				t.Fatal(err)
			}
			only, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range only {
				t.Errorf("in %s and not in %s: %s", sides[0], sides[1], row)
			}
		}
	}
}
