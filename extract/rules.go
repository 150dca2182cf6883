package extract

import (
	"fmt"
	"hash/fnv"

	"crosscheck/claim"
	"crosscheck/extract/date"
	"crosscheck/extract/name"
	"crosscheck/extract/quantity"
)

// The rules of this package: how a value, once read, finds what it is a value of.
var (
	inClause = claim.Rule{Name: "claim/clause", Version: 1,
		Intent:  "A value in a sentence belongs to the verb that governs it, that verb's subject, and what it counts.",
		Example: "Israel's defense exports to the Americas represented one percent of its total."}
	inFragment = claim.Rule{Name: "claim/fragment", Version: 1,
		Intent:  "A value in a list item or a headline takes what it lacks from a label, the heading above and the title.",
		Example: "- Killed: 218"}
	inTable = claim.Rule{Name: "claim/table", Version: 1,
		Intent:  "A value in a table takes its attribute from its cell, its row's label or its column's head.",
		Example: "| 2016 | $38B MOU signed |"}
	holdsRole = claim.Rule{Name: "claim/role", Version: 1,
		Intent:  "A person named with an office holds it: the office of the group, place or organization beside it.",
		Example: "Israeli Prime Minister Benjamin Netanyahu"}
	inRelation = claim.Rule{Name: "claim/relation", Version: 1,
		Intent:  "Who did what to which named thing: signing, winning, buying, founding, moving, and their denial.",
		Example: "Bayer bought Monsanto."}
)

// Rules is the contents page: every rule that reads a mention or makes a
// claim, in the order in which they are applied.
func Rules() []claim.Rule {
	rules := append([]claim.Rule{}, date.Rules()...)
	rules = append(rules, quantity.Rules()...)
	rules = append(rules, name.Rules()...)
	return append(rules, inClause, inFragment, inTable, holdsRole, inRelation)
}

// RulesVersion is a short name for the whole set of rules with their versions:
// it changes when any of them does, and documents are then read again.
func RulesVersion() string {
	h := fnv.New64a()
	for _, r := range Rules() {
		fmt.Fprintf(h, "%s@%d\n", r.Name, r.Version)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}
