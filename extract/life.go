package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
)

// Works of reference put the days of a life in brackets behind the name: "Ada
// Holm (3 May 1851 – 9 June 1920) was", "Ada Holm (born Ada Berg; 3 May 1851)".

// Two dates with a dash between are those of a life where they lie so many years
// apart; years alone may as well be those of an office.
const (
	shortestLife = 16
	shortestSpan = 30
	longestLife  = 115
)

// lifeDay is a date of a life, at its place.
type lifeDay struct {
	done   string // "born" or "died"
	period claim.Period
	span   document.Span
}

// life reads a date in brackets behind a name as days of its bearer's life.
func (l *line) life(i int) (who *mention, days []lifeDay) {
	m := &l.mentions[i]
	open := l.bracketBefore(m.first)
	if open < 1 {
		return nil, nil
	}
	n := l.within[open-1]
	if n < 0 || !l.mentions[n].Kind.IsName() {
		return nil, nil
	}
	who = &l.mentions[n]
	p := *m.Value.Period
	said := m.Of(l.doc.Text)
	if dash := strings.IndexAny(said, "–—-"); dash > 0 && m.last < len(l.tokens) && l.closes(m.last) && p.From != 0 && p.To != 0 {
		first, last := strings.TrimRight(said[:dash], " "), strings.TrimLeft(said[dash:], "–—- ")
		from, to := toldBy(first, p.From), toldBy(last, p.To)
		if !isLife(from, to, who) {
			return nil, nil
		}
		return who, []lifeDay{{"born", from, document.Span{Start: m.Start, End: m.Start + len(first)}}, {"died", to, document.Span{Start: m.End - len(last), End: m.End}}}
	}
	done := ""
	switch {
	case i+1 < len(l.mentions) && l.dashed(m, &l.mentions[i+1]) && isLife(p, *l.mentions[i+1].Value.Period, who):
		done = "born"
	case i > 0 && l.dashed(&l.mentions[i-1], m) && isLife(*l.mentions[i-1].Value.Period, p, who):
		done = "died"
	}
	for t := open + 1; t < m.first && done == ""; t++ {
		switch l.tokens[t].Lower {
		case "born", "b.", "b", "née", "né":
			done = "born"
		case "died", "d.", "d":
			done = "died"
		}
	}
	if done == "" {
		return nil, nil
	}
	return who, []lifeDay{{done, p, m.Span}}
}

// lived makes claims of the days of a life.
func (r *reader) lived(l *line, i int) {
	who, days := l.life(i)
	for _, d := range days {
		c := claim.Claim{Kind: claim.KindDate, Subject: who.Value.Entity.Name, Attribute: d.done, Value: claim.Value{Period: &d.period}, Polarity: claim.Affirmed}
		r.add(l, d.span, c, l.mentions[i].Rule+" "+ofLife.ID(), -1, l.mentions[i].first)
	}
}

// isLife reports whether two dates can be the ends of a bearer's life.
func isLife(from, to claim.Period, who *mention) bool {
	if from.From == 0 || to.To == 0 {
		return false
	}
	years := to.To.Time().Year() - from.From.Time().Year()
	exact := from.From == from.To && to.From == to.To
	return years <= longestLife && (exact && years >= shortestLife || years >= shortestSpan && who.Kind == claim.Person)
}

// dashed reports whether nothing but a dash stands between two dates, and a
// bracket closes behind them.
func (l *line) dashed(a, b *mention) bool {
	if a.Kind != claim.Date || b.Kind != claim.Date || a.Value.Period == nil || b.Value.Period == nil || a.last+1 != b.first || b.last >= len(l.tokens) || !l.closes(b.last) {
		return false
	}
	switch l.tokens[a.last].Text {
	case "-", "–", "—", "--":
		return true
	}
	return false
}

// bracketBefore is the token of the round bracket that is open at a token, -1
// where there is none near.
func (l *line) bracketBefore(at int) int {
	const most = 24
	depth := 0
	for t := at - 1; t >= max(0, at-most); t-- {
		switch l.tokens[t].Text {
		case ")", "]":
			depth++
		case "[":
			depth--
		case "(":
			if depth--; depth < 0 {
				return t
			}
		}
	}
	return -1
}

// closes reports whether a round bracket closes at a token.
func (l *line) closes(at int) bool { return l.tokens[at].Text == ")" }

// toldBy is the day, month or year of a day that words such as "3 May 1851",
// "May 1851" and "1851" tell.
func toldBy(words string, day claim.Day) claim.Period {
	numbers, letters := 0, false
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" ,.", r) }) {
		if w[0] >= '0' && w[0] <= '9' {
			numbers++
		} else {
			letters = true
		}
	}
	t := day.Time()
	switch {
	case numbers == 0:
		return claim.Period{} // "May": the year stands behind the dash
	case !letters && numbers == 1:
		return claim.Year(t.Year())
	case numbers == 1:
		return claim.Month(t.Year(), t.Month())
	}
	return claim.Period{From: day, To: day}
}
