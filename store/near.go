package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/conflict"
)

// nearby is how texts are looked for that are like others.
//
// A landmark that many texts share leads to the neighbours in time alone, so that no
// word makes everything a neighbour of everything. Two landmarks, or a name, make an
// acquaintance; of those that share a twentieth of what a text's landmarks tell, or a
// tenth where no name is among them, the nearest are kept: two rare words stand
// together in many texts that have nothing else in common. Asked is only by the most
// telling ones that others have as well, as many as comparing goes by.
type nearby struct {
	texts   int // that there are
	crowded int // on each side in time that a landmark leads to
	nearest int // that one text is held against
}

const (
	leastNamed   = 0.05 // share of what a text's landmarks tell that one like it shares, names among them
	leastUnnamed = 0.1
	clearShare   = 0.08 // that one clearly of the same event shares
)

// when is where a text stands among others in time.
type when struct {
	day     int64 // since 1970; the least and the greatest number where the database has infinities
	reading int64
}

func (w when) compare(o when) int {
	return cmp.Or(cmp.Compare(w.day, o.day), cmp.Compare(w.reading, o.reading))
}

// dayNumber is the day of a [when].
func dayNumber(d pgtype.Date) int64 {
	switch d.InfinityModifier {
	case pgtype.Infinity:
		return math.MaxInt64
	case pgtype.NegativeInfinity:
		return math.MinInt64
	}
	return d.Time.Unix() / (24 * 60 * 60)
}

// mark is a landmark of a text that others are looked for.
type mark struct {
	at        when
	published pgtype.Date // its day as the database has it
	term      int64
	name      bool
	texts     int32   // that have it
	tells     float64 // that two texts have it in common, see [nearby.tells]; set where it is asked by
}

// tells is how much it tells that two texts have the landmark in common: what it weighs
// in either, squared.
func (n nearby) tells(m mark) float64 {
	told := conflict.Tells(m.name, int(m.texts), n.texts)
	return told * told
}

const (
	selectLandmarks = `
SELECT l.reading, l.published, l.term, l.name, t.texts
FROM (SELECT DISTINCT v.reading FROM unnest(@versions::bigint[]) AS new (id) JOIN version v USING (id) WHERE v.current) AS fresh
JOIN landmark l USING (reading)
JOIN term t ON t.key = l.term`

	// Several texts that ask by one landmark mostly stand beside each other, so they are
	// asked for together: a few before the first and so many from there on.
	selectStretches = `
SELECT a.n, near.published, near.reading, near.name
FROM unnest(@numbers::int[], @terms::bigint[], @days::date[], @readings::bigint[], @most::int[]) AS a (n, term, published, reading, most)
CROSS JOIN LATERAL (
    (SELECT l.published, l.reading, l.name
     FROM landmark l
     WHERE l.term = a.term AND (l.published, l.reading) < (a.published, a.reading)
     ORDER BY l.published DESC, l.reading DESC
     LIMIT @crowded)
    UNION ALL
    (SELECT l.published, l.reading, l.name
     FROM landmark l
     WHERE l.term = a.term AND (l.published, l.reading) >= (a.published, a.reading)
     ORDER BY l.published, l.reading
     LIMIT a.most)
) AS near`
)

// marksOf are the landmarks of versions that are current.
func marksOf(ctx context.Context, tx pgx.Tx, versions []int64) ([]mark, error) {
	rows, err := tx.Query(ctx, selectLandmarks, pgx.NamedArgs{"versions": versions})
	if err != nil {
		return nil, fmt.Errorf("landmarks of the new documents: %w", err)
	}
	var all []mark
	var m mark
	_, err = pgx.ForEachRow(rows, []any{&m.at.reading, &m.published, &m.term, &m.name, &m.texts}, func() error {
		m.at.day = dayNumber(m.published)
		all = append(all, m)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("landmarks of the new documents: %w", err)
	}
	return all, nil
}

// passerby is a text that a stretch leads to, and whether it has the landmark as a name.
type passerby struct {
	when
	name bool
}

// stretch is the texts with one landmark that stand about those which ask by it.
type stretch struct {
	askers []mark // in time
	texts  []passerby
	whole  bool // nothing was left out behind the last
}

// meeting is what the texts that ask learn of another one.
type meeting struct {
	reading  int64
	likeness float64
	times    int
	named    bool // a name that both have
}

// to finds the readings nearest to those that have some landmarks, each with the share
// that it has of what all landmarks tell of the one that it is most like.
func (n nearby) to(ctx context.Context, tx pgx.Tx, marks []mark) (map[int64]float64, error) {
	asked, told := n.asked(marks)
	byTerm := make(map[int64][]mark)
	for _, m := range asked {
		byTerm[m.term] = append(byTerm[m.term], m)
	}
	var stretches []stretch
	for _, term := range slices.Sorted(maps.Keys(byTerm)) {
		askers := byTerm[term]
		slices.SortFunc(askers, func(a, b mark) int { return a.at.compare(b.at) })
		stretches = append(stretches, stretch{askers: askers})
	}
	met := make(map[int64][]meeting, len(told)) // asking → whom it met, once a landmark
	for len(stretches) > 0 {
		if err := n.walk(ctx, tx, stretches); err != nil {
			return nil, err
		}
		var again []stretch
		for _, s := range stretches {
			for _, m := range s.askers {
				if !n.meet(m, s, met) {
					again = append(again, stretch{askers: []mark{m}})
				}
			}
		}
		stretches = again
	}
	near := make(map[int64]float64)
	for reading, list := range met {
		for _, m := range n.best(list, told[reading]) {
			near[m.reading] = max(near[m.reading], m.likeness/told[reading])
		}
	}
	return near, nil
}

// asked chooses by which landmarks each text asks, and sums up what all of a text's
// tell.
func (n nearby) asked(marks []mark) (asked []mark, told map[int64]float64) {
	told = make(map[int64]float64)
	marks = slices.Clone(marks)
	for i := range marks {
		marks[i].tells = n.tells(marks[i])
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.at.reading, b.at.reading), cmp.Compare(b.tells, a.tells), cmp.Compare(a.term, b.term))
	})
	many := 0
	for i, m := range marks {
		if i == 0 || m.at.reading != marks[i-1].at.reading {
			many = 0
		}
		told[m.at.reading] += m.tells
		if m.texts > 1 && many < conflict.MostLandmarks/2 {
			asked = append(asked, m)
			many++
		}
	}
	return asked, told
}

