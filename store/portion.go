package store

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Portion says how much is compared at once. The zero value is sane.
type Portion struct {
	// Whole is up to how many texts all are compared where many of them are new since
	// all were, as on the first nights; 0 means 512. Beyond, or where fewer than one in
	// [manyNew] is new, the new ones are compared with those most like them.
	Whole int
	// Fresh is how many new documents are compared at once; 0 means 2,000. With
	// some two dozen others for each of them they stay in memory meanwhile; what
	// many of them are like is loaded once.
	Fresh int
	// Claims is how much these may claim in all, if there are several, what one claims
	// in several places counted once; 0 means 20,000. With those most like them it is
	// twice as much.
	Claims int
	// Large is up to how many places a question is told in that is compared whole,
	// as soon as it is touched; 0 means 256. Larger ones are added to.
	Large int
}

// whole reports whether all of so many texts may be compared at once.
func (p Portion) whole(texts int) bool { return texts <= orElse(p.Whole, 512) }

const (
	// What came or went since [Index] looked is left to whoever indexes it: nobody is
	// found by words that are not there yet, or no longer.
	waiting = `
FROM version v
JOIN reading r ON r.id = v.reading
WHERE NOT v.compared AND CASE WHEN v.current THEN r.indexed OR r.failure IS NOT NULL
      ELSE NOT r.indexed OR EXISTS (SELECT FROM version c WHERE c.reading = r.id AND c.current) END`

	selectAllUncompared = `SELECT v.id` + waiting + ` ORDER BY v.id`

	// What went waits for what came in its place: alone it would close conflicts that
	// stand.
	selectUncompared = `SELECT v.id, r.claims` + waiting + `
  AND v.id <> ALL(@taken::bigint[])
  AND (v.current OR NOT EXISTS (SELECT FROM version c WHERE c.document = v.document AND c.current AND NOT c.compared))
ORDER BY v.id LIMIT @documents`

	selectReplaced = `SELECT v.id` + waiting + ` AND NOT v.current AND v.document IN (SELECT document FROM version WHERE id = ANY(@versions))`

	selectNear = `
SELECT v.id, v.reading, r.claims, v.id IN (SELECT v.id` + waiting + ` AND v.id = ANY(@versions)) AS waits
FROM version v
JOIN reading r ON r.id = v.reading
WHERE v.id = ANY(@versions)
ORDER BY v.id`
)

// selection is the versions that are compared next, and those most like them.
type selection struct {
	fresh []int64
	near  map[int64]float64 // with the share that each has, see [nearby.to]
	line  []candidate       // that wait, in order, as far as they may belong to the portion
	queue []int64           // that are to be compared, and whose neighbours are not known yet
	known map[int64]bool    // taken by others, in the queue, or out of it

	claims, nearClaims int  // of those that are new, and of all that are near
	all                bool // what waits was all taken at once
	last               bool // nothing else waits
}

// candidate is a version that waits to be compared.
type candidate struct {
	ID     int64
	Claims int
}

// enqueue takes a version that waits.
func (s *selection) enqueue(v int64) {
	if !s.known[v] {
		s.known[v] = true
		s.queue = append(s.queue, v)
	}
}

// ask looks for the neighbours of so many in the queue, and takes those that wait and are
// clearly like them. It is false where there is nobody to ask.
func (s *selection) ask(ctx context.Context, tx pgx.Tx, n nearby, most int) (bool, error) {
	asking := s.queue[:min(most, len(s.queue))]
	if len(asking) == 0 {
		return false, nil
	}
	s.queue, s.fresh = s.queue[len(asking):], append(s.fresh, asking...)
	asked := make(map[int64]bool, len(asking))
	for _, v := range asking {
		asked[v] = true
	}
	found, err := n.neighbours(ctx, tx, asking)
	for _, v := range found {
		if asked[v.ID] {
			s.claims += v.Claims
		}
		if _, has := s.near[v.ID]; !has {
			s.nearClaims += v.Claims
		}
		s.near[v.ID] = max(s.near[v.ID], v.share)
		if v.Waits && v.share >= clearShare {
			s.enqueue(v.ID)
		}
	}
	return true, err
}

