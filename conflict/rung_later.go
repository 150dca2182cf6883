package conflict

import (
	"fmt"
	"regexp"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// A toll that rises through the week is no contradiction: each figure held when
// it was said. That needs the words to say so.

// provisional are words of a figure that its own text expects to change.
var provisional = []string{"so far", "as of", "provisional", "provisionally", "preliminary", "initial", "initially", "at first", "first reports", "early reports",
	"early estimate", "first estimate", "first count", "first guess", "overnight", "on the night", "expected to rise", "expected to grow", "likely to rise", "set to rise", "bound to rise",
	"expected to climb", "would rise", "could rise", "may rise", "might rise", "will rise", "and rising", "and counting", "and growing", "would climb", "could climb", "still rising", "still climbing", "still growing",
	"to date", "until now", "up to now", "till now", "by now", "as yet", "for now", "at present", "at this stage", "as things stand", "as it stands",
	"updated", "yet to be", "still to be", "earlier", "by then", "were to follow", "stands at", "stand at", "stood at", "now stands", "latest count", "last count", "latest tally", "latest figure", "latest figures", "running total",
	"still going on", "still under way", "still being", "ballots counted", "votes counted", "vote counted", "early results", "partial results"}

// untilThen are the words of a figure that holds up to a moment which it names:
// "by Friday", "up to noon", "as of last night".
var untilThen = regexp.MustCompile(`(?i)\b(?:by|up to|until|till|as of|as at) (?:last |this |late |early |about )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midday|midnight|nightfall|nighttime|dawn|dusk|daybreak|evening|morning|afternoon|night|tonight|yesterday|today|the weekend)\b`)

// until are pieces of which every such phrase has one: few sentences need a closer look.
var until = []string{"by ", "up to ", "until ", "till ", "as of ", "as at "}

// bygone are words of a figure that held before another did.
var bygone = []string{"old", "older", "previous", "previously", "earlier", "former", "formerly", "had been", "used to", "until then", "at the time", "originally",
	"original", "last time", "a year earlier", "the year before", "up from", "down from", "compared with", "instead of", "rather than", "before it", "the one before", "the time before", "predecessor", "forerunner"}

// lookingBack are words of a figure that held at a moment before its text was written.
var lookingBack = []string{"by then", "were to follow", "was to follow", "at first", "initially", "first reports", "early reports", "first estimate", "early estimate"}

var laterRung = &rung{
	name:   "superseded by a later figure",
	intent: "a count that grows, or one called provisional, and the texts date which came later",
	try: func(a, b *answer) outcome {
		if _, _, ok := sameScale(a, b); !ok {
			return clash
		}
		if replaces(a, b) || replaces(b, a) {
			return later
		}
		return clash
	},
	say: func(a, b *answer) string {
		if replaces(b, a) {
			a, b = b, a
		}
		if day, _ := asOf(a); day != 0 {
			return fmt.Sprintf("%s, said %s, replaced %s", show(a), day, show(b))
		}
		return fmt.Sprintf("%s replaced %s, which was said to be provisional", show(a), show(b))
	},
}

// replaces reports whether a's figure took the place of b's.
func replaces(a, b *answer) bool {
	newer, stated := asOf(a)
	older, statedToo := asOf(b)
	if !statedToo && b.in.backward {
		older = 0
	}
	if newer != 0 && older != 0 && newer < older {
		return false
	}
	passing := b.in.passing && !a.in.passing
	dated := newer != 0 && older != 0 && newer > older
	counted := a.family == "people" || a.family == "number" || strings.HasPrefix(a.family, "count of ")
	grew := (a.topic.grows() || counted && stated && statedToo) && top(a) >= top(b)
	switch {
	case passing:
		return grew || dated || newer == 0 || older == 0
	case dated && stated && statedToo:
		return grew || b.in.passing
	case dated && a.topic.grows() && newer-older <= runningDays:
		return grew
	}
	return false
}

// runningDays is for how long after an event its counts are taken to run.
const runningDays = 60

// asOf is the day an answer holds for, and whether the text itself states it.
func asOf(a *answer) (day claim.Day, stated bool) {
	if a.Time != nil && a.Time.To != 0 && (a.topic.grows() || a.Time.From == 0 || a.Time.From == a.Time.To) {
		return a.Time.To, true
	}
	if a.said != 0 {
		return a.said, a.said != a.text.published
	}
	return a.text.published, false
}

// top is the number said, or a range's upper end, for telling what grew.
func top(a *answer) float64 {
	q := a.Value.Quantity
	for _, d := range []decimal.NullDecimal{q.Number, q.High, q.Low} {
		if d.Valid {
			return d.Decimal.InexactFloat64()
		}
	}
	return 0
}

// dispatched are words of a text that was written while things happened.
var dispatched = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tonight", "yesterday", "this morning", "so far", "overnight"}

// dispatch reports whether the text was written while things happened. It is read once.
func (t *text) dispatch() bool {
	if t.written == unread {
		t.written = afterwards
		if saysAny(t.body, dispatched) {
			t.written = meanwhile
		}
	}
	return t.written == meanwhile
}

// when a text was written, by its words.
const (
	unread = iota
	meanwhile
	afterwards
)

// grewSince reports whether the later of two texts has the larger number: by
// their days, or where one was written while things happened and the other afterwards.
func grewSince(a, b *answer) bool {
	if a.Value.Quantity == nil || b.Value.Quantity == nil {
		return false
	}
	if s, t := a.text.published, b.text.published; s != 0 && t != 0 && s != t {
		return (s < t) == (top(a) < top(b))
	} else if s != 0 && s == t || a.text.dispatch() == b.text.dispatch() {
		return false
	}
	return a.text.dispatch() == (top(a) < top(b))
}
