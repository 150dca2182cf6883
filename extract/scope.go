package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// What narrows a value beside its subject: the names that take part in it, and
// the part, the term and the places that it is said of.

// partners are the names that take part in a value's claim: those of the
// subject and object, and those nearer to this value than to another one of
// its kind ("with Mexico in 2000, and Panama in 2018").
func (l *line) partners(i int, at place, subjectName string) []string {
	var out []string
	if r := l.subjectOf(at.verb); !r.empty() {
		out = entityNames(l.names(l.phrases[r.first].first, l.phrases[r.last-1].last))
	}
	c := l.clause(at.verb)
	first, last := l.phrases[c.first].first, l.phrases[c.last-1].last
	siblings := 0
	for j := range l.mentions {
		o := &l.mentions[j]
		if j == i || kindOf(*o) != kindOf(l.mentions[i]) || o.first < l.phrases[at.verb].last || o.first < first || o.first >= last {
			continue
		}
		siblings++
		if j < i {
			first = o.last
		}
	}
	if siblings > 0 && l.mentions[i].first >= l.phrases[at.verb].last {
		last = l.mentions[i].last
		if o := l.objectOf(at.verb); !o.empty() && l.phrases[o.first].first < first {
			for _, n := range entityNames(l.names(l.phrases[o.first].first, min(l.phrases[o.last-1].last, first))) {
				out = appendNew(out, n)
			}
		}
	}
	depth := 0
	for t := first; t < last; t++ {
		switch l.phrases[l.of[t]].kind {
		case opens:
			depth++
		case closes:
			depth = max(depth-1, 0)
		}
		if depth == 0 && l.isName(t) {
			m := &l.mentions[l.within[t]]
			out = appendNew(out, m.Value.Entity.Name)
			t = m.last - 1
		}
	}
	if subjectName != "" && len(out) > 0 && out[0] != subjectName {
		for k, n := range out {
			if n == subjectName {
				copy(out[1:k+1], out[:k])
				out[0] = n
			}
		}
	}
	return out
}

// scope lists what narrows a value: the bracket behind it, the term it runs
// over, the places of its clause.
func (l *line) scope(i int, at place) []string {
	var out []string
	m := &l.mentions[i]
	for p := at.phrase + 1; p < len(l.phrases) && p <= at.phrase+4; p++ {
		switch l.phrases[p].kind {
		case opens:
			if c := l.closing(p); c > p+1 && c-p < 12 && !l.onlyValue(p, c) {
				out = append(out, l.plain(l.phrases[p].last, l.phrases[c].first))
			}
		case verbGroup, stop, binder, comma:
			p = len(l.phrases)
		}
	}
	if m.last < len(l.tokens) && m.Kind != claim.Duration {
		for j := i + 1; j < len(l.mentions) && l.mentions[j].first <= m.last+2; j++ {
			if o := &l.mentions[j]; o.Kind == claim.Duration && o.first > 0 && l.tokens[o.first-1].Tag == "IN" {
				out = append(out, l.plain(o.first-1, o.last))
			}
		}
	}
	if m.Kind == claim.Date {
		return out
	}
	if which := l.which(at); which != "" {
		out = append(out, which)
	}
	lo, hi := 0, len(l.phrases)
	if at.verb >= 0 {
		c := l.clause(at.verb)
		lo, hi = c.first, c.last
	}
	for p := lo; p+1 < hi; p++ {
		if l.phrases[p].kind != preposition || l.phrases[p+1].kind != nounPhrase || !places.Has(l.tokens[l.phrases[p].first].Lower) {
			continue
		}
		for _, n := range l.names(l.phrases[p+1].first, l.phrases[p+1].last) {
			if n.Kind == claim.Place {
				out = appendNew(out, n.Value.Entity.Name)
			}
		}
	}
	return out
}

// which tells one of a row from the others: "the first quake", "the second
// agreement", where a value is of that, or hangs on it.
func (l *line) which(at place) string {
	r := run{at.phrase, at.phrase + 1}
	if at.governor >= 0 {
		r.first = at.governor
	}
	if which := l.ordinalIn(r); which != "" || at.verb < 0 || at.role == subject {
		return which
	}
	return l.ordinalIn(l.subjectOf(at.verb))
}

// ordinalIn is the ordinal with the noun that it counts off in the phrases of r,
// or "". "The first 30 boats" counts boats, and "a third time" is no third thing.
func (l *line) ordinalIn(r run) string {
	for p := r.first; p < r.last; p++ {
		f := l.phrases[p]
		for t := f.first; t+1 < f.last; t++ {
			k := l.within[t]
			if k < 0 || l.mentions[k].Kind != claim.Ordinal || l.mentions[k].last != t+1 || l.within[t+1] >= 0 || !strings.HasPrefix(l.tokens[f.last-1].Tag, "NN") {
				continue
			}
			if noun := l.tokens[f.last-1].Lower; l.tokens[f.last-1].Tag == "NN" && l.within[f.last-1] < 0 && noun != "time" && noun != "place" {
				return l.tokens[t].Lower + " " + noun
			}
		}
	}
	return ""
}

// onlyValue reports whether the bracket from phrase p to phrase c holds nothing
// but a quantity, the same value said again.
func (l *line) onlyValue(p, c int) bool {
	m := l.within[l.phrases[p].last]
	return m >= 0 && l.mentions[m].Kind.IsQuantity() && l.mentions[m].last == l.phrases[c].first
}

var places = words.NewSet("in at near across throughout inside around")