// walk fills in the texts of stretches.
func (n nearby) walk(ctx context.Context, tx pgx.Tx, stretches []stretch) error {
	// Left to itself the database reads all that share a landmark to sort out the
	// few that stand next to a text; the index has them in order.
	if _, err := tx.Exec(ctx, `SET LOCAL enable_bitmapscan = off`); err != nil {
		return fmt.Errorf("prepare to look around: %w", err)
	}
	numbers, terms := make([]int32, len(stretches)), make([]int64, len(stretches))
	days, readings := make([]pgtype.Date, len(stretches)), make([]int64, len(stretches))
	most, left := make([]int32, len(stretches)), make([]int, len(stretches))
	for i, s := range stretches {
		first := s.askers[0]
		// Each of the others can stand by itself, with as many as are asked for on
		// either side of it. Should there be more between them, they ask again.
		left[i] = len(s.askers)*(2*n.crowded+1) - n.crowded
		numbers[i], terms[i], days[i], readings[i], most[i] = int32(i), first.term, first.published, first.at.reading, int32(left[i])
	}
	rows, err := tx.Query(ctx, selectStretches, pgx.NamedArgs{
		"numbers": numbers, "terms": terms, "days": days, "readings": readings, "most": most, "crowded": n.crowded,
	})
	if err != nil {
		return fmt.Errorf("look around: %w", err)
	}
	var number int32
	var published pgtype.Date
	var text passerby
	_, err = pgx.ForEachRow(rows, []any{&number, &published, &text.reading, &text.name}, func() error {
		text.day = dayNumber(published)
		s := &stretches[number]
		s.texts = append(s.texts, text)
		if text.compare(s.askers[0].at) >= 0 {
			left[number]--
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look around: %w", err)
	}
	for i := range stretches {
		stretches[i].whole = left[i] > 0
		slices.SortFunc(stretches[i].texts, func(a, b passerby) int { return a.compare(b.when) })
	}
	if _, err := tx.Exec(ctx, `SET LOCAL enable_bitmapscan = on`); err != nil {
		return fmt.Errorf("look around: %w", err)
	}
	return nil
}

// meet notes whom a text meets by a landmark. It is false where the stretch ends too
// early to say.
func (n nearby) meet(m mark, s stretch, met map[int64][]meeting) bool {
	before, itself := slices.BinarySearchFunc(s.texts, m.at, func(t passerby, at when) int { return t.compare(at) })
	behind := before
	if itself {
		behind++
	}
	if !s.whole && behind+n.crowded > len(s.texts) {
		return false
	}
	list := met[m.at.reading]
	for _, part := range [2][]passerby{s.texts[max(0, before-n.crowded):before], s.texts[behind:min(len(s.texts), behind+n.crowded)]} {
		for _, t := range part {
			list = append(list, meeting{t.reading, m.tells, 1, m.name && t.name})
		}
	}
	met[m.at.reading] = list
	return true
}

// best are the readings nearest to a text, of those that it met, given what all its
// landmarks tell.
func (n nearby) best(list []meeting, told float64) (near []meeting) {
	slices.SortStableFunc(list, func(a, b meeting) int { return cmp.Compare(a.reading, b.reading) })
	met := list[:0]
	for _, m := range list {
		if last := len(met) - 1; last >= 0 && met[last].reading == m.reading {
			met[last].likeness += m.likeness
			met[last].times++
			met[last].named = met[last].named || m.named
			continue
		}
		met = append(met, m)
	}
	met = slices.DeleteFunc(met, func(m meeting) bool { return m.times < 2 && !m.named })
	slices.SortFunc(met, func(a, b meeting) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.reading, b.reading))
	})
	for _, m := range met[:min(len(met), n.nearest)] {
		least := leastUnnamed
		if m.named {
			least = leastNamed
		}
		if m.likeness >= told*least {
			near = append(near, m)
		}
	}
	return near
}
