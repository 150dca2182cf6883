// Package extract turns blocks of text into claims.
//
// In comes a [document.Document]; out comes a [Reading]: its sentences, the
// names, quantities and dates they mention, and the claims they make, each by
// a named rule and at its place in the text. It needs no network, no database
// and no clock.
//
// A text passes through in four steps, each a package or a file of its own:
// sentence cuts it into sentences of tagged tokens; date, quantity and name
// find mentions in them; line, phrase and clause find who does what; value,
// fragment, role, relation and predicate put the two together into claims.
package extract

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/date"
	"crosscheck/extract/name"
	"crosscheck/extract/quantity"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/sentence"
	"crosscheck/extract/token"
)

// Sentence is a span of the text that makes one statement, and its block's role.
type Sentence struct {
	document.Span
	Role document.Role
}

// Reading is everything that was read out of one document, in order of position.
type Reading struct {
	Sentences []Sentence
	Mentions  []claim.Mention
	// Claims are the claims where they appear. Document and Version are left
	// to the caller, who knows them.
	Claims []claim.Appearance
}

// Context is what is known of a document from outside its text.
type Context struct {
	// Published is the day of publication, from which "last month" counts; the
	// zero Day where it is not known.
	Published claim.Day
}

// Read reads one document. It returns an error only when ctx is done.
func Read(ctx context.Context, d *document.Document, c Context) (*Reading, error) {
	var slabs sentence.Slabs
	defer slabs.GiveBack() // what is read points to the text alone
	sentences, err := slabs.Split(ctx, d)
	if err != nil {
		return nil, err
	}
	own := spare.Get().(*scratch)
	defer spare.Put(own)
	r := &reader{out: &Reading{Sentences: whole(d, sentences)}, claims: own.claims[:0], said: c.Published, rows: map[int][]*line{}, size: map[int]int{}, incumbents: incumbents{}, deeds: map[string]string{}}
	prose := slices.DeleteFunc(sentences, func(s token.Sentence) bool {
		return s.Role == document.Furniture || s.Role == document.FrontMatter || len(s.Tokens) >= sentence.Longest
	})
	names := name.Find(d, prose)
	habit := numeral.HabitOf(d.Text)
	r.habit = habit
	own.dates.Begin(d.Text, date.Context{Published: c.Published})
	r.out.Mentions = make([]claim.Mention, 0, expected(names))
	upTo := make([]int, len(prose)+1) // how many mentions there are before each sentence
	kept := make([]*line, len(prose)) // headings and cells, which other lines look up
	for i := range prose {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := &prose[i]
		dates := own.dates.Find(s)
		own.quantities = quantity.AppendIn(own.quantities[:0], d.Text, s, own.dates.Last(), dates, habit)
		r.out.Mentions = merge(d.Text, r.out.Mentions, dates, own.quantities, names[i])
		upTo[i+1] = len(r.out.Mentions)
		switch {
		case s.Role != document.Heading && s.Cell < 0:
			continue
		case isNoise(s.Tokens): // what others look up must be short
			kept[i] = &line{doc: d, sentence: s}
		default:
			kept[i] = newLine(d, s, r.out.Mentions[upTo[i]:])
		}
		if s.Cell >= 0 {
			r.rows[s.Block] = append(r.rows[s.Block], kept[i])
			r.size[s.Block] += len(s.Tokens)
		}
	}
	r.topic = topicOf(d, kept)
	for i := range prose {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		l := kept[i]
		if l == nil {
			l = &own.line
			l.layOut(d, &prose[i], r.out.Mentions[upTo[i]:upTo[i+1]])
		}
		r.read(l)
	}
	r.out.Claims = inOrder(r.claims)
	clear(r.claims) // that the text of one document is not kept for the next
	own.claims = r.claims
	return r.out, nil
}

// scratch is memory that passes from one document to the next.
type scratch struct {
	claims     []claim.Appearance // as they are found
	line       line               // each line that no other line looks up
	dates      date.Finder
	quantities []claim.Mention // of the sentence in hand
}

var spare = sync.Pool{New: func() any { return new(scratch) }}

// inOrder is a copy of claims in order of position, those at one place as they are.
func inOrder(claims []claim.Appearance) []claim.Appearance {
	from := make([]int, len(claims)) // claims are large: each is moved once
	for i := range from {
		from[i] = i
	}
	slices.SortStableFunc(from, func(a, b int) int {
		one, two := &claims[a].Span, &claims[b].Span
		return cmp.Or(cmp.Compare(one.Start, two.Start), cmp.Compare(one.End, two.End))
	})
	out := make([]claim.Appearance, len(claims))
	for i, at := range from {
		out[i] = claims[at]
	}
	return out
}

