package extract

import (
	"cmp"
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity"
	"crosscheck/words"
)

// A bare number has its unit elsewhere: in the label or the head of its cell
// ("Damage, million USD", "Depth (km)"), or in the sum that was spoken of before.

// unitAt finds the words at the end of the tokens [0, end) that can say a unit:
// those in the bracket that closes them, or behind their last comma; end where
// there are none.
func (l *line) unitAt(end int) (first, last int) {
	if end == 0 {
		return end, end
	}
	closing := l.tokens[end-1].Text
	for i := end - 1; i >= 0 && i >= end-longestUnit; i-- {
		switch t := l.tokens[i].Text; {
		case (t == "(" || t == "[") && (closing == ")" || closing == "]"):
			return i + 1, end - 1
		case t == "," && closing != ")" && closing != "]":
			return i + 1, end
		}
	}
	return end, end
}

// longestUnit is the most tokens of a unit with its brackets.
const longestUnit = 12

// completed gives a bare number the unit that the end of the tokens [0, end) of
// label says, or where label is the head of a column all of it. It returns the
// token of label at which the unit begins, end where there is none.
func (r *reader) completed(m *mention, l, label *line, end int, head bool) (claim.Value, int) {
	if label == nil || m.Kind != claim.Count || m.Value.Quantity.Unit != "" || end > len(label.tokens) {
		return m.Value, end
	}
	number := m.Of(l.doc.Text)
	first, last := label.unitAt(end)
	if first == last && head && end <= longestUnit {
		first, last = 0, end
	}
	if first == last {
		return m.Value, end
	}
	unit := label.plain(first, last)
	v, ok := quantity.Completed(number, unit, r.habit)
	if !ok {
		return m.Value, end
	}
	if v.Quantity.Unit == claim.NoCurrency {
		v.Quantity.Unit = r.coinOf(unit)
	}
	return v, max(first-1, 0)
}

// underHeading gives a bare number the unit that the nearest heading says in
// brackets: "Money (NOK million)".
func (r *reader) underHeading(m *mention, l *line, v claim.Value) claim.Value {
	if len(r.topic.units) == 0 || m.Kind != claim.Count || v.Quantity.Unit != "" || m.last < l.phrases[l.of[m.first]].last {
		return v
	}
	above := l.doc.Headings(l.sentence.Block)
	if len(above) == 0 || r.topic.units[above[0]] == "" {
		return v
	}
	unit := r.topic.units[above[0]]
	whole, ok := quantity.Completed(m.Of(l.doc.Text), unit, r.habit)
	if !ok {
		return v
	}
	if whole.Quantity.Unit == claim.NoCurrency {
		whole.Quantity.Unit = r.coinOf(unit)
	}
	return whole
}

// coinOf is the currency of a coin that its own sentence gives to no country:
// what the document's sums in a coin of that name have where they all have one,
// else that of the only country that it speaks of and that has such a coin.
func (r *reader) coinOf(words string) string {
	coin := lastWord(words)
	unit, known := r.coins[coin]
	if known {
		return unit
	}
	if r.coins == nil {
		r.coins = map[string]string{}
	}
	var named, spoken only
	for i := range r.out.Mentions {
		switch m := &r.out.Mentions[i]; m.Kind {
		case claim.Money:
			if unit := m.Value.Quantity.Unit; unit != claim.NoCurrency && lastWord(m.Of(r.topic.doc.Text)) == coin {
				named.see(unit)
			}
		case claim.Place, claim.Group:
			spoken.see(quantity.CoinOf(m.Value.Entity.Name, coin))
		}
	}
	unit = cmp.Or(named.value(), spoken.value(), claim.NoCurrency)
	r.coins[coin] = unit
	return unit
}

// only is a word that is seen alone, or any number of times.
type only struct {
	word  string
	mixed bool
}

func (o *only) see(word string) {
	if word != "" {
		o.mixed = o.mixed || o.word != "" && o.word != word
		o.word = word
	}
}

func (o *only) value() string {
	if o.mixed {
		return ""
	}
	return o.word
}

func lastWord(s string) string {
	return strings.TrimSuffix(strings.ToLower(s[strings.LastIndexAny(s, " \n-")+1:]), "s")
}

// coin remembers the currency and the scale of a line's sums for bare ones that follow.
func (r *reader) coin(l *line) {
	for i := range l.mentions {
		m := &l.mentions[i]
		if m.Kind == claim.Money {
			r.currency = m.Value.Quantity.Unit
		}
		if m.Kind != claim.Money && (m.Kind != claim.Count || m.Value.Quantity.Unit != "") || !m.Value.Quantity.Number.Valid {
			continue
		}
		if power := scaleOf(m.Of(l.doc.Text)); power > 0 {
			r.scale, r.scaleAt, r.sum = power, l.sentence.Block, m.Value.Quantity.Number.Decimal
		}
	}
}

