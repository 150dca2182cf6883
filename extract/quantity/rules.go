package quantity

import "crosscheck/claim"

// rule is an entry of the contents page with its identity spelled out.
type rule struct {
	claim.Rule
	ID claim.RuleID
}

func (r *rule) id() claim.RuleID { return r.ID }

// The rules, one for each way that a quantity is said. The version is part of
// the ID; TestRules holds the two equal.
var (
	moneyAmount = rule{claim.Rule{Name: "money/amount", Version: 3,
		Intent:  "A sum of money by symbol, ISO code or name, in the currency's main unit.",
		Example: "The loan came to US$4.7 billion."}, "money/amount@3"}
	moneyRate = rule{claim.Rule{Name: "money/rate", Version: 2,
		Intent:  "A sum of money for each year, person or thing.",
		Example: "It gives $3.8 billion annually."}, "money/rate@2"}
	percentShare = rule{claim.Rule{Name: "percent/share", Version: 2,
		Intent:  "A percentage, as 1 for one percent.",
		Example: "Turnout was 61.5 per cent."}, "percent/share@2"}
	percentPoints = rule{claim.Rule{Name: "percent/points", Version: 2,
		Intent:  "A difference of percentages in percentage points (pp) or basis points (bp).",
		Example: "The bank cut its rate by 25 basis points."}, "percent/points@2"}
	countThings = rule{claim.Rule{Name: "count/things", Version: 5,
		Intent:  "A number of things, by the lemma of the counted noun; none of them is zero.",
		Example: "About 34 Pakistani soldiers crossed."}, "count/things@5"}
	countNumber = rule{claim.Rule{Name: "count/number", Version: 3,
		Intent:  "A number that counts nothing the sentence names.",
		Example: "The magnitude was 7.8."}, "count/number@3"}
	countFactor = rule{claim.Rule{Name: "count/factor", Version: 1,
		Intent:  "How many times as much, in the unit \"fold\".",
		Example: "Prices more than doubled."}, "count/factor@1"}
	measurePhysical = rule{claim.Rule{Name: "measure/physical", Version: 4,
		Intent:  "A number with a physical unit, by its UCUM code.",
		Example: "The wall is 8.5 km long."}, "measure/physical@4"}
	durationSpan = rule{claim.Rule{Name: "duration/span", Version: 3,
		Intent:  "A length of time in the unit said.",
		Example: "A 60-day deadline was set."}, "duration/span@3"}
	ordinalRank = rule{claim.Rule{Name: "ordinal/rank", Version: 2,
		Intent:  "A place in an order.",
		Example: "It was the third vote."}, "ordinal/rank@2"}
)

// Rules lists the rules that Find's mentions name.
func Rules() []claim.Rule {
	var list []claim.Rule
	for _, r := range []*rule{&moneyAmount, &moneyRate, &percentShare, &percentPoints, &countThings, &countNumber, &countFactor, &measurePhysical, &durationSpan, &ordinalRank} {
		list = append(list, r.Rule)
	}
	return list
}
