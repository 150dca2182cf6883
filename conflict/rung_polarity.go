package conflict

import (
	"fmt"
	"strings"
)

// Rungs between what is said to be so and what is said not to be so.

var valueRung = &rung{
	name:   "another value denied",
	intent: "denying one value or one name says nothing against another",
	try: func(a, b *answer) outcome {
		if b.negated() {
			a, b = b, a
		}
		denied, said := a.Value, b.Value
		switch {
		case denied.Quantity != nil && said.Quantity != nil && !(sameDigits(a, b) && denied.Quantity.Unit == said.Quantity.Unit),
			denied.Period != nil && said.Period != nil && !denied.Period.Contains(*said.Period),
			a.class == names && b.class == names && denied.Entity != nil && said.Entity != nil && !bearersMeet(a, b, false):
			return apart
		case a.negated() == b.negated():
			return agree
		}
		return clash
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is not %s", show(a), show(b)) },
}

// untilNow are denials of what has happened up to the day that they are said, and no longer.
var untilNow = []string{"has not", "have not", "hasn't", "haven't", "has never", "have never"}

var notYetRung = &rung{
	name:   "not yet",
	intent: "what had not happened when the one was said had happened by the other",
	try: func(a, b *answer) outcome {
		if b.negated() {
			a, b = b, a
		}
		not, _ := asOf(a)
		since, _ := asOf(b)
		if b.Value.Period != nil && b.Value.Period.From > not && not != 0 {
			since = b.Value.Period.From
		}
		yet := strings.Contains(" "+strings.ToLower(a.sentence)+" ", " yet") || saysAny(a.quote, untilNow)
		if not == 0 || since == 0 || since <= not || !yet && since-not < runningDays {
			return clash
		}
		return later
	},
	say: func(a, b *answer) string {
		if b.negated() {
			a = b
		}
		not, _ := asOf(a)
		return fmt.Sprintf("it had not happened by %s", not)
	},
}
