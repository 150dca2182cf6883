package review

import (
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// functions are what templates can say beyond the fields that they are given.
var functions = template.FuncMap{
	"asset":     assetPath,
	"visible":   visible,
	"short":     short,
	"value":     func(v claim.Value) string { return short(v.Words(), maxValue) },
	"day":       claim.Day.Words,
	"count":     counted,
	"number":    grouped,
	"severity":  severityWord,
	"percent":   func(f float64) int { return int(math.Round(100 * f)) },
	"verdict":   func(v desk.Verdict) string { return verdictWords[v] },
	"status":    func(s conflict.Status) string { return string(s) },
	"source":    sourceName,
	"kind":      func(k conflict.Kind) string { return kindWords[k] },
	"way":       func(way string) string { return wayWords[way] },
	"modality":  func(m claim.Modality) string { return modalities[m] },
	"rung":      triedOf,
	"decision":  decisionWords,
	"state":     verdictSentence,
	"verdictOf": func(a *actView) string { return verbWords(a.Act) },
	"shape":     func(i int) int { return i % shapes },
	"share":     shareOf,
	"beside":    beside,
	"question":  func(q string) string { return upperFirst(short(q, maxQuestion)) },
	"add":       func(a, b int) int { return a + b },
	"less":      func(n int) int { return n - 1 },
}

// maxQuestion is how many characters of a question are shown.
const maxQuestion = 240

// maxValue is how many characters of an answer or a name are shown.
const maxValue = 160

// verdictWords are the verdicts as people say them.
var verdictWords = map[desk.Verdict]string{
	desk.Real: "a real conflict", desk.Same: "the same, said differently", desk.Different: "different things",
	desk.Superseded: "superseded", desk.Misread: "misread by crosscheck", desk.OutOfScope: "out of scope",
}

// severityWord is a severity for people; the word fits the number as shown.
func severityWord(f float64) string {
	switch f = math.Round(f*100) / 100; {
	case f >= 0.8:
		return "high"
	case f >= conflict.ShownFrom:
		return "medium"
	}
	return "low"
}

// counted is a number of things: "1 source", "1,204 sources".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if before, ok := strings.CutSuffix(thing, "y"); ok && !strings.HasSuffix(before, "a") {
		thing = before + "ie"
	}
	return grouped(n) + " " + thing + "s"
}

// grouped is a number with commas between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Moment is a time as the page that is read now tells it.
type Moment struct{ at, now time.Time }

// ISO is the time for machines.
func (m Moment) ISO() string { return m.at.UTC().Format(time.RFC3339) }

// Full is the time to the minute.
func (m Moment) Full() string {
	return m.at.In(m.now.Location()).Format("Monday 2 January 2006, 15:04 MST")
}

// Known reports whether there is a time to tell.
func (m Moment) Known() bool { return !m.at.IsZero() }

// Words is how long ago it was: "just now", "20 minutes ago", "this morning",
// "yesterday", "3 days ago", and from two weeks on the day.
func (m Moment) Words() string {
	at := m.at.In(m.now.Location())
	ago := m.now.Sub(at)
	switch {
	case ago < 0:
		return at.Format("2 January 2006, 15:04")
	case ago < time.Minute:
		return "just now"
	case ago < time.Hour:
		return counted(int(ago.Minutes()), "minute") + " ago"
	}
	switch days := daysBetween(at, m.now); {
	case days == 0 && at.Hour() < 6:
		return "this night"
	case days == 0 && at.Hour() < 12:
		return "this morning"
	case days == 0:
		return counted(int(ago.Hours()), "hour") + " ago"
	case days == 1 && at.Hour() >= 20:
		return "last night"
	case days == 1:
		return "yesterday"
	case days < 14:
		return counted(days, "day") + " ago"
	}
	return at.Format("2 January 2006")
}

// daysBetween counts midnights.
func daysBetween(a, b time.Time) int {
	return int(claim.DayOf(b.Date()) - claim.DayOf(a.Date()))
}

// maxSource is how many characters of a source's name are shown.
const maxSource = 60

// sourceName is who published, in short. Where that is not known the document's
// address stands for it: of that, its site or its last part.
func sourceName(source string) string {
	if _, rest, ok := strings.Cut(source, "://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return short(strings.TrimPrefix(host, "www."), maxSource)
	}
	if i := strings.LastIndexByte(source, '/'); i >= 0 && !strings.Contains(source, " ") {
		source = source[i+1:]
	}
	return short(source, maxSource)
}

// shareOf is how much of a whole a part is, "12%"; "" where there is no whole.
func shareOf(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return strconv.Itoa(int(math.Round(100*float64(part)/float64(whole)))) + "%"
}
