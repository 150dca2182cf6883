package document

import (
	"strings"
	"sync"
)

// A shape is what can be seen of a run of text without understanding it: how it
// is cut into pieces, and how many of its words belong to a page rather than to
// an article. It tells "Home | News | 14 comments" from a sentence.
type shape struct {
	words     int
	function  int  // words like "the" and "was", of which sentences are full
	sentences int  // inside it, whole and long enough to be told from fragments
	stop      bool // it ends as a sentence does
	bars      int  // separators that only pages use: | » · // and wide gaps
	dashes    int  // separators that sentences use too: - /
	truncated bool // it ends in "..."
	label     int  // it opens like "Related:" or "Tags:": 3 surely, 2 perhaps
	counters  int  // "41 comments", "page 2 of 6", "4 min read"
	phrases   int  // "follow us", "all rights reserved"
	page      int  // words of menus: login, newsletter, RSS
	phone     bool
	byline    bool // it opens with "by", "posted" or "published"
	by        bool // it holds "by"
	day       string
	dated     bool // it names a day, a month of a year, or a time of day
	beyond    int  // words that are neither part of a date nor a byline's opening
}

// shapeLimit is the length in bytes beyond which a run of text is taken for
// prose without a look: no menu is that long.
const shapeLimit = 1200

// glance gives the shape of s, that of prose if it is too long for anything else.
func glance(s string) shape {
	if len(s) > shapeLimit {
		return shape{words: shapeLimit / 6, function: shapeLimit / 12, sentences: 1, stop: true}
	}
	return shapeOf(s)
}

// rooms are memory for the tokens of one run of text: no run of shapeLimit bytes
// has more.
var rooms = sync.Pool{New: func() any { return new([shapeLimit/2 + 1]token) }}

// shapeOf looks at s, which is at most shapeLimit bytes long.
func shapeOf(s string) shape {
	room := rooms.Get().(*[shapeLimit/2 + 1]token)
	defer rooms.Put(room)
	tokens := tokenise(s, room[:0])
	sh := shapeOfTokens(tokens)
	sh.label = labelOf(s)
	end := strings.TrimRight(s, " \t\r\n\"'”’)]_*")
	sh.truncated = strings.HasSuffix(end, "...") || strings.HasSuffix(end, "…")
	sh.stop = !sh.truncated && (strings.HasSuffix(end, ".") || strings.HasSuffix(end, "!") || strings.HasSuffix(end, "?"))
	return sh
}

// shapeOfTokens is what of a shape its tokens tell.
func shapeOfTokens(tokens []token) shape {
	var sh shape
	words, function := 0, 0 // of the sentence so far
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.bar:
			sh.bars++
			words, function = 0, 0
			continue
		case t.dash:
			sh.dashes++
			continue
		}
		if t.gap && sh.words > 0 {
			sh.bars++
		}
		sh.words++
		words++
		if t.is(functionWord) {
			sh.function++
			function++
		}
		if c := t.raw[len(t.raw)-1]; (c == '.' || c == '!' || c == '?') && len(t.lower) > 1 {
			if words >= 6 && function >= 2 {
				sh.sentences++
			}
			words, function = 0, 0
		}
		sh.by = sh.by || t.lower == "by"
		if t.is(pageWord) {
			sh.page++
		}
		if t.is(countedThing|counterBefore) && isCounter(tokens, i) {
			sh.counters++
		}
		if t.is(phraseWord) && opensPhrase(tokens[i:]) {
			sh.phrases++
		}
		if !sh.phone && t.figure && isPhone(tokens, i) {
			sh.phone = true
		}
	}
	dates := datesIn(tokens)
	sh.day, sh.dated = dates.day, dates.words > 0
	sh.byline = len(tokens) > 0 && tokens[0].is(bylineWord)
	sh.beyond = sh.words - dates.words
	if sh.byline {
		sh.beyond--
	}
	return sh
}

// isSentence reports whether the words are those of running prose: they end in
// a stop, and enough of them are the small words that hold a sentence together.
func (sh *shape) isSentence() bool {
	return sh.stop && sh.words >= 5 && sh.function*5 >= sh.words && sh.bars == 0
}

// points weighs how much a run of text looks like part of a page. Anything a
// sentence might say counts little, and nothing if it is a sentence.
func (sh *shape) points() int {
	if sh.label < 3 && sh.phrases == 0 && sh.isSentence() {
		return 0
	}
	p := sh.label + 2*sh.counters + 2*sh.phrases + min(sh.page, 4)
	if sh.phone {
		p++
	}
	if sh.label > 0 && sh.label < 3 && sh.isSentence() {
		p -= sh.label
	}
	pieces := sh.bars + 1
	switch {
	case sh.bars >= 3 && sh.words <= 4*pieces:
		p += 4
	case sh.bars >= 2 && sh.words <= 7*pieces:
		p += 3
	case sh.bars == 1 && sh.words <= 14:
		p++
	}
	if sh.dashes >= 3 && sh.words <= 6*(sh.dashes+1) {
		p += 2
	}
	if sh.dated && (sh.byline || sh.bars > 0 || sh.counters > 0) {
		p += 2
	}
	if sh.dated && sh.byline && !sh.by {
		p++
	}
	return p
}

