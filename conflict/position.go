package conflict

import (
	"cmp"
	"slices"

	"crosscheck/claim"
)

// position is answers that can all hold together.
type position struct {
	answers []*answer // the first stands for the value
}

// takePositions sorts the answers to one question into positions. What says
// most comes first: an exact number before a rounded one, that before a range,
// that before a bound, and of bounds those first that fit nothing yet. Each joins
// the position that it agrees with throughout; one that fits several decides
// nothing and is returned apart.
func takePositions(answers []*answer) (positions []*position, compatible []*answer) {
	buckets := byValue(answers)
	slices.SortStableFunc(buckets, func(x, y []*answer) int {
		return cmp.Or(cmp.Compare(room(x[0]), room(y[0])), cmp.Compare(x[0].value, y[0].value), cmp.Compare(x[0].key, y[0].key))
	})
	fitting := func(bucket []*answer) (fits []*position) {
		for _, p := range positions {
			if p.holds(bucket[0]) {
				fits = append(fits, p)
			}
		}
		return fits
	}
	bounds := slices.IndexFunc(buckets, func(b []*answer) bool { return leavesOpen(b[0]) })
	for i, bucket := range buckets {
		if i == bounds {
			slices.SortStableFunc(buckets[i:], func(x, y []*answer) int {
				return cmp.Compare(min(1, len(fitting(x))), min(1, len(fitting(y))))
			})
			bucket = buckets[i]
		}
		switch fits := fitting(bucket); len(fits) {
		case 0:
			positions = append(positions, &position{slices.Clone(bucket)})
		case 1:
			fits[0].answers = append(fits[0].answers, bucket...)
		default:
			compatible = append(compatible, bucket...)
		}
	}
	return positions, compatible
}

// byValue puts answers with one value and one polarity together, but for those
// that give it for opposite deeds.
func byValue(answers []*answer) [][]*answer {
	var out [][]*answer
	at := map[string]int{}
	for _, a := range answers {
		k := a.value + "\x00" + string(a.Polarity)
		if first, ok := at[k]; ok && opposed(a, out[first][0]) {
			k += "\x00opposed"
		}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], a)
	}
	return out
}

// holds reports whether an answer agrees with every value in the position.
func (p *position) holds(a *answer) bool {
	for i, b := range p.answers {
		if i > 0 && b.value == p.answers[i-1].value && b.Polarity == p.answers[i-1].Polarity {
			continue // answers with one value stand together
		}
		if o, _ := judge(a, b); o != agree {
			return false
		}
	}
	return true
}

// room ranks how much an answer leaves open: by kind of words first, then by width.
func room(a *answer) float64 {
	switch q, p := a.Value.Quantity, a.Value.Period; {
	case q != nil:
		low, high := ends(*q)
		width := min(1, ratio(low, high)/endless)
		switch {
		case q.Bound:
			return 3 + width
		case isRange(*q):
			return 2 + width
		case q.Approximate:
			return 1 + width
		}
		return width
	case p != nil:
		switch within := float64(p.Clock.To-p.Clock.From) / (24 * 60); {
		case (p.From == 0 || p.To == 0) && p.Clock.IsZero():
			return 1e9
		case !p.Clock.IsZero():
			return within
		}
		return float64(p.To-p.From) + 1
	case a.Value.Entity != nil:
		return -float64(len(a.called)) // the full name first
	}
	return 0
}

// appearances gathers where answers stand, in order.
func appearances(answers []*answer) []claim.Appearance {
	var out []claim.Appearance
	for _, a := range answers {
		out = append(out, a.appearances...)
	}
	slices.SortFunc(out, byPlace)
	return out
}

// shown turns positions into what is shown, that with the most origins first,
// and says how many origins there are in all, and why no more.
func (c *corpus) shown(positions []*position, compatible []claim.Appearance) (out []Position, origins int, why []string) {
	for _, p := range positions {
		out = append(out, Position{Value: p.answers[0].Value, Appearances: appearances(p.answers)})
	}
	shared := c.share(out, compatible)
	origins, why = shared.origins(out), shared.said()
	slices.SortStableFunc(out, func(a, b Position) int {
		return cmp.Or(cmp.Compare(b.Origins, a.Origins), byPlace(a.Appearances[0], b.Appearances[0]))
	})
	return out, origins, why
}
