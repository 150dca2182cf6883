package date

import (
	"strings"

	"crosscheck/words"
)

// kind is what a word that can begin a date is.
type kind uint8

const (
	noDate kind = iota
	monthWord
	weekdayWord
	seasonWord
	partWord    // early, mid, late, end, beginning
	fiscalWord  // fiscal, financial, FY
	quarterWord // Q, H before a digit
	pointWord   // today, yesterday, tomorrow
	deicticWord // last, this, next, past
	yearWord    // year, years
	decadeWord  // nineties
	thenWord    // following, same, that
	laterWord   // later, earlier
	unitWord    // day, week, night
	recentWord  // recent
	someWord    // several, few
	turnWord    // turn
)

type starter struct {
	kind  kind
	value int
}

// The parts of a period.
const (
	early = iota
	mid
	late
)

// The directions of a deictic word.
const (
	before = -1
	now    = 0
	after  = 1
	span   = 2 // "past", "recent": also the years up to now
)

var monthNames = [...]string{1: "january jan", 2: "february feb febr", 3: "march mar", 4: "april apr", 5: "may", 6: "june jun", 7: "july jul",
	8: "august aug", 9: "september sep sept", 10: "october oct", 11: "november nov", 12: "december dec"}

var weekdayNames = [...]string{"sunday sun", "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat"}

// starters are the words that can begin a date, in lower case, an
// abbreviation with and without its stop.
var starters = words.NewMap(buildStarters())

func buildStarters() map[string]starter {
	m := map[string]starter{
		"spring": {seasonWord, 3}, "summer": {seasonWord, 6}, "autumn": {seasonWord, 9}, "fall": {seasonWord, 9}, "winter": {seasonWord, 12},
		"early": {partWord, early}, "mid": {partWord, mid}, "late": {partWord, late}, "beginning": {partWord, early}, "start": {partWord, early}, "end": {partWord, late}, "middle": {partWord, mid},
		"fiscal": {fiscalWord, 0}, "financial": {fiscalWord, 0}, "fy": {fiscalWord, 0},
		"q": {quarterWord, 0}, "h": {quarterWord, 0},
		"today": {pointWord, 0}, "tonight": {pointWord, 0}, "yesterday": {pointWord, -1}, "tomorrow": {pointWord, 1},
		"last": {deicticWord, before}, "previous": {deicticWord, before}, "this": {deicticWord, now}, "current": {deicticWord, now}, "next": {deicticWord, after}, "coming": {deicticWord, after}, "past": {deicticWord, span}, "upcoming": {deicticWord, after},
		"year": {yearWord, 0}, "years": {yearWord, 0},
		"following": {thenWord, after}, "preceding": {thenWord, before}, "same": {thenWord, now}, "that": {thenWord, now},
		"later": {laterWord, after}, "earlier": {laterWord, before},
		"day": {unitWord, 0}, "morning": {unitWord, 0}, "evening": {unitWord, 0}, "night": {unitWord, 0}, "week": {unitWord, 0}, "weekend": {unitWord, 0}, "month": {unitWord, 0}, "quarter": {unitWord, 0},
		"recent": {recentWord, 0}, "several": {someWord, 0}, "few": {someWord, 0}, "some": {someWord, 0}, "many": {someWord, 0}, "turn": {turnWord, 0},
		"twenties": {decadeWord, 1920}, "thirties": {decadeWord, 1930}, "forties": {decadeWord, 1940}, "fifties": {decadeWord, 1950}, "sixties": {decadeWord, 1960}, "seventies": {decadeWord, 1970}, "eighties": {decadeWord, 1980}, "nineties": {decadeWord, 1990},
	}
	for i, names := range monthNames {
		for _, n := range strings.Fields(names) {
			m[n], m[n+"."] = starter{monthWord, i}, starter{monthWord, i}
		}
	}
	for i, names := range weekdayNames {
		for _, n := range strings.Fields(names) {
			m[n], m[n+"."] = starter{weekdayWord, i}, starter{weekdayWord, i}
		}
	}
	return m
}

func isMonth(lower string) bool { return starters.Get(lower).kind == monthWord }

// fiscalStarts is the month in which a country's fiscal year begins, for those
// where it is not January; ahead says that the year is named after the one in
// which it begins.
var fiscalStarts = map[string]struct {
	month int
	ahead bool
}{
	"us": {10, false}, "u.s.": {10, false}, "american": {10, false}, "america": {10, false}, "congress": {10, false}, "pentagon": {10, false}, "federal": {10, false},
	"uk": {4, false}, "britain": {4, false}, "british": {4, false}, "india": {4, false}, "indian": {4, false}, "canada": {4, false}, "canadian": {4, false},
	"japan": {4, true}, "japanese": {4, true}, "singapore": {4, true}, "hong": {4, true}, "zealand": {7, false}, "australia": {7, false}, "australian": {7, false}, "pakistan": {7, false}, "pakistani": {7, false}, "egypt": {7, false}, "egyptian": {7, false}, "bangladesh": {7, false}, "kenya": {7, false},
	"germany": {1, false}, "france": {1, false}, "china": {1, false}, "russia": {1, false}, "israel": {1, false}, "israeli": {1, false},
}