// expected is about how many mentions a text with these names has.
func expected(names [][]claim.Mention) int {
	n := len(names) / 2
	for i := range names {
		n += len(names[i])
	}
	return n + n/2
}

// reader is one pass over a document's lines.
type reader struct {
	out    *Reading
	claims []claim.Appearance // in the order in which they are found
	said   claim.Day
	topic  topic
	rows   map[int][]*line // a table row's cells, by block
	size   map[int]int     // a table row's tokens, by block
	// person, thing and many are what "she", "it" and "they" in the next line can
	// stand for.
	person, thing, many string
	// deeds are the things that each deed was last done to, by participle; deed
	// is the last of them, for "did so".
	deeds      map[string]string
	deed       string
	incumbents incumbents
	paper      string // what was last spoken of that one signs
	// prompt is what the line before asks or announces.
	prompt prompt
	// last is what the last value leaves to one that says less; sentences counts
	// those read so far.
	last      carried
	sentences int
	habit     numeral.Habit
	// currency is that of the last sum of money; coins are those of sums by the
	// name of the coin, once one is asked for.
	currency string
	coins    map[string]string
	// sole is the currency of all sums, "" where they have several, once looked.
	sole   string
	looked bool
	// scaledMoney is whether all that is told in millions is money, once looked.
	scaledMoney, scaledLooked bool
	// scale is the power of ten that the last sum was told in, sum how much that
	// was, scaleAt its block.
	scale   int32
	sum     decimal.Decimal
	scaleAt int
}

// longest is the number of tokens beyond which a run of text is a list or
// noise and no sentence: its mentions stand, but nothing is claimed.
const longest = 400

// The like bounds on the bytes of a line's words and the tokens of a table's
// row: what a claim takes from around it is a bounded amount of work and memory.
const (
	longestWords = 20 * longest
	longestRow   = 4 * longest
)

func isNoise(tokens []token.Token) bool {
	if len(tokens) > longest {
		return true
	}
	size := 0
	for i := range tokens {
		size += tokens[i].Len()
	}
	return size > longestWords
}

// A line of figures is one of more values than any sentence has, or of several
// that make up most of it: a row without its table, of which nothing is said.
// Each claim looks along its line, and so they are what keeps its time bounded.
const (
	mostValues = 40 // in a sentence; prose has a dozen at most
	aFewValues = 6  // from here on two values for every three other tokens are too many
)

func (l *line) isFigures() bool {
	values := 0
	for i := range l.mentions {
		if !l.mentions[i].Kind.IsName() {
			values++
		}
	}
	return values > mostValues || values >= aFewValues && 5*values >= 2*len(l.tokens)
}

func (r *reader) read(l *line) {
	if l.doc.Blocks[l.sentence.Block].IsHeader || isNoise(l.sentence.Tokens) || r.size[l.sentence.Block] > longestRow {
		return // a header names its columns
	}
	if l.isDateline() || l.isFigures() {
		return
	}
	r.sentences++
	l.voice = l.voiceOf()
	l.sayings()
	r.values(l)
	first := len(r.claims)
	r.roles(l)
	r.relations(l)
	r.nominals(l)
	r.works(l)
	r.sited(l)
	r.based(l)
	r.missing(l)
	r.ranks(l)
	r.labels(l)
	r.parts(l, first)
	r.referents(l)
}

// isDateline reports whether a line says where and when a report was written,
// and no more: "LIMA, May 3 2019 (Sierra Wire) -".
func (l *line) isDateline() bool {
	switch l.tokens[len(l.tokens)-1].Text {
	case "-", "–", "—", "--":
		return len(l.tokens) > 1 && !l.hasVerb() && l.sentence.Role == document.Paragraph
	}
	return false
}

// add records a claim at its place. verb is the verb group that governs it, or -1.
func (r *reader) add(l *line, span document.Span, c claim.Claim, rule claim.RuleID, verb, at int) {
	vo := l.voice
	a := claim.Appearance{
		Claim: c, Span: span, Quote: span.Of(l.doc.Text), SentenceSpan: l.sentence.Span,
		Said: cmp.Or(vo.said, r.said), Rule: rule, Modality: l.modality(vo, at, verb),
	}
	if l.sentence.Cell >= 0 {
		a.SentenceSpan = l.doc.Blocks[l.sentence.Block].Span
	}
	a.Sentence = a.SentenceSpan.Of(l.doc.Text)
	if at < vo.from || at >= vo.to {
		a.Attribution = vo.attribution
	}
	r.claims = append(r.claims, a)
}