// withUnit is a value with another unit.
func withUnit(v claim.Value, unit string) claim.Value {
	sum := *v.Quantity
	sum.Unit = unit
	return claim.Value{Quantity: &sum}
}

// currencyOf is the currency of the sum told before mention i, else that of the
// next one in the line; "" where there is none.
func (r *reader) currencyOf(l *line, i int) string {
	currency := r.currency
	for j := range l.mentions {
		if m := &l.mentions[j]; m.Kind == claim.Money && (j < i || currency == "") {
			currency = m.Value.Quantity.Unit
		}
	}
	if currency != "" {
		return currency
	}
	if !r.looked { // at all sums of the document
		r.looked = true
		var all only
		for i := range r.out.Mentions {
			if m := &r.out.Mentions[i]; m.Kind == claim.Money {
				all.see(m.Value.Quantity.Unit)
			}
		}
		r.sole = all.value()
	}
	return r.sole
}

// sums reports whether a bare number is a sum of money: it is told in millions
// and counts nothing, and what it is of is money, or its line told a sum before.
func (l *line) sums(i int, attribute string) bool {
	m := &l.mentions[i]
	if m.Kind != claim.Count || m.Value.Quantity.Unit != "" || !scaled(m.Of(l.doc.Text)) {
		return false
	}
	for j := range i {
		if l.mentions[j].Kind == claim.Money {
			return true
		}
	}
	return isSum(attribute)
}

// inMoney reports whether all that the document tells in millions is money, so
// that a bare "six billion" is, too: some sum has its currency, and nothing is
// counted in millions.
func (r *reader) inMoney() bool {
	if r.scaledLooked {
		return r.scaledMoney
	}
	r.scaledLooked = true
	for i := range r.out.Mentions {
		m := &r.out.Mentions[i]
		switch {
		case m.Kind != claim.Money && m.Kind != claim.Count || !scaled(m.Of(r.topic.doc.Text)) && scaleOf(m.Of(r.topic.doc.Text)) == 0:
		case m.Kind == claim.Money:
			r.scaledMoney = true
		case m.Value.Quantity.Unit != "":
			r.scaledMoney = false
			return false
		}
	}
	return r.scaledMoney
}

// mayBeSum reports whether the clause of a bare number in millions lets it be a
// sum of money: it counts nothing, and its verb is none that people are counted by.
func (l *line) mayBeSum(m *mention, at place) bool {
	if !l.endsPhrase(m) && !(m.last < len(l.tokens) && l.tokens[m.last].Lower == "of" && at.by < 0) {
		return false
	}
	if m.last+1 < len(l.tokens) && l.tokens[m.last].Lower == "of" {
		switch l.tokens[m.last+1].Lower {
		case "us", "them", "these", "those", "whom", "which":
			return false
		}
	}
	if at.verb < 0 {
		return l.colonBefore(m) < 0 // else the label would say so
	}
	v := l.phrases[at.verb].verb
	return !peopled.Has(v.done) && (at.role != subject || v.passive || v.done == "been")
}

// peopled are verbs, by participle, by which people and things are counted, not sums.
var peopled = words.NewSet(`killed displaced affected infected employed fed evacuated vaccinated driven moved attracted drawn reached served watched viewed
	downloaded sold shipped produced built visited fled died lived born injured wounded affected treated tested polled counted cast voted registered enrolled
	harmed hit homed rehoused relocated recruited trained taught carried seen tuned gathered marched protested queued streamed printed left found homeless`)

// isSum reports whether what is told is told in money.
func isSum(attribute string) bool {
	for w := range strings.SplitSeq(attribute, " ") {
		if sums.Has(w) {
			return true
		}
	}
	return false
}

// scaled reports whether a number ends in the word or letters of a million or more.
func scaled(number string) bool {
	number = strings.ToLower(number)
	for _, s := range [...]string{"million", "billion", "trillion", "bn", "m", "mn", "tn", "crore", "lakh"} {
		if strings.HasSuffix(number, s) {
			return true
		}
	}
	return false
}

// sums are words, by participle, of what is paid and owed.
var sums = words.NewSet(`paid repaid spent cost costs budget loan loans debt debts sales revenue revenues turnover profit loss losses fund funds aid price
	prices pledged promised owed donated borrowed lent invested insured grant grants money arrears earnings earned fine bill damage damages income
	payment payments raised fee fees credit bail equity investment spending savings subsidy subsidies compensation ransom restitution reward tax taxes`)
