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

// model is the opened table, with the numbers of the tags that are given by rule
// and what the tagger sees in marks and beyond a sentence's ends.
type model struct {
	*perceptron.Model
	marks                    [markCount]view
	number, noun             perceptron.Tag
	start, start2, end, end2 view
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
		m.marks[i] = view{tag: number(marks[i].tag), given: true}
		m.see(&m.marks[i], fixedContext(marks[i].word))
	}
	m.number, m.noun = number("CD"), number("NN")
	m.see(&m.start, fixedContext("-START-"))
	m.see(&m.start2, fixedContext("-START2-"))
	m.see(&m.end, fixedContext("-END-"))
	m.see(&m.end2, fixedContext("-END2-"))
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
	m := open()
	seen := seenViews.Get().(*views)
	defer seenViews.Put(seen)
	// around holds what is seen around tokens[i]: of the token i+n in around[(i+n)%len].
	var around [8]view
	at := func(i int) *view { return &around[uint(i)%uint(len(around))] }
	*at(-2), *at(-1) = m.start, m.start2
	m.look(at(0), seen, tokens, 0)
	m.look(at(1), seen, tokens, 1)
	before, before2 := m.Start(), m.Start2()
	for i := range tokens {
		m.look(at(i+2), seen, tokens, i+2)
		v := at(i)
		tag := v.tag
		if !v.given {
			tag = m.Predict(before, before2, &[perceptron.Features]perceptron.Run{
				m.Find(perceptron.TagAndWord.OfPair(m.NameHash(before), v.word)),
				v.own[0], v.own[1], v.own[2],
				at(i - 2).asBefore2, at(i - 1).asBefore[0], at(i - 1).asBefore[1],
				at(i + 1).asAfter[0], at(i + 1).asAfter[1], at(i + 2).asAfter2,
			})
		}
		tokens[i].Tag = m.Name(tag)
		before2, before = before, tag
	}
}

// isYear holds for four digits; a sign counts as one, as in the training.
func isYear(s string) bool {
	if len(s) != 4 || !isDigit(s[0]) && s[0] != '-' && s[0] != '+' {
		return false
	}
	return isDigit(s[1]) && isDigit(s[2]) && isDigit(s[3])
}

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