// isFurniture reports whether a run of text is part of the page and not of the
// article. At the edge of a page, above the first sentence or below the last,
// less is needed than in the middle.
func (sh *shape) isFurniture(edge bool) bool {
	p := sh.points()
	if edge {
		return p >= 2 && p*8 >= sh.words && (sh.sentences == 0 || p >= 4)
	}
	return (p >= 4 || sh.label >= 3) && p*6 >= sh.words
}

// isByline reports whether a run of text above an article says no more than
// when and by whom it was written: "7 Nov 2025", "By Jane Roe, 3 May 2020".
func (sh *shape) isByline() bool {
	if sh.words > 16 || sh.stop && sh.function > 1 {
		return false
	}
	if sh.dated {
		return sh.beyond <= 2 || sh.byline || sh.by && sh.beyond <= 5
	}
	return sh.byline && sh.words >= 2 && sh.words <= 6 && sh.function <= 1 && !sh.stop
}

// opensPhrase reports whether the tokens open with one of pagePhrases.
func opensPhrase(tokens []token) bool {
next:
	for _, phrase := range pagePhrases[tokens[0].lower] {
		if len(phrase) >= len(tokens) {
			continue
		}
		for i, word := range phrase {
			if tokens[i+1].lower != word {
				continue next
			}
		}
		return true
	}
	return false
}

// isCounter reports whether a count of the page's own things starts or ends at
// token i: "2,751 views", "Comments (12)", "page 3 of 9".
func isCounter(tokens []token, i int) bool {
	t := tokens[i]
	if i+1 < len(tokens) && isNumber(tokens[i+1].lower) {
		if t.is(counterBefore) {
			return true
		}
		if t.is(countedThing) && (strings.HasSuffix(t.raw, ":") || strings.ContainsAny(tokens[i+1].raw, "([")) {
			return true
		}
	}
	if !t.is(countedThing) || i == 0 {
		return false
	}
	before := tokens[i-1].lower
	if (t.lower == "read" || t.lower == "reading") && i >= 2 && (before == "min" || before == "minute" || before == "mins" || before == "minutes") {
		return isNumber(tokens[i-2].lower)
	}
	return t.lower != "read" && isNumber(before)
}

// isPhone reports whether a telephone number starts at token i.
func isPhone(tokens []token, i int) bool {
	digits, groups := 0, 0
	for j := i; j < len(tokens) && j < i+5; j++ {
		word := strings.Trim(tokens[j].raw, ".,;:()")
		n := 0
		for _, c := range word {
			switch {
			case c >= '0' && c <= '9':
				n++
			case c == '-' || c == '+':
			default:
				n = -100
			}
			if n < 0 || n > 15 {
				break
			}
		}
		if n <= 0 || n > 15 {
			break
		}
		digits += n
		groups++
		if strings.Contains(word, "-") && n >= 7 && !isISODay(word) {
			return true
		}
	}
	first := strings.Trim(tokens[i].raw, ".,;:()")
	called := i > 0 && tokens[i-1].is(phoneWord)
	return digits >= 5 && called || groups >= 3 && digits >= 7 && first != "" && (first[0] == '0' || first[0] == '+')
}

func isNumber(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < '0' || c > '9') && c != ',' && c != '.' {
			return false
		}
	}
	return word != ""
}

// labelOf tells whether a text opens with words that pages put before what is
// not the article, closed by a colon or a bar: 3 for words that nothing else
// opens with, 2 for those that a sentence might.
func labelOf(s string) int {
	s = strings.TrimLeft(s, " \t\r\n<>[(#*_\"“")
	label := s[:min(len(s), 60)]
	end := strings.IndexAny(label, ":|»>\n")
	if end >= 0 {
		label = label[:end]
	} else if len(s) > 40 {
		return 0
	}
	label = strings.ToLower(strings.TrimRight(label, " \t\r\n.#0123456789()[]"))
	if weight := labels[label]; weight > 0 {
		return weight
	}
	if end >= 0 {
		for _, opening := range []string{"more from ", "more in ", "also in ", "also on ", "filed under ", "tagged ", "most read in ", "you may also "} {
			if strings.HasPrefix(label, opening) {
				return 3
			}
		}
	}
	return 0
}
