package conflict

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crosscheck/claim"
)

// Rungs that set questions apart: the two values answer different ones.

var changeRung = &rung{
	name:   "level against change",
	intent: "one says how much there is, the other by how much it rose or fell",
	try: func(a, b *answer) outcome {
		p, q := a.Value.Quantity, b.Value.Quantity
		if p.Change == q.Change || p.Change != 0 && q.Change != 0 || p.Per != "" && p.Per == q.Per && a.class == sizes {
			return clash // what grows by so much a year need not be said to grow
		}
		return apart
	},
	say: func(a, b *answer) string { return "one is a level, the other a change" },
}

var pointsRung = &rung{
	name:   "percent against percentage points",
	intent: "a share of the old value is no difference between two shares",
	try: func(a, b *answer) outcome {
		if sharesAndPoints(a, b) {
			return apart
		}
		return clash
	},
	say: func(a, b *answer) string { return "one is in percent, the other in percentage points" },
}

func otherCurrency(a, b *answer) bool {
	p, q := a.Value.Quantity, b.Value.Quantity
	return p != nil && q != nil && a.family == "money" && b.family == "money" && p.Unit != q.Unit
}

// sameDigits reports whether two quantities are said with the same number.
func sameDigits(a, b *answer) bool {
	p, q := a.Value.Quantity.Number, b.Value.Quantity.Number
	return p.Valid && q.Valid && p.Decimal.Equal(q.Decimal) && a.Value.Quantity.Per == b.Value.Quantity.Per
}

// partBefore and partAfter are words beside a value that make it a part of something.
var (
	wholesBefore = []string{"of which", "of whom", "of these", "of those", "of them"}
	wholesAfter  = []string{"of those", "of them", "of these", "of whom", "of which"}
	partBefore   = []string{"including", "include", "includes", "included", "among them",
		"another", "a further", "an additional", "an extra", "the remaining", "the other", "the rest", "the first", "the last"}
	partAfter = []string{"of the", "of its", "of their", "of that", "more", "others", "additional", "extra"}
)

// wholeFirst is a sentence that begins with the whole: "Of the 87 dead, 31 ...".
var wholeFirst = regexp.MustCompile(`^of (?:the|its|their|these|those|all|some|more than|about)?\s*[^,]*$`)

// saysPart reports whether the words beside a quote make its value a part:
// "including 9 children", "12 of the 34", "another 5".
func saysPart(a claim.Appearance, share bool) bool {
	at := a.Span.Start - a.SentenceSpan.Start
	if a.Quote == "" || at < 0 || at > len(a.Sentence) || !strings.HasPrefix(a.Sentence[at:], a.Quote) {
		return false
	}
	before := strings.ToLower(strings.TrimRight(a.Sentence[:at], " \n\t,"))
	if colon := strings.LastIndexByte(before, ':'); colon > 0 && strings.ContainsAny(before[:colon], "$€£%") {
		return true // a sum, and after the colon what it is made of
	}
	if strings.HasSuffix(strings.TrimRight(a.Sentence[:at], " \n\t"), ",") && wholeFirst.MatchString(before) {
		return true
	}
	after := strings.ToLower(strings.TrimLeft(a.Sentence[at+len(a.Quote):], " \n\t"))
	if share && strings.HasPrefix(after, "of ") || beginsWithWords(after, "of its own") || beginsWithWords(after, "of their own") {
		after = "" // every share is one of something; "30 of its own" are all of them
	}
	ofThem := slices.ContainsFunc(wholesAfter, func(w string) bool { return beginsWithWords(after, w) }) ||
		slices.ContainsFunc(wholesBefore, func(w string) bool { return endsInWords(before, w) })
	if ofThem {
		return !ownFate(before, after)
	}
	return slices.ContainsFunc(partBefore, func(w string) bool { return endsInWords(before, w) }) ||
		slices.ContainsFunc(partAfter, func(w string) bool { return beginsWithWords(after, w) })
}

// ownFate reports whether what is said of some of a whole says by itself what
// they are, as nothing of the kind is said of the whole: of those who were hurt,
// "of whom 20 died" are all the dead; of those killed, "9 of them children" are
// no more than a part.
func ownFate(before, after string) bool {
	const near = 60 // bytes
	if cut := strings.IndexAny(after, ",;"); cut >= 0 {
		after = after[:cut]
	}
	some := setOf(conceptsIn(phraseStems(after[:min(near, len(after))])))
	others := setOf(conceptsIn(phraseStems(before)))
	return !some.empty() && !some.shares(&others)
}

func endsInWords(s, w string) bool {
	rest, ok := strings.CutSuffix(s, w)
	return ok && (rest == "" || !isWordByte(rest[len(rest)-1]))
}

func beginsWithWords(s, w string) bool {
	rest, ok := strings.CutPrefix(s, w)
	return ok && (rest == "" || !isWordByte(rest[0]))
}

func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

