package arithmetic

import (
	"fmt"
	"regexp"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

var (
	outOf      = regexp.MustCompile(`^(?: [a-z'-]+){0,2} (?:out )?of (?:the |its |their |a total of |all )?$`)
	thenShare  = regexp.MustCompile(`^((?: [a-z'-]+){0,4})\s?(?:\(|, or )$`)
	endsShare  = regexp.MustCompile(`^(?: per ?cent)?\s?(?:\)|,|\.|;|$)`)
	rest       = regexp.MustCompile(`\b(?:the (?:other|remaining|rest)|the remainder|the others)\b[^.;:0-9]{0,30}$`)
	wordsAfter = regexp.MustCompile(`^[^,;.()0-9]{0,40}`)
	favours    = regexp.MustCompile(`\b(?:in favou?r|for|yes|supported|support|agreed|agree|approved|approve|approval)\b`)
	opposes    = regexp.MustCompile(`\b(?:against|no|opposed|oppose|disagreed|disagree|disapproved|disapprove|disapproval|rejected)\b`)
)

// shares holds a share against what it is one of ("12 of 34 seats (48%)"), and
// shares of one whole against 100%.
func shares(l line) (found []finding) {
	for i := 0; i+2 < len(l.values); i++ {
		part, whole, said := l.values[i], l.values[i+1], l.values[i+2]
		if !part.single() || !whole.single() || !said.Number.Valid || said.Bound || !said.room.closed() || said.Change != 0 || said.Unit != "%" ||
			!kin(whole, part) && !whole.isCount() || part.Unit == "%" || whole.Unit == "%" || part.Unit != whole.Unit && part.Unit != "" && whole.isCount() ||
			!outOf.MatchString(l.gaps[i+1]) || !thenShare.MatchString(l.gaps[i+2]) || !endsShare.MatchString(l.gaps[i+3]) {
			continue
		}
		if f, wrong := misshared(part, whole, said); wrong {
			found = append(found, f)
		}
	}
	return append(found, hundredPercent(l)...)
}

// misshared reports a share that is not the part of the whole.
func misshared(part, whole, said value) (f finding, wrong bool) {
	if part.room.low.Decimal.Sign() < 0 || whole.room.low.Decimal.Sign() <= 0 || part.Number.Decimal.GreaterThan(whole.Number.Decimal) {
		return f, false
	}
	room := interval{claim.Number(ratio(part.room.low.Decimal, whole.room.high.Decimal, false)), claim.Number(ratio(part.room.high.Decimal, whole.room.low.Decimal, true))}
	if room.meets(said.room) {
		return f, false
	}
	share := part.Number.Decimal.Mul(hundred).DivRound(whole.Number.Decimal, 2)
	gives := computed(share, room, said.Quantity)
	return finding{said: said, parts: []value{part, whole}, gives: gives, severity: plain,
		question: "share and whole: " + about(said),
		reason:   fmt.Sprintf("%s ÷ %s = %s, not %s%s", written(part.Quantity), written(whole.Quantity), written(gives), written(said.Quantity), roundingLeaves(gives))}, true
}

// hundredPercent adds up shares of one whole: those that "the rest" completes
// must come to 100%, and those for and against come to no more.
func hundredPercent(l line) []finding {
	n := len(l.values)
	if n < 2 {
		return nil
	}
	room, sum := exactly(decimal.Zero), decimal.Zero
	terms := make([]string, n)
	for i, v := range l.values {
		if v.Unit != "%" || !v.single() || v.Change != 0 || v.Approximate || v.room.low.Decimal.IsNegative() {
			return nil
		}
		room, sum = room.plus(v.room), sum.Add(v.Number.Decimal)
		terms[i] = written(v.Quantity)
	}
	whole := exactly(hundred)
	switch {
	case rest.MatchString(l.gaps[n-1]):
		// What is amiss is little, or the rest is that of another whole.
		if sum.Sub(hundred).Abs().GreaterThan(decimal.NewFromInt(20)) {
			return nil
		}
	case n == 2 && favours.MatchString(wordsAfter.FindString(l.gaps[1])) && opposes.MatchString(wordsAfter.FindString(l.gaps[2])) && len(strings.Fields(l.gaps[1])) <= mostWords:
		whole = interval{claim.Number(decimal.Zero), claim.Number(hundred)}
	default:
		return nil
	}
	if room.meets(whole) {
		return nil
	}
	said := l.values[n-1]
	gives := computed(sum, room, said.Quantity)
	left := hundred.Sub(sum.Sub(said.Number.Decimal))
	if left.IsNegative() {
		left = decimal.Zero
	}
	return []finding{{said: said, parts: l.values[:n-1], gives: computed(left, exactly(left), said.Quantity), severity: likely,
		question: "shares of one whole: " + about(said),
		reason:   fmt.Sprintf("%s = %s, not 100%%%s", strings.Join(terms, " + "), written(gives), roundingLeaves(gives))}}
}
