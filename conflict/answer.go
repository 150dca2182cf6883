package conflict

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// answer is a claim as comparing sees it: what one text says once or several
// times, with everything about it that the rungs and the score look at. Copies
// of the text add appearances to the same answer and nothing else.
type answer struct {
	claim.Claim
	text        *text
	appearances []claim.Appearance
	first       *claim.Appearance // by its place in the text, which is the same in every copy
	quote       string
	sentence    string
	modality    claim.Modality
	said        claim.Day
	// key orders answers by content alone, so that neither the order of what
	// came in nor the names of files decide anything.
	key      string
	identity string // see identityOf; the same for all appearances

	asked    *attribute
	topic    topic
	family   string    // values of one family can be compared, see familyOf
	class    class     // values of one class can answer one question
	size     measured  // the value on its class's scale
	scope    []string  // stemmed, sorted
	narrowed []string  // the stems of all of these, sorted
	called   []string  // the words of the name that it gives
	value    string    // equal for equal values
	part     bool      // the words say that it is a part of something
	outright bool      // it is denied in so many words
	subject  int32     // the term of the subject's canonical name, none where it is not told
	deed     int32     // of the attribute
	named    []int32   // the terms of the names that take part
	words    wording   // see wording.go
	in       *sentence // where it first stands

	exchanges *exchanges // of a sum of money, see rung_currency.go
	ruled     *ruled     // what people have ruled about it, nil for nothing
}

// none is no term.
const none int32 = -1

// newAnswers reads the claims of one event into answers, in the order of their
// keys. Claims without a value say something only where they are negated.
func newAnswers(ctx context.Context, c *corpus, claims []claim.Appearance) ([]*answer, error) {
	type identity struct {
		text *text
		id   string
	}
	known := map[identity]*answer{}
	var out []*answer
	for i, a := range claims {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !bounded(a.Claim.Value) {
			continue
		}
		t := c.byPath[a.Document]
		id := identity{t, identityOf(a)}
		if have := known[id]; have != nil {
			have.appearances = append(have.appearances, a)
			continue
		}
		n := &answer{Claim: a.Claim, text: t, appearances: []claim.Appearance{a}, identity: id.id}
		known[id] = n
		out = append(out, n)
	}
	giveCoins(out)
	r := newReading(c)
	for i, n := range out {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n.read(r)
	}
	slices.SortFunc(out, func(a, b *answer) int { return cmp.Compare(a.key, b.key) })
	r.readWordings(out)
	return out, nil
}

// identityOf is a claim's identity and what an appearance adds to it that can
// decide a comparison.
func identityOf(a claim.Appearance) string {
	id := a.Claim.ID()
	return strings.Join([]string{string(id[:]), string(a.Modality), a.Said.String(), strings.Join(a.Claim.Entities, ";")}, "\x00")
}

// bounded reports whether a value's numbers can be written out. Nobody means
// one that cannot, and arithmetic on it would fill the memory.
func bounded(v claim.Value) bool {
	const most = 100 // digits before or after the point
	if v.Quantity == nil {
		return true
	}
	for _, d := range []decimal.NullDecimal{v.Quantity.Number, v.Quantity.Low, v.Quantity.High} {
		if d.Valid && (abs(d.Decimal.Exponent()) > most || d.Decimal.NumDigits() > most) {
			return false
		}
	}
	return true
}

// byPlace orders appearances by where they stand.
func byPlace(a, b claim.Appearance) int {
	c := cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Rule, b.Rule))
	if c != 0 {
		return c
	}
	return cmp.Compare(identityOf(a), identityOf(b))
}

