// Command rename changes the names and the figures of labelled events, so that a
// score can be asked what it owes to knowing this person or that figure.
//
// In comes a folder of events as ../questions reads them, each with docs/ and
// gold.json; out come, below another folder, the same events with other people,
// places, organizations, figures and years, the labels at their places. From the
// tools folder:
//
//	go run ./rename [-factor 2] [-years 28] EVENTS OUT
//
// What is changed is changed alike in all documents of an event. A name becomes
// another of its kind from the word lists, word by word, a country together with
// what its people are called. Figures above twelve and those with a point or a
// scale word are multiplied by one factor and rounded to the place that they were
// rounded to, a rounded figure from the finer one that it was rounded from where
// the event gives that. So sums, rates and totals still fit as far as rounding lets
// them, and what was more stays more. Percentages, terms, ages, times of day and days of
// the month stay: they tie figures together and are not multiplied by anything.
// Years are shifted; by 28, because then every day keeps its weekday.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/document"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "rename:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("rename", flag.ContinueOnError)
	factor := flags.String("factor", "2", "what figures are multiplied by, from 1 on, so that different ones stay different")
	years := flags.Int("years", 28, "what is added to years")
	if err := flags.Parse(args); err != nil {
		return err
	}
	times, err := decimal.NewFromString(*factor)
	if err != nil || times.LessThan(decimal.New(1, 0)) {
		return fmt.Errorf("-factor %q: want a number from 1 on", *factor)
	}
	if flags.NArg() != 2 {
		return errors.New("usage: rename [-factor N] [-years N] EVENTS OUT")
	}
	in, out := flags.Arg(0), flags.Arg(1)
	files, err := filepath.Glob(filepath.Join(in, "*", "gold.json"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s: no */gold.json", in)
	}
	lists, err := readLists()
	if err != nil {
		return err
	}
	for _, file := range files {
		folder := filepath.Dir(file)
		e := &event{lists: lists, times: times, years: *years}
		if err := e.rename(ctx, folder, filepath.Join(out, filepath.Base(folder))); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	return nil
}

// event is one event's documents, and what its names become.
type event struct {
	lists *lists
	times decimal.Decimal
	years int
	names map[string]string
	// figures are all that the documents give.
	figures []said
}

// rename writes an event's folder anew.
func (e *event) rename(ctx context.Context, from, to string) error {
	paths, err := filepath.Glob(filepath.Join(from, "docs", "*"))
	if err != nil {
		return err
	}
	docs := map[string][]byte{}
	texts := map[string]*document.Document{}
	for _, path := range paths {
		name := filepath.Base(path)
		if docs[name], err = os.ReadFile(path); err != nil {
			return err
		}
		if texts[name], err = document.Read(ctx, name, docs[name], document.Options{}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		e.note(texts[name].Text)
	}
	if e.names, err = e.lists.choose(ctx, filepath.Base(from), texts); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(to, "docs"), 0o755); err != nil {
		return err
	}
	renamed := map[string]*document.Document{}
	for name, raw := range docs {
		text := []byte(e.inMarkup(string(raw), strings.HasSuffix(name, ".html")))
		if renamed[name], err = document.Read(ctx, name, text, document.Options{}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(to, "docs", name), text, 0o644); err != nil {
			return err
		}
	}
	gold, err := relabel(filepath.Join(from, "gold.json"), texts, renamed)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "gold.json"), gold, 0o644)
}

var (
	tag      = regexp.MustCompile(`(?s)<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>`)
	shownTag = regexp.MustCompile(`(?:content|datetime|alt|title)="[^"]*"`)
)

// inMarkup changes a file's text and leaves its markup, but for the attributes
// that people are shown.
func (e *event) inMarkup(raw string, markup bool) string {
	if !markup {
		return e.change(raw)
	}
	var b strings.Builder
	at := 0
	for _, m := range tag.FindAllStringIndex(raw, -1) {
		b.WriteString(e.change(raw[at:m[0]]))
		b.WriteString(shownTag.ReplaceAllStringFunc(raw[m[0]:m[1]], func(s string) string {
			name, value, _ := strings.Cut(s, "=")
			return name + "=" + e.change(value)
		}))
		at = m[1]
	}
	return b.String() + e.change(raw[at:])
}

// relabel moves the labels of gold.json to where their quotes went: a text keeps
// its words one by one, so a quote is found by the words it stood at.
func relabel(file string, before, after map[string]*document.Document) ([]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var gold map[string]any
	if err := json.Unmarshal(raw, &gold); err != nil {
		return nil, err
	}
	claims, _ := gold["claims"].([]any)
	for _, one := range claims {
		c, ok := one.(map[string]any)
		if !ok {
			return nil, errors.New("a claim is no object")
		}
		doc, quote := fmt.Sprint(c["doc"]), fmt.Sprint(c["quote"])
		nth := 1
		if n, ok := c["occurrence"].(float64); ok {
			nth = int(n)
		}
		if before[doc] == nil {
			return nil, fmt.Errorf("there is no %s", doc)
		}
		at := occurrences(before[doc].Text, quote)
		if len(at) == 0 {
			return nil, fmt.Errorf("%s: %q is not in its text", doc, quote)
		}
		span := moved(before[doc].Text, after[doc].Text, at[min(nth, len(at))-1])
		if span == nil {
			return nil, fmt.Errorf("%s: %q did not keep its words", doc, quote)
		}
		now := strings.Join(strings.Fields(after[doc].Text[span[0]:span[1]]), " ")
		c["quote"], c["occurrence"] = now, 1
		for i, o := range occurrences(after[doc].Text, now) {
			if o[0] == span[0] {
				c["occurrence"] = i + 1
			}
		}
		delete(c, "value")
	}
	return json.MarshalIndent(gold, "", " ")
}

// occurrences finds a quote in a text, whatever the white space between its words.
func occurrences(text, quote string) [][]int {
	words := strings.Fields(quote)
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	pattern := regexp.MustCompile(strings.Join(words, `\s+`))
	var out [][]int
	for at := 0; at <= len(text); {
		m := pattern.FindStringIndex(text[at:])
		if m == nil {
			break
		}
		out = append(out, []int{at + m[0], at + m[1]})
		at += m[0] + 1
	}
	return out
}

var word = regexp.MustCompile(`\S+`)

// moved is where a span of one text stands in the other, nil where the two do
// not have as many words. Within its first and last word it keeps what stood
// around it there.
func moved(before, after string, span []int) []int {
	old, now := word.FindAllStringIndex(before, -1), word.FindAllStringIndex(after, -1)
	if len(old) != len(now) {
		return nil
	}
	out := []int{-1, -1}
	for i, w := range old {
		if w[0] <= span[0] && span[0] < w[1] {
			out[0] = now[i][0] + len(around(before[w[0]:span[0]], after[now[i][0]:now[i][1]]))
		}
		if w[0] < span[1] && span[1] <= w[1] {
			out[1] = now[i][1] - (w[1] - span[1])
		}
	}
	if out[0] < 0 || out[1] <= out[0] {
		return nil
	}
	return out
}

// around is what of a word stands before a quote in it: as much of the new word
// as the old one had, or up to the same sign where that was changed too.
func around(lead, now string) string {
	if strings.HasPrefix(now, lead) || lead == "" {
		return lead
	}
	if i := strings.LastIndexByte(now, lead[len(lead)-1]); i >= 0 {
		return now[:i+1]
	}
	return now[:min(len(lead), len(now))]
}
