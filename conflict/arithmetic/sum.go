package arithmetic

import (
	"fmt"
	"regexp"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// totals holds the parts that a sentence lists against the total that it gives:
// "33 people died: 12 soldiers and 19 civilians", "12 soldiers and 19 civilians,
// 33 people in all".
func totals(l line) (found []finding) {
	for i := 0; i < len(l.values); i++ {
		end := i + 1 // of the list that begins at i
		for end < len(l.values) && listed(l.gaps[end]) {
			end++
		}
		// The total before the list, where the list is all that follows or a bracket.
		if i > 0 && end-i >= 2 {
			opens, closes := opensList.FindStringSubmatch(l.gaps[i]), closesList.FindStringSubmatch(l.gaps[end])
			complete := closes != nil && plainWords(closes[1]) && (opens != nil && opens[2] == "(") == (closes[2] == ")")
			if opens != nil && complete && plainWords(opens[1]) && (end == len(l.values) || closes[2] != "") {
				found = append(found, against(l.values[i-1], l.values[i:end], false)...)
			}
		}
		// The total behind a list with which the sentence begins.
		if i == 0 {
			for last := end; last <= end && last < len(l.values); last++ {
				if m := totalBefore.FindStringSubmatch(l.gaps[last]); last >= 2 && m != nil && plainWords(m[1]) {
					found = append(found, against(l.values[last], l.values[:last], true)...)
				}
			}
			// "33 in all": the comma before it looks like that of a list.
			if n := end - 1; n >= 2 && totalAfter.MatchString(l.gaps[n+1]) && bareComma.MatchString(l.gaps[n]) {
				found = append(found, against(l.values[n], l.values[:n], true)...)
			}
		}
		i = end - 1
	}
	return found
}

// against reports parts that miss their total. Called says that the words call it
// a total. Otherwise the list may leave something out, or count something twice:
// then it is a finding only where less is amiss than any of its parts.
func against(total value, parts []value, called bool) []finding {
	if !total.single() || total.Unit == "" && total.Per == "" && !called && total.Number.Decimal.LessThan(decimal.NewFromInt(10)) {
		return nil
	}
	dimension := claim.Dimension(total.Unit)
	if dimension == "time" {
		return nil // 3 days: 12 hours and 2 days
	}
	room, sum, least := exactly(decimal.Zero), decimal.Zero, total.Number.Decimal
	severity := likely
	if called {
		severity = plain
	}
	terms := make([]string, len(parts))
	for i, p := range parts {
		switch {
		case !p.single() || p.Change != total.Change || p.room.low.Decimal.IsNegative():
			return nil
		case kin(total, p):
		case total.isCount() && p.isCount():
			severity = possible
		default:
			return nil
		}
		room, sum = room.plus(p.room), sum.Add(p.Number.Decimal)
		least = decimal.Min(least, p.Number.Decimal)
		terms[i] = written(p.Quantity)
	}
	amiss := sum.Sub(total.Number.Decimal).Abs()
	most := least
	if called {
		most = total.Number.Decimal.Div(decimal.NewFromInt(2))
	}
	if room.meets(total.room) || amiss.GreaterThanOrEqual(most) {
		return nil
	}
	gives := computed(sum, room, total.Quantity)
	return []finding{{said: total, parts: parts, gives: gives, severity: severity,
		question: "parts and total: " + about(total),
		reason:   fmt.Sprintf("%s = %s, not %s%s", strings.Join(terms, " + "), written(gives), written(total.Quantity), roundingLeaves(gives))}}
}

var (
	ofThe    = regexp.MustCompile(`\bof (?:the|its|their|those) $`)
	theOther = regexp.MustCompile(`^(?:[^.;:()0-9]{0,60})\b(?:and|while) (?:the )?(?:other|remaining) $`)
)

// remainders holds a part and "the other 14" against what they are both of: "of
// the 33 dead, 12 were soldiers and the other 19 were civilians".
func remainders(l line) (found []finding) {
	for i := 0; i+2 < len(l.values); i++ {
		if !ofThe.MatchString(l.gaps[i]) || !theOther.MatchString(l.gaps[i+2]) {
			continue
		}
		if gap := strings.TrimSuffix(l.gaps[i+1], ", "); gap != l.gaps[i+1] && plainWords(gap) {
			found = append(found, against(l.values[i], l.values[i+1:i+3], true)...)
		}
	}
	return found
}

// contained finds a part that is more than its whole: "34 people, including 41
// children".
func contained(l line) (found []finding) {
	for i := 1; i < len(l.values); i++ {
		whole, part := l.values[i-1], l.values[i]
		m := holds.FindStringSubmatch(l.gaps[i])
		if m == nil || !plainWords(m[1]) || !whole.single() || !part.Number.Valid || !part.room.low.Valid ||
			!kin(whole, part) || whole.Change != part.Change || claim.Dimension(whole.Unit) == "time" {
			continue
		}
		if part.room.low.Decimal.GreaterThan(whole.room.high.Decimal) {
			gives := part.Quantity
			found = append(found, finding{said: whole, parts: []value{part}, gives: gives, severity: plain,
				question: "part and whole: " + about(whole),
				reason:   fmt.Sprintf("%s is said to be a part of %s and is more", written(part.Quantity), written(whole.Quantity))})
		}
	}
	return found
}
