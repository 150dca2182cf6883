package review

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// Severities that the queue can be asked for by a word.
const (
	anySeverity  = "any"
	highSeverity = "high"
	high         = 0.8
)

// filterOf is the filter that an address carries.
func filterOf(q url.Values) (f desk.Filter, err error) {
	f = desk.Filter{
		Box: desk.Box(q.Get("box")), Kind: conflict.Kind(q.Get("kind")), Status: conflict.Status(q.Get("status")), Verdict: desk.Verdict(q.Get("verdict")),
		Source: q.Get("source"), Schedule: q.Get("schedule"), Assignee: q.Get("assignee"),
		Text: q.Get("text"), After: q.Get("after"),
	}
	for _, err := range []error{
		oneOf("box", f.Box, desk.Boxes), oneOf("kind", f.Kind, kinds), oneOf("status", f.Status, statuses), oneOf("verdict", f.Verdict, desk.Verdicts),
	} {
		if err != nil {
			return f, err
		}
	}
	if text := q.Get("overdue"); text != "" {
		if f.Overdue, err = strconv.ParseBool(text); err != nil {
			return f, wrongField("overdue", "It is true or false.")
		}
	}
	switch text := q.Get("severity"); text {
	case "":
	case anySeverity:
		f.Severity = -1
	case highSeverity:
		f.Severity = high
	default:
		if f.Severity, err = strconv.ParseFloat(text, 64); err != nil || f.Severity > 1 || f.Severity != f.Severity {
			return f, wrongField("severity", "A severity is a number from 0 to 1, or “any” or “high”.")
		}
	}
	if f.Since, err = dayIn(q, "since"); err != nil {
		return f, err
	}
	if f.Until, err = dayIn(q, "until"); err != nil {
		return f, err
	}
	if f.Box == "" && (f.Verdict != "" || f.Status != "" && f.Status != conflict.Open) {
		f.Box = desk.Everything // what waits has no verdict
	}
	f.Size, err = sizeIn(q, 0)
	return f, err
}

var statuses = []conflict.Status{conflict.Open, conflict.Confirmed, conflict.Dismissed, conflict.Superseded, conflict.Resolved, conflict.Explained}

// oneOf refuses a word that is none of a list's; "" is always one.
func oneOf[T ~string](field string, word T, list []T) error {
	if word == "" || slices.Contains(list, word) {
		return nil
	}
	words := make([]string, len(list))
	for i, one := range list {
		words[i] = string(one)
	}
	return wrongField(field, "There is no "+field+" “"+short(string(word), 40)+"”; there are: "+strings.Join(words, ", ")+".")
}

// queryOf is the filter as an address carries it.
func queryOf(f desk.Filter) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Box != desk.Waiting {
		set("box", string(f.Box))
	}
	set("kind", string(f.Kind))
	set("status", string(f.Status))
	set("verdict", string(f.Verdict))
	set("source", f.Source)
	set("schedule", f.Schedule)
	set("assignee", f.Assignee)
	set("severity", severityQuery(f.Severity))
	set("since", f.Since.String())
	set("until", f.Until.String())
	if f.Overdue {
		set("overdue", "1")
	}
	set("text", f.Text)
	set("after", f.After)
	if f.Size != 0 {
		set("size", strconv.Itoa(f.Size))
	}
	return q.Encode()
}

func severityQuery(f float64) string {
	switch {
	case f == 0:
		return ""
	case f < 0:
		return anySeverity
	case f == high:
		return highSeverity
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// queuePath is the address of the queue with a filter's query.
func queuePath(query string) string {
	if query == "" {
		return "/"
	}
	return "/?" + query
}

// narrowed reports whether a filter leaves out more than the box does.
func narrowed(f desk.Filter) bool {
	f.Box, f.After, f.Size, f.Text = "", "", 0, ""
	return f != desk.Filter{}
}
