package review

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// tried is a benign explanation in words, and why it does not explain.
type tried struct{ Name, Failed string }

// failed says for each rung of the ladder why it did not hold, by its name in
// conflict.Conflict.Rungs.
var failed = map[string]string{
	"rounding":                          "They are further apart than rounding makes them.",
	"bound or range":                    "Neither is a bound or a range that takes the other in.",
	"about":                             "“About” does not reach from the one to the other.",
	"oneself counted or not":            "The one does not count somebody whom the other leaves out.",
	"unit":                              "In one unit they are still different.",
	"rate against total":                "The one is not a rate of which the other is the total.",
	"another deed or stage":             "The words tell of the same deed, at the same stage.",
	"level against change":              "The one is not a level and the other a change.",
	"percent against percentage points": "It is not percent against percentage points.",
	"another currency":                  "It is not the same sum in another currency.",
	"part of a whole":                   "The words make neither a part of the other.",
	"plan, possibility or denial":       "Neither is only planned, possible or denied.",
	"superseded by a later figure":      "Neither is said to replace the other at a later time.",
	"another time":                      "They are about times that meet.",
	"another part, place or group":      "They are about the same part, place and group.",
	"precision of the date":             "The one is not the other told less exactly.",
	"short name or alias":               "The one is not a short name or alias of the other.",
	"several can hold it":               "Only one can hold it at a time.",
	"named there too":                   "The one text does not name the other's answer too.",
	"another office":                    "They are about the same office.",
	"an office at another time":         "They are about the same time in office.",
	"another value denied":              "What is denied is what the other says.",
	"not yet":                           "The denial is not only a “not yet”.",
}

// triedOf is a rung as the page lists it; one that has no words of its own is
// told by its name.
func triedOf(rung string) tried {
	return tried{upperFirst(short(rung, 100)), failed[rung]}
}

// modalities are how firmly a text stands behind what it says, where that is to
// be told. Of what is reported the page tells who said it.
var modalities = map[claim.Modality]string{
	claim.Planned: "as a plan", claim.Possible: "as a possibility", claim.Denied: "as denied",
}

var kindWords = map[conflict.Kind]string{
	conflict.Number: "a number", conflict.Date: "a date", conflict.Entity: "who or what", conflict.Negation: "whether it was so", conflict.Arithmetic: "a sum that does not add up",
}

var wayWords = map[string]string{
	desk.ByPeriod: "another period", desk.ByPlace: "another place", desk.ByPart: "another part", desk.ByDefinition: "another definition",
}

// decisionWords is a verdict as a form carries it, in words.
func decisionWords(value string) string {
	d := decisionOf(map[string][]string{"verdict": {value}})
	return stateWords(desk.State{Verdict: d.Verdict, Detail: d.Detail, Stands: d.Stands})
}

// verdictSentence is the verdict in force as a heading.
func verdictSentence(s desk.State) string { return upperFirst(strings.TrimSpace(stateWords(s))) }
