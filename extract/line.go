package extract

import (
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/token"
	"crosscheck/words"
)

// line is one sentence with everything that was read in it: what the frames,
// which turn mentions into claims, look at.
type line struct {
	doc      *document.Document
	sentence *token.Sentence
	tokens   []token.Token
	mentions []mention // in order of position, none overlapping
	phrases  []phrase
	of       []int // token → its phrase
	within   []int // token → the mention it is part of, or -1
	subjects []run // verb group → its subject, see subjectOf
	voice    voice // who says it
	hasDate  bool  // whether a mention is a date
	// named and spelled are memory for what names and words give.
	named   []mention
	spelled []byte
}

// mention is a claim.Mention with the tokens it covers, [first, last).
type mention struct {
	claim.Mention
	first, last int
	// saying marks a date that says when something was said or published: it is
	// no answer to when it happened.
	saying bool
	// life marks a date in brackets behind a name, which says when its bearer was
	// born or died and dates nothing else.
	life bool
	// verb is the verb group that governs a date, or -1; sayings sets it.
	verb int
	// against is the token behind the "than" or "against" that a date is told
	// with, or 0: it dates only what follows that.
	against int
}

// newLine lines up the mentions of a sentence with its tokens and cuts it into
// phrases. Mentions that cover no whole token are left out.
func newLine(d *document.Document, s *token.Sentence, found []claim.Mention) *line {
	l := new(line)
	l.layOut(d, s, found)
	return l
}

// layOut makes a line what newLine returns, in the memory that it has already.
func (l *line) layOut(d *document.Document, s *token.Sentence, found []claim.Mention) {
	n := len(s.Tokens)
	*l = line{
		doc: d, sentence: s, tokens: s.Tokens, mentions: l.mentions[:0], phrases: l.phrases[:0], subjects: l.subjects[:0],
		named: l.named[:0], spelled: l.spelled,
		of: slices.Grow(l.of[:0], n)[:n], within: slices.Grow(l.within[:0], n)[:n],
	}
	for i := range l.within {
		l.within[i] = -1
	}
	at := 0
	for _, f := range found {
		for at < len(s.Tokens) && s.Tokens[at].End <= f.Start {
			at++
		}
		if at == 0 && f.Kind.IsName() && l.isTurn() { // "A. Dr Lind" answers
			if at = l.turn(); at >= n || f.End <= s.Tokens[at].Start || f.Value.Entity == nil || l.asks() {
				at = 0
				continue
			}
			f.Start = s.Tokens[at].Start
			f.Value.Entity = &claim.Entity{Name: oneLine(f.Of(d.Text)), Type: f.Kind}
		}
		first := at
		for at < len(s.Tokens) && s.Tokens[at].Start < f.End {
			l.within[at] = len(l.mentions)
			at++
		}
		if at > first {
			l.hasDate = l.hasDate || f.Kind == claim.Date
			l.mentions = append(l.mentions, mention{Mention: f, first: first, last: at})
		}
	}
	l.mend()
	l.unmask()
	l.cut()
	l.link()
}

// names returns the names in the tokens [first, last), by canonical name and
// without repeats. They are valid as long as the line.
func (l *line) names(first, last int) []mention {
	from := len(l.named)
	for i := first; i < last; i++ {
		m := l.within[i]
		if m < 0 {
			continue
		}
		if l.mentions[m].Kind.IsName() {
			l.named = append(l.named, l.mentions[m])
		}
		i = l.mentions[m].last - 1
	}
	return l.named[from:len(l.named):len(l.named)]
}

// name returns the first name in the tokens [first, last), or nil.
func (l *line) name(first, last int) *mention {
	for i := first; i < last; i++ {
		if m := l.within[i]; m >= 0 {
			if l.mentions[m].Kind.IsName() {
				return &l.mentions[m]
			}
			i = l.mentions[m].last - 1
		}
	}
	return nil
}

// words joins the content of the tokens [first, last) in lower case: what is
// said of, or counted, in them. Articles, possessives, quantities, dates and
// whatever drop says are left out.
func (l *line) words(first, last int, drop func(i int) bool) string {
	b, only := l.spelled[:0], "" // only is the word, as long as there is but one
	pending := ""                // "of" and "and" stay only with what they bring
	for i := first; i < last; i++ {
		t := &l.tokens[i]
		if m := l.within[i]; m >= 0 && !l.mentions[m].Kind.IsName() || drop != nil && drop(i) {
			pending = ""
			continue
		}
		switch t.Tag {
		case "DT", "PDT", "PRP$", "POS", "PRP", "WDT", "WP", "WP$", "RB", "RBR", "(", ")", ",", ":", ".", "``", "''", "$", "#", "-", "CD":
			continue
		}
		if fillers.Has(t.Lower) {
			continue
		}
		if t.Tag == "IN" || t.Tag == "TO" || t.Tag == "CC" {
			pending = t.Lower
			continue
		}
		for _, w := range [...]string{pending, t.Lower} {
			switch {
			case w == "" || w == pending && len(b) == 0:
				continue
			case len(b) == 0:
				only = w
			default:
				b, only = append(b, ' '), ""
			}
			b = append(b, w...)
		}
		pending = ""
	}
	l.spelled = b
	if only != "" {
		return only
	}
	return string(b)
}

// joinWords puts two runs of words side by side, without saying the end of the
// first again.
func joinWords(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case strings.HasSuffix(a, " "+b) || a == b:
		return a
	}
	return a + " " + b
}

// fillers are words that stand with a thing and do not tell which it is.
var fillers = words.NewSet("some other such own several various many same certain further more additional overall only worth how")

// isName tells words to leave names out.
func (l *line) isName(i int) bool {
	m := l.within[i]
	return m >= 0 && l.mentions[m].Kind.IsName()
}

// tokenSpan is the span of the text that the tokens [first, last) cover.
func (l *line) tokenSpan(first, last int) document.Span {
	return document.Span{Start: l.tokens[first].Start, End: l.tokens[last-1].End}
}
