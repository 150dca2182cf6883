package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
)

// style is how a sentence uses capitals.
type style uint8

const (
	usual    style = iota // capitals mark names
	titled                // A Headline Has Capitals on All but Small Words
	shouting              // A LINE OF CAPITALS
)

// styleOf tells a headline or a line of capitals from usual writing.
func styleOf(tokens []token.Token) style {
	long, capital, upper, letters := 0, 0, 0, 0
	for i := range tokens {
		r, _ := utf8.DecodeRuneInString(tokens[i].Text)
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if tokens[i].Text == strings.ToUpper(tokens[i].Text) {
			upper++
		}
		if len(tokens[i].Text) > 3 {
			long++
			if unicode.IsUpper(r) {
				capital++
			}
		}
	}
	switch {
	case letters >= 3 && upper == letters:
		return shouting
	case long >= 3 && capital*10 >= long*9:
		return titled
	}
	return usual
}

// evidence is how the document writes its words where capitals mark names.
type evidence struct {
	small   map[string]bool // seen without a capital
	capital map[string]bool // seen with one inside a sentence
}

// evidenceOf reads a document's words; only a document with headlines needs them.
func evidenceOf(sentences []token.Sentence) evidence {
	styles := make([]style, len(sentences))
	needed := false
	for i := range sentences {
		styles[i] = styleOf(sentences[i].Tokens)
		needed = needed || styles[i] != usual
	}
	e := evidence{}
	if !needed {
		return e
	}
	e.small, e.capital = map[string]bool{}, map[string]bool{}
	for i := range sentences {
		if styles[i] != usual {
			continue
		}
		for j, t := range sentences[i].Tokens {
			r, _ := utf8.DecodeRuneInString(t.Text)
			switch {
			case unicode.IsLower(r):
				e.small[t.Lower] = true
			case unicode.IsUpper(r) && j > 0 && unicode.IsLetter(lastRune(sentences[i].Tokens[j-1].Text)):
				e.capital[t.Lower] = true
			}
		}
	}
	return e
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// fold marks the words of a headline or a line of capitals whose capital tells
// nothing: those that the document elsewhere writes small, or that are common
// words. The capitals of a name in a line of capitals are made usual ones.
func (e *evidence) fold(words []label.Word) {
	tokens := make([]token.Token, len(words))
	for i := range words {
		tokens[i].Text = words[i].Text
	}
	s := styleOf(tokens)
	if s == usual {
		return
	}
	for i := range words {
		w := &words[i]
		set := lexicon.Find(lexicon.HashOf(w.Lower)).Set
		switch {
		case e.capital[w.Lower]:
		case e.small[w.Lower]:
			w.Folded = true
		case set&lexicon.Common != 0:
			w.Folded = set&(lexicon.Place|lexicon.People) == 0
		}
		if s == shouting && !w.Folded && (len(w.Text) > 4 || set&(lexicon.Place|lexicon.Given|lexicon.Family) != 0) {
			if _, list, ok := lexicon.Canonical(w.Text); !ok || list != lexicon.Organization {
				w.Text = capitalised(w.Lower)
			}
		}
	}
}

func capitalised(lower string) string {
	r, n := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(r)) + lower[n:]
}
