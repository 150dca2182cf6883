package date

import "crosscheck/claim"

// rule is an entry of the contents page with its identity spelled out.
type rule struct {
	claim.Rule
	ID claim.RuleID
}

// The rules, one for each way that a date is said. The version is part of the
// ID; TestRules holds the two equal.
var (
	ruleDay = rule{claim.Rule{Name: "date/day", Version: 5,
		Intent:  "A day of the calendar, in words or numbers.",
		Example: "They signed on 14 September 2016."}, "date/day@5"}
	ruleMonth = rule{claim.Rule{Name: "date/month", Version: 3,
		Intent:  "A month, with its year or the nearest one.",
		Example: "The embassy moved in May 2018."}, "date/month@3"}
	ruleYear = rule{claim.Rule{Name: "date/year", Version: 5,
		Intent:  "A year of four digits, or three, where the words about it show that it is one.",
		Example: "The pact of 1979 still holds."}, "date/year@5"}
	ruleQuarter = rule{claim.Rule{Name: "date/quarter", Version: 2,
		Intent:  "A quarter or a half of a year.",
		Example: "Sales rose in the third quarter of 2022."}, "date/quarter@2"}
	ruleFiscal = rule{claim.Rule{Name: "date/fiscal", Version: 1,
		Intent:  "A fiscal year of the country in question, the American one where none is named.",
		Example: "Funding begins in fiscal year 2019."}, "date/fiscal@1"}
	ruleSeason = rule{claim.Rule{Name: "date/season", Version: 1,
		Intent:  "A season of a year, in the north.",
		Example: "The drought began in summer 2018."}, "date/season@1"}
	ruleDecade = rule{claim.Rule{Name: "date/decade", Version: 2,
		Intent:  "A decade or a century.",
		Example: "Trade grew in the early 2000s."}, "date/decade@2"}
	ruleRange = rule{claim.Rule{Name: "date/range", Version: 2,
		Intent:  "The time from one date to another.",
		Example: "The plan ran from 2016 to 2028."}, "date/range@2"}
	ruleBound = rule{claim.Rule{Name: "date/bound", Version: 1,
		Intent:  "The time since, until, before or after a date, open at one end.",
		Example: "Aid has flowed since 1973."}, "date/bound@1"}
	ruleRelative = rule{claim.Rule{Name: "date/relative", Version: 4,
		Intent:  "A time counted from the day of publication or from an event.",
		Example: "The law passed last month."}, "date/relative@4"}
	ruleClock = rule{claim.Rule{Name: "date/clock", Version: 1,
		Intent:  "A time of day, with its day where that stands beside it.",
		Example: "The alarm rang at 4.17 am on 3 March 2019."}, "date/clock@1"}
	ruleNarrated = rule{claim.Rule{Name: "date/narrated", Version: 1,
		Intent:  "A time counted from the date last spoken of.",
		Example: "It sank on 3 March 2019, and divers came the next day."}, "date/narrated@1"}
)

// Rules lists the rules that Find's mentions name.
func Rules() []claim.Rule {
	var list []claim.Rule
	for _, r := range []*rule{&ruleDay, &ruleMonth, &ruleYear, &ruleQuarter, &ruleFiscal, &ruleSeason, &ruleDecade, &ruleRange, &ruleBound, &ruleRelative, &ruleNarrated, &ruleClock} {
		list = append(list, r.Rule)
	}
	return list
}