var partRung = &rung{
	name:   "part of a whole",
	intent: "the words make one of them a part",
	doubt:  anotherPart,
	try: func(a, b *answer) outcome {
		if a.part == b.part && !a.among(b) && !b.among(a) {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string { return "the words make one a part of something" },
}

// among reports whether an answer counts some of those that another counts all
// of: three sons of five children, 12 members of a 25-member union.
func (n *answer) among(all *answer) bool {
	p, q := n.Value.Quantity, all.Value.Quantity
	if n.class != counts || all.class != counts || n.size.point >= all.size.point || !n.size.isPoint() || !all.size.isPoint() {
		return false
	}
	if p.Unit == q.Unit && p.Unit != "" {
		_, after := n.around()
		_, whole := all.around()
		noun, of, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
		return strings.HasPrefix(whole, "-") && !strings.HasPrefix(after, "-") && noun != "" && beginsWithWords(of, "of")
	}
	narrow, wide := stemAll(p.Unit), stemAll(q.Unit)
	return len(narrow) > 0 && len(wide) > 0 && slices.Contains(kinds[wide[len(wide)-1]], narrow[len(narrow)-1])
}

// kinds are, by stem, the nouns for people of whom another noun counts all.
var kinds = func() map[string][]string {
	m := map[string][]string{}
	for wide, narrow := range map[string]string{
		"child": "son daughter boy girl", "sibling": "brother sister", "parent": "father mother", "adult": "man woman",
	} {
		m[stem(wide)] = stemAll(narrow)
	}
	return m
}()

var stageRung = &rung{
	name:   "another deed or stage",
	intent: "the words for what is measured mean different things: the injured are not the dead, signed is not opened",
	try: func(a, b *answer) outcome {
		x, y := &a.words, &b.words
		if !x.measured.excludes(&y.measured) || x.measured.shares(&y.about) || y.measured.shares(&x.about) {
			return clash
		}
		plain := a.class == counts || a.class == dates && (!a.topic.loose() && !b.topic.loose() || a.topic.opposes(b.topic))
		if !plain {
			return clash // sums, sizes and spans of time are told with words for much else
		}
		return apart
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is not %s", a.Attribute, b.Attribute) },
}

var planRung = &rung{
	name:   "plan, possibility or denial",
	intent: "what was planned, possible or denied is held against what was",
	doubt:  anotherPlan,
	try: func(a, b *answer) outcome {
		if standing(a.modality) == standing(b.modality) || a.class == times || a.class == sizes {
			return clash // how long, large or fast a thing is, is told alike before and after it is there
		}
		return apart
	},
	say: func(a, b *answer) string {
		return fmt.Sprintf("one is %s, the other %s", cmp.Or(a.modality, claim.Asserted), cmp.Or(b.modality, claim.Asserted))
	},
}

// standing folds modalities to what a value stands for: what is to come, whether
// planned or possible, what is denied, and what is stated.
func standing(m claim.Modality) claim.Modality {
	switch m {
	case claim.Planned, claim.Possible:
		return claim.Planned
	case claim.Denied:
		return claim.Denied
	}
	return claim.Asserted
}

var timeRung = &rung{
	name:   "another time",
	intent: "both say when, and the times share no day",
	doubt:  anotherTime,
	try: func(a, b *answer) outcome {
		s, t := a.when(), b.when()
		if s == nil || t == nil || s.Meets(*t) {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string {
		return fmt.Sprintf("%s is not %s", showPeriod(*a.when()), showPeriod(*b.when()))
	},
}

// when is the time that an answer speaks of: what it says of the time of its
// fact, or the date itself, where that is what it gives.
func (n *answer) when() *claim.Period {
	if n.Time == nil {
		return n.Value.Period
	}
	return n.Time
}

var scopeRung = &rung{
	name:   "another part, place or group",
	intent: "both say what narrows them, and it is not the same",
	doubt:  anotherScope,
	try: func(a, b *answer) outcome {
		if len(a.scope) == 0 || len(b.scope) == 0 || scopesShare(a, b) || a.class == sizes && a.words.measured.shares(&b.words.measured) && !a.spread() {
			return clash // how deep a thing lies is asked of the thing, wherever that is said to be
		}
		return apart
	},
	say: func(a, b *answer) string {
		return fmt.Sprintf("%s is not %s", strings.Join(a.Scope, ", "), strings.Join(b.Scope, ", "))
	},
}

// spread reports whether a size is one of a place and not of a thing: an area,
// a temperature, the height of snow.
func (n *answer) spread() bool {
	return slices.ContainsFunc(n.topic.concepts, func(c int) bool {
		k := words().concepts[c]
		return k.group == "weather" || k.name == "area" || k.name == "temperature" || k.name == "speed"
	})
}

// scopesShare reports whether any word of the one's scope stands in the other's.
func scopesShare(a, b *answer) bool {
	for i, j := 0, 0; i < len(a.narrowed) && j < len(b.narrowed); {
		switch c := strings.Compare(a.narrowed[i], b.narrowed[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			return true
		}
	}
	return false
}
