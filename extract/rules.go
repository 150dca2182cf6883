package extract

import (
	"fmt"
	"hash/fnv"

	"crosscheck/claim"
	"crosscheck/extract/date"
	"crosscheck/extract/name"
	"crosscheck/extract/quantity"
	"crosscheck/extract/sentence"
)

// The rules of this package: how a value, once read, finds what it is a value of.
var (
	inClause = claim.Rule{Name: "claim/clause", Version: 10,
		Intent:  "A value in a sentence belongs to the verb that governs it, that verb's subject, and what it counts.",
		Example: "Israel's defense exports to the Americas represented one percent of its total."}
	inFragment = claim.Rule{Name: "claim/fragment", Version: 7,
		Intent:  "A value in a list item, a headline or an answer takes what it lacks from a label, the question before, the heading above and the title.",
		Example: "- Killed: 218"}
	inTable = claim.Rule{Name: "claim/table", Version: 5,
		Intent:  "A value in a table takes its attribute from its cell, its row's label or its column's head.",
		Example: "| 2016 | $38B MOU signed |"}
	ofLife = claim.Rule{Name: "claim/life", Version: 1,
		Intent:  "Dates in brackets behind a name say when its bearer was born and died.",
		Example: "Ada Holm (3 May 1851 – 9 June 1920) was a painter."}
	holdsRole = claim.Rule{Name: "claim/role", Version: 7,
		Intent:  "Who is named with an office holds it, and who is named as owner, founder or winner did that: of whom or what stands beside it, or of what was last spoken of.",
		Example: "Israeli Prime Minister Benjamin Netanyahu met Jon Berg, the chairman of Acme."}
	inRelation = claim.Rule{Name: "claim/relation", Version: 9,
		Intent:  "Who did what to which thing, and where: signing, winning, buying, founding, leading, moving, striking.",
		Example: "Bayer bought Monsanto."}
	isCause = claim.Rule{Name: "claim/cause", Version: 3,
		Intent:  "What brought something about, or whom somebody has it from, by a name or in words.",
		Example: "The fire was blamed on a cigarette."}
	isRanked = claim.Rule{Name: "claim/rank", Version: 2,
		Intent:  "What only one can be, the largest, the first, the only one, is asked of its class and place; the name is the answer.",
		Example: "Baikal is the deepest lake in Asia."}
	underLabel = claim.Rule{Name: "claim/label", Version: 6,
		Intent:  "A name behind a label, in a labelled row, or in answer to \"who\" in the line before, is what the label says.",
		Example: "- Owner: Jon Berg"}
	hasPart = claim.Rule{Name: "claim/part", Version: 1,
		Intent:  "A name of which nothing else is read is what the noun phrase beside it calls it.",
		Example: "The television star, Ana Ruiz, had come by train."}
	isSo = claim.Rule{Name: "claim/predicate", Version: 8,
		Intent:  "Something did or did not happen: a deed that can be denied, with what it was done to; its quote is the verb group.",
		Example: "The government has not signed the treaty."}
)

// Rules is the contents page: every rule that cuts sentences, reads a mention or
// makes a claim, in the order in which they are applied.
func Rules() []claim.Rule {
	rules := append([]claim.Rule{}, sentence.Rules()...)
	rules = append(rules, date.Rules()...)
	rules = append(rules, quantity.Rules()...)
	rules = append(rules, name.Rules()...)
	return append(rules, inClause, inFragment, inTable, ofLife, holdsRole, inRelation, isCause, isRanked, underLabel, hasPart, isSo)
}

// RulesVersion is a short name for the whole set of rules with their versions,
// and for how sentences are cut: it changes when any of them does, and documents
// are then read again.
func RulesVersion() string {
	h := fnv.New64a()
	for _, r := range Rules() {
		fmt.Fprintf(h, "%s@%d\n", r.Name, r.Version)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}
