package token

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/token/perceptron"
)

// The weights are those of github.com/jdkato/prose v2.0.0 (MIT), which follow
// Matthew Honnibal's averaged perceptron tagger (MIT).
//
//go:generate sh -c "cd ../../tools && go run ./taggermodel ../extract/token/tags.bin"
//go:embed tags.bin
var tagTable string

// model is the opened table, with the numbers of the tags that are given by rule.
type model struct {
	*perceptron.Model
	marks        [markCount]perceptron.Tag
	number, noun perceptron.Tag
}

// open opens the table when the first token is tagged, which takes less than a
// millisecond: most of it is read where it lies. A table that does not open is a
// broken build.
var open = sync.OnceValue(func() *model {
	table, err := perceptron.Open(tagTable)
	if err != nil {
		panic(err)
	}
	m := &model{Model: table}
	number := func(name string) perceptron.Tag {
		tag, ok := table.Tag(name)
		if !ok {
			panic("tagger table: no tag " + name)
		}
		return tag
	}
	for i := range marks {
		m.marks[i] = number(marks[i].tag)
	}
	m.number, m.noun = number("CD"), number("NN")
	return m
})

// Tag fills in the part of speech of the tokens, which are one sentence. It
// reads their Text and Lower.
//
// Words are tagged as prose tags them, but for two slips of its own rules: it
// calls "0" an empty element and a decimal such as "3.85" a web address; here
// both are numbers. Marks, which prose takes for words, have the treebank's
// tags: a quotation mark is "“" or "”" by the side it stands on, a bracket
// "(" or ")", a currency sign "$", a dash ":", any other "SYM".
func Tag(tokens []Token) {
	t := tagger{model: open()}
	t.tagBefore, t.tagBefore2 = t.Start(), t.Start2()
	t.before, t.word = contextStart, contextStart2
	t.after, t.after2 = contextAt(tokens, 0), contextAt(tokens, 1)
	for i := range tokens {
		t.before2, t.before, t.word, t.after, t.after2 = t.before, t.word, t.after, t.after2, contextAt(tokens, i+2)
		t.tag(tokens, i)
	}
}

// tagger holds a window of five words and the two tags before.
type tagger struct {
	*model
	before2, before, word, after, after2 context
	tagBefore, tagBefore2                perceptron.Tag
}

// tag tags the token in the middle of the window, tokens[i], and moves its tag
// on to the tags before.
func (t *tagger) tag(tokens []Token, i int) {
	tag := t.decide(tokens, i)
	tokens[i].Tag = t.Name(tag)
	t.tagBefore2, t.tagBefore = t.tagBefore, tag
}

func (t *tagger) decide(tokens []Token, i int) perceptron.Tag {
	tok := &tokens[i]
	text := tok.Text
	switch {
	case isMark(text):
		return t.marks[markOf(tokens, i)]
	case strings.HasSuffix(text, "$"): // "US$"
		return t.marks[currency]
	case text == "0", text[0] == '.' && startsDigit(text[1:]), isFraction(text):
		return t.number
	case isAddress(text):
		return t.noun
	}
	text = plainText(tok)
	if tag, known := t.Known(perceptron.Hash(text)); known {
		return tag
	}
	return t.predict(text)
}

func (t *tagger) predict(text string) perceptron.Tag {
	return t.Predict(t.tagBefore, t.tagBefore2, &[perceptron.Features]uint64{
		perceptron.Suffix.Of(perceptron.Hash(lastThree(text))),
		perceptron.Prefix.Of(perceptron.Hash(text[:1])),
		perceptron.Word.Of(t.word.word),
		perceptron.TagAndWord.OfPair(t.NameHash(t.tagBefore), t.word.word),
		perceptron.WordBefore.Of(t.before.word),
		perceptron.SuffixBefore.Of(t.before.suffix),
		perceptron.WordBefore2.Of(t.before2.word),
		perceptron.WordAfter.Of(t.after.word),
		perceptron.SuffixAfter.Of(t.after.suffix),
		perceptron.WordAfter2.Of(t.after2.word),
	})
}

// context is a word as its neighbours see it: hashes of its normal form and of
// that form's last three bytes.
type context struct{ word, suffix uint64 }

// The words around a sentence, and the classes of word that are never told apart.
var (
	contextStart  = fixedContext("-START-")
	contextStart2 = fixedContext("-START2-")
	contextEnd    = fixedContext("-END-")
	contextEnd2   = fixedContext("-END2-")
	contextHyphen = fixedContext("!HYPHEN")
	contextYear   = fixedContext("!YEAR")
	contextDigits = fixedContext("!DIGITS")
)

func fixedContext(s string) context {
	return context{perceptron.Hash(s), perceptron.Hash(lastThree(s))}
}

// contextAt is the context of token i, or what stands for it past the end.
func contextAt(tokens []Token, i int) context {
	switch {
	case i == len(tokens):
		return contextEnd
	case i > len(tokens):
		return contextEnd2
	}
	tok := &tokens[i]
	text := tok.Text
	switch {
	case isMark(text):
		return marks[markOf(tokens, i)].context
	case strings.IndexByte(text, '-') > 0:
		return contextHyphen
	case isYear(text):
		return contextYear
	case isDigit(text[0]):
		return contextDigits
	}
	return context{perceptron.Hash(tok.Lower), perceptron.Hash(lastThree(tok.Lower))}
}

// isYear holds for four digits; a sign counts as one, as in the training.
func isYear(s string) bool {
	if len(s) != 4 || !isDigit(s[0]) && s[0] != '-' && s[0] != '+' {
		return false
	}
	return isDigit(s[1]) && isDigit(s[2]) && isDigit(s[3])
}

func lastThree(s string) string { return s[max(0, len(s)-3):] }

// isFraction holds for "½" and the like, which the training never saw.
func isFraction(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && size > 1 && unicode.IsNumber(r)
}

// plainText is the token in its own case, with plain quotes.
func plainText(tok *Token) string {
	if isASCII(tok.Text) || !strings.ContainsAny(tok.Text, "‘’“”") {
		return tok.Text
	}
	return plainQuotes.Replace(tok.Text)
}

var plainQuotes = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`)