// read fills in what follows from the claim and its first appearance.
func (n *answer) read(r *reading) {
	slices.SortFunc(n.appearances, byPlace)
	n.first = &n.appearances[0]
	for i := range n.appearances {
		a := &n.appearances[i]
		if cmp.Or(cmp.Compare(a.Span.Start, n.first.Span.Start), cmp.Compare(a.Span.End, n.first.Span.End)) < 0 {
			n.first = a
		}
	}
	n.quote, n.sentence, n.modality, n.said = n.first.Quote, n.first.Sentence, n.first.Modality, n.first.Said
	n.key = strings.Join([]string{n.identity, strconv.Itoa(n.first.Span.Start), n.first.Sentence, n.text.hash}, "\x00")

	n.asked = r.attribute(n.Attribute)
	n.topic, n.deed = n.asked.topic, n.asked.deed
	n.value = valueKey(n.Value)
	n.called = calledBy(n.Value)
	n.family = n.familyOf()
	n.class = n.classOf()
	n.size = measure(n)
	n.subject = r.termOf(r.bearer(n.Subject))
	for _, s := range n.Scope {
		if stems := contentStems(s); len(stems) > 0 {
			n.scope = append(n.scope, strings.Join(stems, " "))
		}
	}
	n.scope = sorted(n.scope)
	n.narrowed = sorted(strings.Fields(strings.Join(n.scope, " ")))
	n.part = saysPart(*n.first, n.class == shares)
	n.in = r.sentences.of(n)
	n.ruled = r.corpus.rulings.of(n)
	n.outright = n.negated() && n.in.denying
}

// denials are the words that deny whatever they stand with.
var denials = []string{"not", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without", "cannot",
	"didn't", "doesn't", "don't", "hasn't", "haven't", "hadn't", "isn't", "aren't", "wasn't", "weren't", "won't", "wouldn't", "can't", "couldn't"}

// canonical folds a name's case and its article.
func canonical(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(name)), "the ")
}

// contentStems are the stems of a phrase that are not common words.
func contentStems(phrase string) []string {
	return slices.DeleteFunc(stemAll(phrase), func(s string) bool { return common[s] })
}

// humans are units that count people, beside those that a document makes up
// ("34 Pakistani soldiers").
var humans = set(`person people man men woman women child children civilian soldier passenger worker resident victim patient
	officer student protester fighter troop villager employee migrant refugee pilgrim tourist miner firefighter rescuer
	policeman crew militant survivor inmate prisoner hostage player fan voter inhabitant migrant customer girl boy baby infant
	elderly adult life soul body casualty citizen national foreigner journalist doctor nurse teacher family household`)

// familyOf names what a value can be compared with: a dimension of units, a
// counted noun, dates, or names. Counts of people are one family where the
// attribute says what was done to them, and so is a bare number there.
func (n *answer) familyOf() string {
	switch {
	case n.Value.Period != nil:
		return "date"
	case n.Value.Quantity == nil && (n.Value.Entity == nil || n.isDeed()):
		return "predicate"
	case n.Value.Entity != nil:
		return "entity"
	}
	unit := n.Value.Quantity.Unit
	noun := "" // its head: "Pakistani soldier" counts soldiers
	if stems := stemAll(unit); len(stems) > 0 {
		noun = stems[len(stems)-1]
	}
	switch dimension := claim.Dimension(unit); {
	case humans[noun], unit == "" && n.topic.human():
		return "people"
	case dimension == "count":
		return "count of " + noun
	case dimension == "":
		return "number"
	default:
		return dimension
	}
}

// isDeed reports whether a claim that carries a name says that something was
// done, and not who: a rule for deeds read it, or its words are those of the deed
// and hold no name ("no gold was sold" holds that of the thing).
func (n *answer) isDeed() bool {
	if n.Value.Entity.Type != claim.Other {
		return false
	}
	if strings.Contains(string(n.first.Rule), "claim/predicate") {
		return true
	}
	quote := strings.ToLower(n.quote)
	return !slices.ContainsFunc(n.called, func(w string) bool { return strings.Contains(quote, w) })
}

// calledBy are the words of the name that a value gives.
func calledBy(v claim.Value) []string {
	if v.Entity == nil {
		return nil
	}
	return nameWords(canonical(v.Entity.Name))
}

// valueKey is equal for equal values and for no others.
func valueKey(v claim.Value) string {
	if v.IsZero() {
		return ""
	}
	id := claim.Claim{Value: v}.ID()
	return string(id[:])
}
