package conflict

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

var siblingRung = &rung{
	name:   "oneself counted or not",
	intent: "one of nine children has eight siblings",
	try: func(a, b *answer) outcome {
		if a.countsSiblings() {
			a, b = b, a
		}
		p, q := a.Value.Quantity, b.Value.Quantity
		if a.countsSiblings() || !b.countsSiblings() || p.Unit != "child" || !p.Number.Valid || !q.Number.Valid ||
			!p.Number.Decimal.Equal(q.Number.Decimal.Add(decimal.NewFromInt(1))) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string {
		if a.countsSiblings() {
			a, b = b, a
		}
		return fmt.Sprintf("one of %s has %s", show(a), show(b))
	},
}

// countsSiblings reports whether a number is one of brothers and sisters, who
// are counted from one of them.
func (n *answer) countsSiblings() bool {
	u := n.Value.Quantity.Unit
	return strings.HasSuffix(u, "sibling") || strings.HasSuffix(u, "brother") || strings.HasSuffix(u, "sister")
}
