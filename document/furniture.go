package document

import (
	"strings"
	"unicode"
)

// furnish turns into furniture what surrounds an article. It goes by the shape
// of the text and by where it stands, in this order: what the page's own marks
// say, sections that hold only links, runs that look like menus wherever they
// stand, and at the edges of the page what is less sure. When in doubt it is
// prose. A line that says when the article was published gives that day to
// d.Meta before it goes.
func furnish(d *Document, parts []part) {
	for i := range parts {
		p := &parts[i]
		if p.chrome && p.Role != FrontMatter {
			p.Role = Furniture
		}
		sh := p.look(d.Text)
		if p.Role == Paragraph && (linkDense(p) || sh.isFurniture(false) || !hasWord(p.Of(d.Text))) {
			p.Role = Furniture
		}
	}
	dropLinkSections(d, parts)
	dropMenus(parts)
	first, last := body(parts)
	for i := range parts {
		p, sh := &parts[i], parts[i].seen
		if p.Role != Paragraph && p.Role != Heading || i >= first && i <= last {
			continue
		}
		above := i < first
		switch {
		case p.Role == Heading && p.sure:
			// what is marked as a heading is one
		case p.Role == Heading && !above:
			p.Role = Paragraph // it heads no sentence
			if sh.isFurniture(true) || isTeaser(parts, i) {
				p.Role = Furniture
			}
		case p.Role == Heading && (sh.isFurniture(false) || sh.isByline()):
			p.Role = Furniture
		case p.Role == Paragraph && (sh.isFurniture(true) || above && sh.isByline()):
			p.Role = Furniture
		case p.Role == Paragraph && !above && isTeaser(parts, i):
			p.Role = Furniture
		}
	}
	if d.Meta.Published == "" {
		d.Meta.Published = published(d, parts, first)
	}
}

// linkDense reports whether nearly all the words of a paragraph of an HTML page
// are links and do not make a sentence: a menu, a list of other articles.
func linkDense(p *part) bool {
	return p.linked*10 >= p.Len()*7 && p.linked > 0 && !p.seen.isSentence()
}

// hasWord reports whether there is a letter or a digit in s.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// dropLinkSections makes furniture of sections such as "See also": the heading
// and what stands under it, up to the next heading that is not below it or the
// next sentence of prose.
func dropLinkSections(d *Document, parts []part) {
	for i := 0; i < len(parts); i++ {
		p := &parts[i]
		lone := p.Role == Paragraph && parts[i].seen.words <= 5
		if p.Role != Heading && !lone && p.Role != Furniture || p.Len() > 60 || !isLinkSection(d.Words(p.Block)) {
			continue
		}
		end := i + 1
		for end < len(parts) {
			q := &parts[end]
			if q.Role == Heading && (p.Role != Heading || q.Level <= p.Level) || q.Role == TableRow {
				break
			}
			if q.Role == Paragraph && parts[end].seen.isSentence() && parts[end].seen.words >= 12 && q.linked*2 < q.Len() {
				break
			}
			end++
		}
		if end == i+1 && p.Role == Heading && end < len(parts) {
			continue // it heads prose or a table: an article's own section
		}
		for ; i < end; i++ {
			parts[i].Role = Furniture
		}
		i--
	}
}

// dropMenus makes furniture of HTML lists that are menus: all their items are
// short, and they are links, or stand above the article's first heading, or
// stand last with nothing that leads up to them.
func dropMenus(parts []part) {
	seenHeading, seenProse := false, false
	for i := 0; i < len(parts); {
		if parts[i].Role != ListItem || !parts[i].menu {
			seenHeading = seenHeading || parts[i].Role == Heading
			seenProse = seenProse || parts[i].Role == Paragraph && parts[i].seen.isSentence()
			i++
			continue
		}
		end, words, linked, length, stops := i, 0, 0, 0, 0
		for end < len(parts) && parts[end].Role == ListItem {
			words += parts[end].seen.words
			linked += parts[end].linked
			length += parts[end].Len()
			if parts[end].seen.isSentence() {
				stops++
			}
			end++
		}
		n := end - i
		short := words <= 6*n && stops == 0
		links := linked*10 >= length*8 && stops*2 <= n
		above := short && !seenHeading && !seenProse && headingFollows(parts[end:])
		below := short && seenProse && onlyFurniture(parts[end:]) && !leadsUp(parts[:i])
		if links || above || below {
			for ; i < end; i++ {
				parts[i].Role = Furniture
			}
		}
		i = end
	}
}

func headingFollows(rest []part) bool {
	for _, p := range rest {
		if p.Role == Heading {
			return true
		}
		if p.Role != Furniture {
			return false
		}
	}
	return false
}

// onlyFurniture reports whether something follows, and it is all furniture.
func onlyFurniture(rest []part) bool {
	for _, p := range rest {
		if p.Role != Furniture {
			return false
		}
	}
	return len(rest) > 0
}

// leadsUp reports whether what stands above a list introduces it: a heading, a
// short paragraph without a stop, one that ends in a colon.
func leadsUp(above []part) bool {
	for i := len(above) - 1; i >= 0; i-- {
		switch above[i].Role {
		case Furniture:
			continue
		case Paragraph:
			return !above[i].seen.isSentence()
		}
		return true
	}
	return false
}

// body gives the first and the last part that are surely the article's:
// sentences, items, rows.
func body(parts []part) (first, last int) {
	first, last = len(parts), -1
	for i, p := range parts {
		solid := p.Role == ListItem || p.Role == TableRow || p.Role == Paragraph && parts[i].seen.isSentence() && parts[i].seen.words >= 8
		if !solid {
			continue
		}
		first, last = min(first, i), i
	}
	if last < 0 { // fragments only: all of it may be the article
		return 0, len(parts) - 1
	}
	return first, last
}

// isTeaser reports whether a part below the last sentence is a headline of
// another article: such lines come several at a time, and break off or name
// their site behind a bar.
func isTeaser(parts []part, i int) bool {
	if sh := parts[i].seen; sh.stop || sh.words > 40 {
		return false
	}
	const near = 3
	teasers := 0
	for j := max(0, i-near); j <= min(i+near, len(parts)-1); j++ {
		sh := parts[j].seen
		headline := sh.words >= 4 && sh.words <= 40 && sh.label == 0 && sh.counters == 0
		if headline && parts[j].Role != FrontMatter && (sh.truncated || sh.bars == 1) {
			teasers++
		}
	}
	return teasers >= 2
}
