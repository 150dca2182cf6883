package extract

import (
	"crosscheck/document"
	"crosscheck/words"
)

// prompt is what a line asks of the next one, or announces: "How many died?",
// "**Money.**" at the head of a paragraph. A fragment behind it answers it.
type prompt struct {
	who asked // what a name would answer
	// of is the name in it, words what else it says; block is where it stands.
	of, words string
	block     int
	// planned is set where it asks of what is to come: "How long will it last?"
	planned bool
	// rest is set behind the first line of the answer.
	rest bool
}

// prompts is what the line leaves for the next one; before is what it was left.
func (r *reader) prompts(l *line, before prompt) prompt {
	const short = 4 // tokens of a heading that runs into its paragraph
	n := len(l.tokens)
	switch {
	case l.sentence.Cell >= 0:
		return prompt{}
	case l.asks():
		p := prompt{who: r.askedIn(l, 0, n), block: l.sentence.Block}
		if !l.asksWho() { // to which a number is no answer
			p.words = l.asked()
		}
		for v := range l.phrases {
			p.planned = p.planned || l.phrases[v].kind == verbGroup && l.planned(v)
		}
		if m := l.name(0, n); m != nil {
			p.of = m.Value.Entity.Name
		}
		return p
	case n <= 2 && len(l.mentions) == 0 && l.sentence.Role != document.Heading && l.words(0, n-1, nil) == "": // "A."
		return before
	case n <= short && l.sentence.Role != document.Heading && len(l.mentions) == 0 && !l.hasVerb() && l.opensBlock():
		return prompt{words: l.words(0, n, nil), block: l.sentence.Block}
	case before.block == l.sentence.Block || before.answers(l.sentence.Block): // the rest of an answer
		return prompt{of: before.of, words: before.words, block: before.block, planned: before.planned, rest: true}
	}
	return prompt{}
}

// opensBlock reports whether a line is the first words of its block or begins a
// line of it: one in the midst of a paragraph, "Splendid.", heads nothing.
func (l *line) opensBlock() bool {
	const most = 16 // bytes of what marks a heading or numbers it
	from := l.doc.Blocks[l.sentence.Block].Start
	for i := l.sentence.Start - 1; i >= from; i-- {
		switch c := l.doc.Text[i]; {
		case c == '\n' && i < l.sentence.Start-1:
			return true
		case l.sentence.Start-i > most, c >= 'a' && c <= 'z', c == '!', c == '?':
			return false
		}
	}
	return true
}

// asksWho reports whether a question begins with "who".
func (l *line) asksWho() bool {
	for i := 0; i < len(l.tokens) && i < 4; i++ {
		if l.tokens[i].Lower == "who" {
			return true
		}
	}
	return false
}

// answers reports whether a line in the block stands where the prompt is answered.
func (p prompt) answers(block int) bool {
	return p.words != "" && block-p.block <= 1
}

// asked is what a question says beside what it asks for: "ticket to moon cost",
// "tall", "died".
func (l *line) asked() string {
	words := ""
	for i, p := range l.phrases {
		switch {
		case p.kind == nounPhrase:
			words = joinWords(words, l.words(p.first, p.last, l.isProper))
		case p.kind == verbGroup && !empty.Has(p.verb.done):
			words = joinWords(words, joinWords(p.verb.done, p.verb.particle))
		case p.kind == other && i > 0 && l.tokens[p.first-1].Lower == "how":
			words = joinWords(words, l.tokens[p.first].Lower)
		}
	}
	return words
}

// empty are verbs, by participle, that a question has for its form.
var empty = words.NewSet("been done had")
