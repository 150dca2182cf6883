package store

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/store/storetest"
)

// dated is a landmark of a text with a day, or none.
type dated struct {
	mark
	given pgtype.Date
}

// Whom a stretch of a landmark's index leads to, asked for by many at once, is whom
// each would find by going through all that is stored.
func TestNearestAreThoseOfAll(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), storetest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	const readings, terms, perText = 600, 120, 12
	r := rand.New(rand.NewPCG(1, 2))
	var all []dated
	count := make(map[int64]int32)
	for reading := range int64(readings) {
		given := pgtype.Date{Time: (claim.DayOf(2024, 1, 1) + claim.Day(r.IntN(50))).Time(), Valid: true}
		day := given
		if r.IntN(20) == 0 { // that nobody knows: before all others
			given, day = pgtype.Date{}, pgtype.Date{InfinityModifier: pgtype.NegativeInfinity, Valid: true}
		}
		seen := make(map[int64]bool)
		for range perText {
			term := int64(terms * r.Float64() * r.Float64() * r.Float64()) // some are in most texts, some in few
			if seen[term] {
				continue
			}
			seen[term] = true
			count[term]++
			all = append(all, dated{mark{at: when{dayNumber(day), reading}, published: day, term: term, name: r.IntN(3) == 0}, given})
		}
	}
	var rows []placed
	for i := range all {
		all[i].texts = count[all[i].term]
		rows = append(rows, placed{conflict.Landmark{Term: conflict.Term{Key: all[i].term, Name: all[i].name}}, i})
	}
	err = pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		return copyLandmarks(t.Context(), tx, rows, func(i int) (int64, pgtype.Date) { return all[i].at.reading, all[i].given })
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, few := range []int{1, 5, 200} {
		n := nearby{texts: readings, crowded: 3, nearest: 5}
		var asking []mark
		for _, m := range all {
			if m.at.reading%int64(readings/few) == 0 {
				asking = append(asking, m.mark)
			}
		}
		var got map[int64]float64
		err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) (err error) {
			got, err = n.to(t.Context(), tx, asking)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		inEffect := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 } // summed in another order
		if want := n.amongAll(all, asking); len(want) == 0 || !maps.EqualFunc(got, want, inEffect) {
			t.Errorf("%d texts ask: near are\n%v, want\n%v", few, got, want)
		}
	}
}

// amongAll finds the nearest by going through all landmarks for each that is asked by.
func (n nearby) amongAll(all []dated, asking []mark) map[int64]float64 {
	asked, told := n.asked(asking)
	met := make(map[int64][]meeting)
	for _, m := range asked {
		var before, behind []dated
		for _, o := range all {
			switch c := o.at.compare(m.at); {
			case o.term != m.term:
			case c < 0:
				before = append(before, o)
			case c > 0:
				behind = append(behind, o)
			}
		}
		byTime := func(a, b dated) int { return a.at.compare(b.at) }
		slices.SortFunc(before, byTime)
		slices.SortFunc(behind, byTime)
		for _, o := range slices.Concat(before[max(0, len(before)-n.crowded):], behind[:min(len(behind), n.crowded)]) {
			met[m.at.reading] = append(met[m.at.reading], meeting{o.at.reading, m.tells, 1, m.name && o.name})
		}
	}
	near := make(map[int64]float64)
	for reading, list := range met {
		for _, m := range n.best(list, told[reading]) {
			near[m.reading] = max(near[m.reading], m.likeness/told[reading])
		}
	}
	return near
}