// choose chooses what is compared next, of what waits and nobody has taken: in the order
// in which it came, but where that is not all, each with those clearly like it that wait as
// well. The reports of one event come from many sources, at different times, and are
// compared once and together.
func (p Portion) choose(ctx context.Context, tx pgx.Tx, taken []int64, n nearby) (*selection, error) {
	s := &selection{near: make(map[int64]float64), known: make(map[int64]bool)}
	for _, v := range taken {
		s.known[v] = true
	}
	documents, claims := orElse(p.Fresh, 2000), orElse(p.Claims, 20_000)
	var err error
	s.line, err = collect[candidate](ctx, tx, "new versions", selectUncompared, pgx.NamedArgs{
		"taken": append([]int64{}, taken...), "documents": documents + 1, // nil would be null
	})
	if err != nil {
		return nil, err
	}
	s.last = len(s.line) <= documents
	first := s.first(documents, claims)
	// Beyond twice as much near those that are new, only what is in the queue is taken.
	for more := true; more && len(s.fresh) < documents && s.nearClaims < 3*claims; {
		if len(s.queue) == 0 && s.claims < claims && s.nearClaims < 2*claims {
			s.advance(first)
		}
		if more, err = s.ask(ctx, tx, n, documents-len(s.fresh)); err != nil {
			return nil, err
		}
	}
	s.last = s.last && len(s.line)+len(s.queue) == 0
	return s, s.addReplaced(ctx, tx)
}

// addReplaced adds to what is new what went where it came.
func (s *selection) addReplaced(ctx context.Context, tx pgx.Tx) error {
	replaced, err := numbers(ctx, tx, "versions that were replaced", selectReplaced, pgx.NamedArgs{"versions": s.fresh})
	s.fresh = append(s.fresh, replaced...)
	slices.Sort(s.fresh)
	s.fresh = slices.Compact(s.fresh) // what was withdrawn went for itself
	return err
}

// Of a portion so small a part comes first, by documents and by what they claim.
const (
	firstDocuments = 4
	firstClaims    = 16
)

// bounds are how many documents there may be, and how much they may claim.
type bounds struct{ documents, claims int }

// first is how much of the line comes first: a small part of a portion, so that most of it
// have room for those like them as well; or all where that is no more than half of one.
func (s *selection) first(documents, claims int) bounds {
	claimed := 0
	for _, c := range s.line {
		claimed += c.Claims
	}
	if s.all = len(s.line) <= documents && claimed <= claims/2; s.all {
		return bounds{documents, claims}
	}
	return bounds{max(1, documents/firstDocuments), claims / firstClaims}
}

// advance has those at the head of the line join the queue, the first of them however much
// it claims.
func (s *selection) advance(within bounds) {
	documents, claimed := 0, 0
	for len(s.line) > 0 && documents < within.documents && claimed < within.claims {
		c := s.line[0]
		s.line = s.line[1:]
		if !s.known[c.ID] {
			s.enqueue(c.ID)
			documents, claimed = documents+1, claimed+c.Claims
		}
	}
}

// neighbour is a version that is like others that are asked about, or is one of them.
type neighbour struct {
	ID      int64
	Reading int64
	Claims  int
	Waits   bool    // to be compared
	share   float64 // see [nearby.to]
}

// neighbours finds the versions most like some, and those themselves, as far as they are
// current.
func (n nearby) neighbours(ctx context.Context, tx pgx.Tx, versions []int64) ([]neighbour, error) {
	marks, err := marksOf(ctx, tx, versions)
	if err != nil {
		return nil, err
	}
	near, err := n.to(ctx, tx, marks)
	if err != nil {
		return nil, err
	}
	readers, err := readersOf(ctx, tx, slices.Sorted(maps.Keys(near)), versions)
	if err != nil {
		return nil, err
	}
	found, err := collect[neighbour](ctx, tx, "those like new versions", selectNear, pgx.NamedArgs{"versions": readers})
	for i := range found {
		found[i].share = near[found[i].Reading]
	}
	return found, err
}
