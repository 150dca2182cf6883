package main

import (
	"bufio"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/extract/name/lexicon"
)

// lists are what new names are chosen from, words of letters only.
type lists struct {
	given, family, places, organizations []string
	countries                            []country
	// forms are the first names that one bearer can go by, a list each.
	forms [][]string
}

// country is a country of one word, with the words for its people and its capital.
type country struct{ name, people, capital string }

// lexiconFolder is where the word lists stand, from the tools folder.
const lexiconFolder = "../extract/name/lexicon"

var simple = regexp.MustCompile(`^[a-z]{4,10}$`)

func readLists() (*lists, error) {
	l := &lists{}
	for file, list := range map[string]*[]string{"given.txt": &l.given, "family.txt": &l.family, "places.txt": &l.places, "organizations.txt": &l.organizations} {
		err := eachLine(file, func(line string) {
			set := lexicon.Find(lexicon.HashOf(line)).Set
			if simple.MatchString(line) && set&(lexicon.Common|lexicon.Role|lexicon.People|lexicon.Thing) == 0 {
				*list = append(*list, capital(line))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	err := eachLine("../../../conflict/firstnames.txt", func(line string) {
		if f := strings.Fields(line); len(f) > 1 && f[0] != "#" {
			l.forms = append(l.forms, f)
		}
	})
	if err != nil {
		return nil, err
	}
	one := regexp.MustCompile(`^[A-Z][a-z]{3,}$`)
	err = eachLine("countries.txt", func(line string) {
		f := strings.Split(line, "\t")
		if len(f) == 5 && f[3] == "" && one.MatchString(f[1]) && one.MatchString(f[2]) && one.MatchString(f[4]) {
			l.countries = append(l.countries, country{f[1], f[4], f[2]})
		}
	})
	return l, err
}

func eachLine(file string, do func(string)) error {
	f, err := os.Open(filepath.Join(lexiconFolder, file))
	if err != nil {
		return fmt.Errorf("word lists (run it from the tools folder): %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		do(lines.Text())
	}
	return lines.Err()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// choose gives each word of an event's names another one of its kind. Words that
// are no names by themselves ("Ministry", "Port") and countries whose name or
// people have several words stay.
func (l *lists) choose(ctx context.Context, event string, docs map[string]*document.Document) (map[string]string, error) {
	kinds := map[string]map[claim.MentionKind]int{}
	lower := map[string]bool{} // words that a text has in small letters
	for _, d := range docs {
		r, err := extract.Read(ctx, d, extract.Context{})
		if err != nil {
			return nil, err
		}
		for _, m := range r.Mentions {
			if m.Kind != claim.Person && m.Kind != claim.Place && m.Kind != claim.Organization {
				continue
			}
			for _, w := range letters.FindAllString(m.Of(d.Text), -1) {
				if kinds[w] == nil {
					kinds[w] = map[claim.MentionKind]int{}
				}
				kinds[w][m.Kind]++
			}
		}
		for _, w := range letters.FindAllString(d.Text, -1) {
			if w == strings.ToLower(w) {
				lower[w] = true
			}
		}
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(event))
	source := rand.New(rand.NewPCG(h.Sum64(), 1))
	names, taken := map[string]string{}, map[string]bool{}
	for w := range kinds {
		taken[strings.ToLower(w)] = true
	}
	pick := func(from []string) string {
		for {
			w := from[source.IntN(len(from))]
			if low := strings.ToLower(w); !taken[low] && !lower[low] {
				taken[low] = true
				return w
			}
		}
	}
	at := func(w string) int {
		return slices.IndexFunc(l.countries, func(c country) bool { return c.name == w || c.people == w || c.capital == w })
	}
	words := slices.Sorted(func(yield func(string) bool) {
		for w := range kinds {
			if !yield(w) {
				return
			}
		}
	})
	l.chooseForms(words, pick, names)
	for _, w := range words {
		low := strings.ToLower(w)
		first, size := utf8.DecodeRuneInString(w)
		second, _ := utf8.DecodeRuneInString(w[size:])
		set := lexicon.Find(lexicon.HashOf(low)).Set
		switch {
		case names[w] != "" || utf8.RuneCountInString(w) < 3 || !unicode.IsUpper(first) || !unicode.IsLower(second) || lower[low]:
		case at(w) >= 0:
			for {
				to := l.countries[source.IntN(len(l.countries))]
				if from := l.countries[at(w)]; !taken[strings.ToLower(to.name)] {
					taken[strings.ToLower(to.name)] = true
					names[from.name], names[from.people], names[from.capital] = to.name, to.people, to.capital
					names[from.people+"s"] = to.people + "s"
					break
				}
			}
		case set&lexicon.People != 0 || isCountry(low):
		case kinds[w][claim.Person] > 0 && set&lexicon.Given != 0:
			names[w] = pick(l.given)
		case set&lexicon.Common != 0 || set&lexicon.Role != 0:
		case kinds[w][claim.Person] > kinds[w][claim.Place]+kinds[w][claim.Organization]:
			names[w] = pick(l.family)
		case kinds[w][claim.Place] > 0:
			names[w] = pick(l.places)
		case set&lexicon.Organization != 0:
			names[w] = pick(l.organizations)
		default:
			names[w] = pick(l.family)
		}
	}
	for w, to := range names { // in capitals throughout
		if up := strings.ToUpper(w); names[up] == "" {
			names[up] = strings.ToUpper(to)
		}
	}
	return names, nil
}

// chooseForms gives names that are forms of one another, "Bob" and "Robert", names
// that are so too.
func (l *lists) chooseForms(words []string, pick func([]string) string, names map[string]string) {
	for _, forms := range l.forms {
		here := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !slices.Contains(forms, strings.ToLower(w)) })
		if len(here) < 2 {
			continue
		}
		var heads []string
		to := map[string][]string{}
		for _, other := range l.forms {
			if len(other) >= len(here) && other[0] != forms[0] {
				head := capital(other[0])
				heads, to[head] = append(heads, head), other
			}
		}
		chosen := to[pick(heads)]
		for i, w := range here {
			names[w] = capital(chosen[i])
		}
	}
}

var letters = regexp.MustCompile(`\p{L}+`)

// isCountry reports whether a word is a country's canonical name or an alias.
func isCountry(low string) bool {
	name, _, ok := lexicon.Canonical(low)
	_, isCapital := lexicon.CapitalOf(name)
	return ok && !isCapital
}

// word changes a name, or a figure in words.
func (e *event) word(w, before, after string) string {
	if to := e.names[w]; to != "" {
		return to
	}
	low := strings.ToLower(w)
	n, ok := spelled[low]
	if ok && n >= 20 && strings.HasPrefix(after, "-") {
		if unit := letters.FindString(after[1:]); slices.Contains(ones, unit) {
			n += int64(slices.Index(ones, unit)) + 1
			after = after[1+len(unit):]
		}
	}
	if i := slices.Index(ones, low); i >= 0 && strings.HasSuffix(before, "-") {
		ten := letters.FindAllString(before, -1)
		if len(ten) == 0 || spelled[strings.ToLower(ten[len(ten)-1])] < 20 {
			return w
		}
		// The second half of "thirty-four": the first has said it.
		full := spelled[strings.ToLower(ten[len(ten)-1])] + int64(i) + 1
		if _, second := e.halves(full, after); second != "" {
			return second
		}
		return w
	}
	if !ok || scale.MatchString(after) || strings.HasPrefix(after, " hundred") {
		return w
	}
	first, _ := e.halves(n, after)
	if first == "" {
		return w
	}
	if unicode.IsUpper(rune(w[0])) {
		first = capital(first)
	}
	return first
}

// halves writes a multiplied figure in as many words as it had: the ten and the
// one of "thirty-four". A figure that would need another number of words stays.
func (e *event) halves(n int64, after string) (ten, unit string) {
	if share.MatchString(after) || term.MatchString(after) {
		return "", ""
	}
	to := e.multiply(decimal.NewFromInt(n), 0, "").IntPart()
	switch {
	case n > 20 && n%10 != 0 && to%10 != 0 && to > 20 && to < 100:
		return spelling[to-to%10], ones[to%10-1]
	case (n < 20 || n%10 == 0) && spelling[to] != "":
		return spelling[to], ""
	}
	return "", ""
}
