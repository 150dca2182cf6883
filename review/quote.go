package review

import (
	"strings"

	"crosscheck/desk"
)

// quoted is a quote inside its sentence, and the sentences around that, in pieces
// that follow one another. What is too long to be read is cut where it is farthest
// from the quote.
type quoted struct {
	Before string // sentences before
	Lead   string // of the sentence, before the quote
	Quote  string
	Rest   string // of the sentence, after the quote
	After  string // sentences after
}

// Characters shown of the sentences around, of each side of a sentence, and of a quote.
const (
	maxAround = 200
	maxHalf   = 700
	maxQuote  = 400
)

// quote puts a place's quote into its sentence. A span that does not lie in the
// sentence leaves the quote alone.
func quote(p desk.Place) (q quoted) {
	from, to := p.Span.Start-p.SentenceSpan.Start, p.Span.End-p.SentenceSpan.Start
	q.Quote = p.Quote
	if from >= 0 && to <= len(p.Sentence) && from <= to && p.Sentence[from:to] == p.Quote {
		q.Lead, q.Rest = ending(p.Sentence[:from], maxHalf), beginning(p.Sentence[to:], maxHalf)
	} else if i := strings.Index(p.Sentence, p.Quote); i >= 0 {
		q.Lead, q.Rest = ending(p.Sentence[:i], maxHalf), beginning(p.Sentence[i+len(p.Quote):], maxHalf)
	}
	q.Quote = beginning(q.Quote, maxQuote)
	q.Before, q.After = ending(p.Before, maxAround), beginning(p.After, maxAround)
	return q
}

// maxBeside is how many characters of a sentence a list shows on each side of a quote.
const maxBeside = 70

// beside is the words nearest to a quote, without the bullet or the marks of a
// heading that they may stand behind. Where they are not known it is empty.
func beside(a desk.Answer) (q quoted) {
	i := strings.Index(a.Sentence, a.Quote)
	if i < 0 {
		return q
	}
	lead := strings.ReplaceAll(a.Sentence[:i], "**", "")
	if end, cut := tail(lead, maxBeside); cut {
		_, end, _ = strings.Cut(end, " ") // begin with a whole word
		q.Lead = "…" + visible(end)
	} else {
		q.Lead = visible(strings.TrimLeft(lead, " \t\n•·-*#>|"))
	}
	q.Quote = short(a.Quote, maxBeside)
	q.Rest = strings.ReplaceAll(a.Sentence[i+len(a.Quote):], "**", "")
	if text, cut := head(q.Rest, maxBeside); cut {
		q.Rest = strings.TrimRight(text[:max(0, strings.LastIndexByte(text, ' '))], " ,;:") + "…"
	}
	q.Rest = visible(q.Rest)
	return q
}

// beginning is a text's first n characters, all of them seen.
func beginning(s string, n int) string {
	text, cut := head(s, n)
	if text = visible(text); cut {
		text += "…"
	}
	return text
}

// ending is a text's last n characters, all of them seen.
func ending(s string, n int) string {
	text, cut := tail(s, n)
	if text = visible(text); cut {
		text = "…" + text
	}
	return text
}
