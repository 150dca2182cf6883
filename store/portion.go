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
	// Claims is how much they and those most like them may claim in all, if there are
	// several, what one claims in several places counted once; 0 means 24,000.
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

	selectUncompared = `SELECT v.id` + waiting + ` AND v.id <> ALL(@taken::bigint[]) ORDER BY v.id LIMIT @many`

	selectNear = `
SELECT v.id, v.reading, r.claims, v.id IN (SELECT v.id` + waiting + ` AND v.id = ANY(@versions)) AS waits
FROM version v
JOIN reading r ON r.id = v.reading
WHERE v.id = ANY(@versions)
ORDER BY v.id`
)

// selection is the versions that are compared next, and those most like them, in order.
type selection struct{ fresh, near []int64 }

// Neighbours are looked for of so many versions at once, and of no larger share of a
// portion, so that most of those that come first have theirs in it as well.
const (
	lookedFor = 64
	leastAsks = 8 // for a portion
)

// choose chooses what is compared next, of what waits and nobody has taken: in the order
// in which it came, but each with those clearly like it that wait as well. The reports of
// one event come from many sources, at different times, and are compared once and together.
func (p Portion) choose(ctx context.Context, tx pgx.Tx, taken []int64, n nearby) (selection, error) {
	var out selection
	var queue []int64
	known := make(map[int64]bool) // taken, or in the queue, or out of it
	enqueue := func(v int64) {
		if !known[v] {
			known[v] = true
			queue = append(queue, v)
		}
	}
	for _, v := range taken {
		known[v] = true
	}
	near := make(map[int64]bool)
	most := orElse(p.Claims, 24_000)
	documents, claims := orElse(p.Fresh, 2000), most
	many := min(lookedFor, max(1, documents/leastAsks))
	for documents > 0 && claims > -most {
		if len(queue) == 0 && claims > 0 {
			others := slices.AppendSeq([]int64{}, maps.Keys(known)) // nil would be null
			first, err := numbers(ctx, tx, "new versions", selectUncompared, pgx.NamedArgs{"taken": others, "many": many})
			if err != nil {
				return out, err
			}
			for _, v := range first {
				enqueue(v)
			}
		}
		asking := queue[:min(many, documents, len(queue))]
		if len(asking) == 0 {
			break
		}
		queue, documents = queue[len(asking):], documents-len(asking)
		out.fresh = append(out.fresh, asking...)
		found, err := n.neighbours(ctx, tx, asking)
		if err != nil {
			return out, err
		}
		for _, v := range found {
			if !near[v.ID] {
				near[v.ID] = true
				claims -= v.Claims
			}
			if v.Waits && v.share >= clearShare {
				enqueue(v.ID)
			}
		}
	}
	slices.Sort(out.fresh)
	out.near = slices.Sorted(maps.Keys(near))
	return out, nil
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
