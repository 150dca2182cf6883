package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
	"crosscheck/words"
)

// style is how a sentence uses capitals.
type style uint8

const (
	usual    style = iota // capitals mark names
	brief                 // Five Words or Fewer: a headline or a name
	titled                // A Headline Has Capitals on All but Small Words
	shouting              // A LINE OF CAPITALS
)

// styleOf tells a headline or a line of capitals from usual writing: a headline
// has a small letter only on the words that headlines leave small.
func styleOf(words []label.Word) style {
	capital, upper, letters := 0, 0, 0
	for i := range words {
		r, n := utf8.DecodeRuneInString(words[i].Text)
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case !unicode.IsUpper(r):
			if !smallInHeadlines.Has(words[i].Lower) {
				return usual
			}
		case n < len(words[i].Text) && words[i].Text == strings.ToUpper(words[i].Text):
			upper++
		default:
			capital++
		}
	}
	switch {
	case letters >= 3 && upper == letters:
		return shouting
	case upper+capital > 5 && capital > upper:
		return titled
	case upper+capital >= 3 && capital > upper:
		return brief
	}
	return usual
}

var smallInHeadlines = words.NewSet(`a an and as at but by for from if in into is it its n't nor of off on or over per the than to up via vs vs. was with de la le el und van von da y e 's s`)

// isPlain reports, sooner than styleOf, that a whole word shows the usual style.
func isPlain(tokens []token.Token) bool {
	for i := range tokens {
		if r, _ := utf8.DecodeRuneInString(tokens[i].Text); unicode.IsLetter(r) && !unicode.IsUpper(r) &&
			!smallInHeadlines.Has(tokens[i].Lower) && strings.IndexByte(tokens[i].Text, '-') < 0 {
			return true
		}
	}
	return false
}

// evidence is how the document writes the words of its headlines elsewhere,
// where capitals mark names.
type evidence struct {
	words map[string]sighting // of headlines
	prose bool                // the document has other sentences, with words in small letters
}

// sighting is how a word was seen.
type sighting uint8

const (
	small   sighting = 1 << iota // without a capital
	capital                      // with one inside a sentence
)

// evidenceOf reads a document's words; only a document with headlines needs them.
func evidenceOf(sentences []token.Sentence) evidence {
	styles := make([]style, len(sentences))
	e := evidence{words: map[string]sighting{}}
	var words []label.Word
	for i := range sentences {
		if isPlain(sentences[i].Tokens) {
			continue
		}
		words = label.Words(sentences[i].Tokens, words[:0])
		if styles[i] = styleOf(words); styles[i] != usual {
			for j := range words {
				e.words[words[j].Lower] = 0
			}
		}
	}
	if len(e.words) == 0 {
		return e
	}
	for i := range sentences {
		if styles[i] != usual {
			continue
		}
		afterWord := false
		for j := range sentences[i].Tokens {
			if t := &sentences[i].Tokens[j]; strings.IndexByte(t.Text, '-') < 0 {
				e.see(t.Text, t.Lower, afterWord)
				afterWord = unicode.IsLetter(lastRune(t.Text))
				continue
			}
			words = label.Words(sentences[i].Tokens[j:j+1], words[:0])
			for k := range words {
				e.see(words[k].Text, words[k].Lower, afterWord)
				afterWord = unicode.IsLetter(lastRune(words[k].Text))
			}
		}
	}
	return e
}

// see notes how a word is written, if a headline has it. afterWord says that
// another word stands before it.
func (e *evidence) see(text, lower string, afterWord bool) {
	var how sighting
	switch r, _ := utf8.DecodeRuneInString(text); {
	case unicode.IsLower(r):
		how, e.prose = small, true
	case afterWord && unicode.IsUpper(r):
		how = capital
	default:
		return
	}
	if seen, asked := e.words[lower]; asked && seen&how == 0 {
		e.words[lower] = seen | how
	}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// fold marks the words of a headline or a line of capitals whose capital tells
// nothing: those that the document elsewhere writes small, or that are common
// words. The capitals of a name in a line of capitals are made usual ones. It
// returns how the words use capitals.
func (e *evidence) fold(words []label.Word) style {
	s := styleOf(words)
	if s == usual {
		return s
	}
	for i := range words {
		w := &words[i]
		set := lexicon.Find(lexicon.HashOf(w.Lower)).Set
		switch {
		case e.words[w.Lower]&capital != 0:
		case e.words[w.Lower]&small != 0:
			w.Folded = true
		case s != brief && set&lexicon.Common != 0:
			w.Folded = set&(lexicon.Place|lexicon.People) == 0
		}
		if s == shouting && !w.Folded && (len(w.Text) > 4 || set&(lexicon.Place|lexicon.Given|lexicon.Family) != 0) {
			if _, list, ok := lexicon.Canonical(w.Text); !ok || list != lexicon.Organization {
				w.Text = capitalised(w.Lower)
			}
		}
	}
	return s
}

func capitalised(lower string) string {
	r, n := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(r)) + lower[n:]
}