// whole gives back sentences as people see them: the cells of a row are one.
func whole(d *document.Document, sentences []token.Sentence) []Sentence {
	out := make([]Sentence, 0, len(sentences))
	row := -1
	for _, s := range sentences {
		if s.Cell < 0 {
			out = append(out, Sentence{s.Span, s.Role})
			continue
		}
		if s.Block != row {
			out = append(out, Sentence{d.Blocks[s.Block].Span, s.Role})
			row = s.Block
		}
	}
	return out
}

// merge appends to dst the dates, quantities and names of a sentence in order
// of position. Where two overlap the longer one stays ("Unit 8200" is a name).
func merge(text string, dst, dates, quantities, names []claim.Mention) []claim.Mention {
	yield(text, names, dates)
	yield(text, names, quantities)
	from := len(dst)
	dst = append(append(append(dst, dates...), quantities...), names...)
	all := dst[from:]
	slices.SortStableFunc(all, func(a, b claim.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := all[:0]
	for _, m := range all {
		if n := len(out); n > 0 && out[n-1].End > m.Start {
			if m.Len() > out[n-1].Len() {
				out[n-1] = m
			}
			continue
		}
		if m.Start < m.End {
			out = append(out, m)
		}
	}
	return dst[:from+len(out)]
}

// yield cuts from names the values that they begin with: a value that begins
// before a name or with it, in small letters keeps its place and leaves the
// rest ("10-year Plan", "2018 World Cup", but "Six-Day War"). Both are in order.
func yield(text string, names, values []claim.Mention) {
	next := 0
	for _, v := range values {
		for next < len(names) && names[next].End <= v.Start {
			next++
		}
		for i := next; i < len(names) && names[i].Start < v.End; i++ {
			n := &names[i]
			if v.Kind == claim.Date && namesDay(text, v) {
				leave(text, n, v.Span)
				continue
			}
			if v.End == n.End && v.Start == n.Start+len("A. ") && text[n.Start:n.Start+2] == "A." { // an answer, and nobody's initial
				n.Start = n.End
				continue
			}
			if at := n.Start + len(strings.TrimRight(text[n.Start:max(v.Start, n.Start)], " \n")); v.End == n.End && at > n.Start+3 && at < v.Start && strings.HasSuffix(text[:at], " on") {
				n.End = at - len(" on") // "Tarn Foods on Friday"
				n.Value.Entity = &claim.Entity{Name: oneLine(text[n.Start:n.End]), Type: n.Kind}
				continue
			}
			if said := v.Of(text); v.End < n.End && (v.Start < n.Start || n.Value.Entity != nil && said == strings.ToLower(said)) {
				n.Start = n.End - len(strings.TrimLeft(text[v.End:n.End], " \t\r\n,-"))
				n.Value.Entity = &claim.Entity{Name: oneLine(text[n.Start:n.End]), Type: n.Kind}
			}
		}
	}
}

// namesDay reports whether a date is a day of a month in figures, and no word
// before it makes it the beginning of a name ("the 25 January Movement", "Lima's 3 May
// Square").
func namesDay(text string, v claim.Mention) bool {
	p := v.Value.Period
	if p == nil || p.From != p.To || !strings.HasPrefix(string(v.Rule), "date/day") {
		return false
	}
	before := strings.TrimRight(text[max(0, v.Start-5):v.Start], " ")
	return !strings.HasSuffix(before, "the") && !strings.HasSuffix(before, "'s") && !strings.HasSuffix(before, "’s")
}

// leave takes a day out of the name that runs into it: "21 October Dolezal",
// "Decided 26" of "Decided 26 March 2021".
func leave(text string, n *claim.Mention, day document.Span) {
	const about = " \t\r\n,-*_"
	if n.Start >= day.Start {
		n.Start = n.End - len(strings.TrimLeft(text[min(day.End, n.End):n.End], about))
	} else {
		n.End = n.Start + len(strings.TrimRight(text[n.Start:day.Start], about))
	}
	if n.Start < n.End && n.Value.Entity != nil {
		n.Value.Entity = &claim.Entity{Name: oneLine(text[n.Start:n.End]), Type: n.Kind}
	}
}
