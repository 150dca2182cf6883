// Package sentence cuts a document into sentences of tagged tokens.
//
// In comes a [document.Document] with its blocks; out come its sentences in
// order, none overlapping another. A sentence stays inside its block, but where
// a scraper broke one in two. There is no model in it: a stop ends a sentence or
// does not by what the word before it is (the lists of abbreviations in package
// token) and by how the word after it is written (boundary.go).
package sentence

import (
	"context"
	"strings"
	"unicode/utf8"

	"crosscheck/document"
	"crosscheck/extract/token"
)

// Longest is the number of tokens at which a sentence is cut, whatever follows:
// a run as long as that is a dump of data or noise, and no statement.
const Longest = 2000

// Split cuts a document into sentences. Front matter has none; a cell of a
// table row is one of its own. White space, and markup that leads or trails,
// are outside of them, but for the bullet or number of a list's item: that is in
// its sentence's span, though not among its tokens. It returns an error only
// when ctx is done.
func Split(ctx context.Context, d *document.Document) ([]token.Sentence, error) {
	return new(Slabs).Split(ctx, d)
}

func (s *splitter) split(ctx context.Context) error {
	d := s.doc
	for i := 0; i < len(d.Blocks); {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch block := &d.Blocks[i]; block.Role {
		case document.FrontMatter:
			i++
		case document.TableRow:
			s.row(i)
			i++
		default:
			i = s.flow(i)
		}
	}
	return nil
}

// splitter collects the sentences of one document.
type splitter struct {
	doc   *document.Document
	out   []token.Sentence
	run   []token.Token // the tokens of the blocks in hand; used again for the next
	slab  []token.Token // where the tokens of finished sentences are kept, many to an allocation
	slabs *Slabs
}

// row makes each cell of a table row a sentence. One that is too long is cut off.
func (s *splitter) row(i int) {
	block := &s.doc.Blocks[i]
	markup := block.Markup
	for column, cell := range block.Cells {
		for len(markup) > 0 && markup[0].End <= cell.Start {
			markup = markup[1:]
		}
		s.run = token.Tokenize(s.doc.Text, cell, markup, s.run[:0])
		if len(s.run) > 0 {
			s.keep(s.run[:min(len(s.run), Longest)], s.run[0].Start, i, column)
		}
	}
}

// flow cuts block i, and the blocks that it runs on into, into sentences. It
// returns the number of the block after them.
func (s *splitter) flow(i int) int {
	first := i
	s.run = s.run[:0]
	for {
		block := &s.doc.Blocks[i]
		begun := len(s.run)
		s.run = token.Tokenize(s.doc.Text, block.Span, withoutNumber(s.doc.Text, block), s.run)
		i++
		if begun > 0 && begun < len(s.run) {
			s.run[begun].Space = true // the tokenizer saw a text's beginning
		}
		if !s.runsOn(i, s.run[begun:]) {
			break
		}
	}
	c := cutter{text: s.doc.Text, tokens: s.run, lines: layOut(s.doc.Text, s.run)}
	block := first
	for start := 0; start < len(s.run); {
		first, end := c.sentence(start)
		for block+1 < i && s.doc.Blocks[block+1].Start <= s.run[start].Start {
			block++
		}
		from := s.run[start].Start
		if b := &s.doc.Blocks[block]; start == 0 && b.Role == document.ListItem {
			from = b.Start // its bullet or number
		}
		s.keep(s.run[first:end], from, block, -1)
		start = end
	}
	return i
}

// withoutNumber is a block's markup without the number of a list's item, which
// is read as words here: it belongs to the sentence, and shows how a list in
// one line goes on.
func withoutNumber(text string, b *document.Block) []document.Span {
	if b.Role != document.ListItem || len(b.Markup) == 0 {
		return b.Markup
	}
	first := b.Markup[0]
	if mark := strings.TrimLeft(first.Of(text), " \t("); first.Start > b.Start || mark == "" || !isWord(mark) {
		return b.Markup
	}
	number := strings.IndexAny(first.Of(text), " \t")
	if number < 0 || strings.TrimSpace(first.Of(text)[number:]) == "" {
		return b.Markup[1:]
	}
	first.Start += number // "1. **": what is behind the number is markup still
	return append([]document.Span{first}, b.Markup[1:]...)
}

// keep tags the tokens of a sentence and stores a copy of them. The sentence
// begins at start, where a list's number may stand before its first token.
func (s *splitter) keep(tokens []token.Token, start, block, cell int) {
	n := len(tokens) + 1 // one more where a last stop is cut off
	if cap(s.slab)-len(s.slab) < n {
		s.slab = s.slabs.next(n)
	}
	at := len(s.slab)
	s.slab = append(s.slab, tokens...)
	s.slab = cutLastStop(s.slab)
	kept := s.slab[at:len(s.slab):len(s.slab)]
	kept[0].Space = false
	token.Tag(kept)
	s.out = append(s.out, token.Sentence{
		Span:   document.Span{Start: start, End: kept[len(kept)-1].End},
		Tokens: kept,
		Block:  block,
		Role:   s.doc.Blocks[block].Role,
		Cell:   cell,
	})
}

// cutLastStop cuts the stop off a last token that only looks like an initial:
// "It is rich in vitamin C." ends in a word and a stop.
func cutLastStop(tokens []token.Token) []token.Token {
	last := &tokens[len(tokens)-1]
	if last.Abbreviation() != token.Initial {
		return tokens
	}
	stop := *last
	last.End--
	last.Text, last.Lower = last.Text[:1], last.Lower[:1]
	stop.Start = last.End
	stop.Text, stop.Lower, stop.Space = ".", ".", false
	return append(tokens, stop)
}

// minBroken is how many tokens a sentence has that was broken in the middle:
// fewer are a signature or a caption.
const minBroken = 6

// runsOn decides whether the paragraph that ends in tokens goes on in block
// next: that begins with a small letter, and this one ends with an
// abbreviation, or in a sentence without a stop that begins with a capital. One
// that does not shows a writer who uses none.
func (s *splitter) runsOn(next int, tokens []token.Token) bool {
	blocks := s.doc.Blocks
	if next >= len(blocks) || blocks[next-1].Role != document.Paragraph || blocks[next].Role != document.Paragraph || len(tokens) == 0 {
		return false
	}
	if !beginsSmall(s.doc.Text, &blocks[next]) {
		return false
	}
	last := len(tokens) - 1
	switch tokens[last].Abbreviation() {
	case token.NoAbbreviation:
	case token.Closing, token.Clock:
		return false
	default:
		return true
	}
	if !isWord(tokens[last].Text) && tokens[last].Text != "," {
		return false
	}
	first := last
	for first > 0 && kindOf(&tokens[first-1]) == noStop {
		first--
	}
	return last+1-first >= minBroken && isCapital(tokens[first].Text)
}

// beginsSmall holds where a block's first word starts with a small letter.
func beginsSmall(text string, b *document.Block) bool {
	at := b.Start
	for _, m := range b.Markup {
		if m.Start > at {
			break
		}
		at = max(at, m.End)
	}
	if at >= b.End {
		return false
	}
	for at < b.End && text[at] == ' ' {
		at++
	}
	return isSmall(text[at:b.End])
}

func isSmall(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && isSmallRune(r)
}
