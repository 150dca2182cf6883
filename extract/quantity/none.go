package quantity

import (
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// beyond are words behind a "no" that hold what there is against what there was
// or might be: "no other victims", "no more talks", "no new cases".
var beyond = words.NewSet("more other others further additional extra new such longer fewer less better worse")

// none reads "no sons" as a count of zero, and "nobody was hurt". A single thing
// that is not there, "no treaty", is denied and not counted.
func (r *reader) none(i int) (amount, bool) {
	zero := numeral.Number{First: i, Next: i + 1, Value: decimal.Zero, Spelled: true, Plain: true}
	switch r.Words[i].Lower {
	case "nobody":
		if !(r.Is(i+1, "was") || r.Is(i+1, "were")) || !fates.Has(r.At(i+2).Lower) {
			return amount{}, false
		}
	case "no":
		noun, next := r.nounAt(i + 1)
		if noun == "" || r.part(&r.Words[next-1]) != plural || r.Words[next-1].Upper || r.Words[i+1].Upper || beyond.Has(r.At(i+1).Lower) || !r.At(i+1).Space {
			return amount{}, false
		}
	default:
		return amount{}, false
	}
	return amount{Number: zero, first: i, next: i + 1, kind: claim.Count, factor: whole, tail: i + 1}, true
}
