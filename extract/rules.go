package extract

import (
	"fmt"
	"hash/fnv"
	"strconv"

	"crosscheck/claim"
	"crosscheck/extract/date"
	"crosscheck/extract/name"
	"crosscheck/extract/quantity"
)

// The rules of this package: how a value, once read, finds what it is a value of.
var (
	inClause = newFrame("claim/clause", 1,
		"A value in a sentence belongs to the verb that governs it, that verb's subject, and what it counts.",
		"Israel's defense exports to the Americas represented one percent of its total.")
	inFragment = newFrame("claim/fragment", 1,
		"A value in a list item or a headline takes what it lacks from a label, the heading above and the title.",
		"- Killed: 218")
	inTable = newFrame("claim/table", 1,
		"A value in a table takes its attribute from its cell, its row's label or its column's head.",
		"| 2016 | $38B MOU signed |")
	holdsRole = newFrame("claim/role", 1,
		"A person named with an office holds it: the office of the group, place or organization beside it.",
		"Israeli Prime Minister Benjamin Netanyahu")
	inRelation = newFrame("claim/relation", 1,
		"Who did what to which named thing: signing, winning, buying, founding, moving, and their denial.",
		"Bayer bought Monsanto.")
)

// frame is a rule of this package.
type frame struct {
	claim.Rule
	id claim.RuleID
}

func newFrame(name string, version int, intent, example string) frame {
	return frame{claim.Rule{Name: name, Version: version, Intent: intent, Example: example}, claim.RuleID(name + "@" + strconv.Itoa(version))}
}

// Rules is the contents page: every rule that reads a mention or makes a
// claim, in the order in which they are applied.
func Rules() []claim.Rule {
	rules := append([]claim.Rule{}, date.Rules()...)
	rules = append(rules, quantity.Rules()...)
	rules = append(rules, name.Rules()...)
	for _, f := range []frame{inClause, inFragment, inTable, holdsRole, inRelation} {
		rules = append(rules, f.Rule)
	}
	return rules
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
