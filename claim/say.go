package claim

import (
	"strings"

	"github.com/shopspring/decimal"
)

// currencySigns are written before an amount; other currencies by their code.
var currencySigns = map[string]string{
	"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$", "TWD": "NT$", "SGD": "S$",
	"BRL": "R$", "INR": "₹", "ILS": "₪", "KRW": "₩", "UAH": "₴", "PHP": "₱", "VND": "₫", "NGN": "₦",
}

// unitWords are units as people write them after a number.
var unitWords = map[string]string{
	"1": "", "%": "%", "pp": " percentage points", "bp": " basis points", "fold": "-fold", "Cel": " °C", "[degF]": " °F", "[mi_i]": " miles", "[ft_i]": " ft", "[in_i]": " in", "[yd_i]": " yd",
	"[lb_av]": " lb", "[oz_av]": " oz", "[mi_i]/h": " mph", "har": " ha", "[acr_us]": " acres", "km2": " km²", "m2": " m²", "m3": " m³", "km3": " km³", "[bbl_us]": " barrels", "[gal_us]": " gallons", "[ston_av]": " short tons",
	"[nmi_i]": " nautical miles", "[kn_i]": " knots", "deg": "°", "kW.h": " kWh", "MW.h": " MWh", "GW.h": " GWh", "TW.h": " TWh", "[mi_i]2": " sq mi", "[ft_i]2": " sq ft",
}

// spanWords are the units of time by name.
var spanWords = map[string]string{"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}

// plurals that an s does not make.
var plurals = map[string]string{
	"person": "people", "man": "men", "woman": "women", "child": "children", "life": "lives", "foot": "feet", "aircraft": "aircraft", "series": "series", "species": "species", "sheep": "sheep", "fish": "fish", "police": "police", "personnel": "personnel", "staff": "staff", "crisis": "crises", "remains": "remains", "data": "data",
}

// String is the value as a person would write it: "$3.8 billion a year", "July
// 2020" as "2020-07-01/2020-07-31", a name as it is.
func (v Value) String() string {
	switch {
	case v.Quantity != nil:
		return v.Quantity.String()
	case v.Period != nil:
		return v.Period.String()
	case v.Entity != nil:
		return v.Entity.Name
	}
	return ""
}

// String is the quantity as a person would write it: "10 to 12 people", "more
// than 40%", "about 4,000 soldiers", "A$50 billion", "SEK 30 billion".
func (q Quantity) String() string {
	var b strings.Builder
	b.WriteString(q.hedge())
	if sign, ok := currencySigns[q.Unit]; ok {
		q.write(&b, sign)
	} else if IsCurrency(q.Unit) {
		q.write(&b, q.Unit+" ")
	} else {
		q.write(&b, "")
		b.WriteString(q.unitWord())
	}
	b.WriteString(rateWord(q.Per))
	return b.String()
}

// hedge is the words before the number that say what its bounds leave open.
func (q Quantity) hedge() string {
	about := ""
	if q.Approximate {
		about = "about "
	}
	switch {
	case !q.Number.Valid && (!q.Low.Valid || !q.High.Valid):
		about = "" // said below by the bound that is left
	case !q.Number.Valid:
		return about
	}
	switch {
	case q.Low.Valid && !q.High.Valid && q.LowOpen:
		return "more than " + about
	case q.Low.Valid && !q.High.Valid:
		return "at least " + about
	case q.High.Valid && !q.Low.Valid && q.HighOpen:
		return "less than " + about
	case q.High.Valid && !q.Low.Valid:
		return "up to " + about
	case q.Approximate && q.HighOpen && q.High.Decimal.Equal(q.Number.Decimal):
		return "nearly "
	case q.Approximate && q.LowOpen && q.Low.Decimal.Equal(q.Number.Decimal):
		return "just over "
	}
	return about
}

// write writes the number, or the two ends of a range, with the sign of a
// currency before each.
func (q Quantity) write(b *strings.Builder, sign string) {
	switch {
	case q.Number.Valid:
		b.WriteString(signed(sign, q.Number.Decimal))
	case q.Low.Valid && q.High.Valid:
		b.WriteString(signed(sign, q.Low.Decimal) + " to " + signed(sign, q.High.Decimal))
	case q.Low.Valid:
		b.WriteString(signed(sign, q.Low.Decimal))
	case q.High.Valid:
		b.WriteString(signed(sign, q.High.Decimal))
	default:
		b.WriteString("an unknown number")
	}
}

func signed(sign string, d decimal.Decimal) string {
	if d.IsNegative() {
		return "−" + sign + short(d.Neg())
	}
	return sign + short(d)
}

var scaleWords = []struct {
	exp  int32
	word string
}{{12, " trillion"}, {9, " billion"}, {6, " million"}}

// short writes a decimal with commas, and from a million on with a scale word
// where that leaves few digits.
func short(d decimal.Decimal) string {
	for _, s := range scaleWords {
		if d.GreaterThanOrEqual(decimal.New(1, s.exp)) {
			if m := d.Shift(-s.exp); m.Equal(m.Round(3)) {
				return grouped(plain(m)) + s.word
			}
			break
		}
	}
	return grouped(plain(d))
}

// plain drops the zeros after the point, and all but four of endless decimals.
func plain(d decimal.Decimal) string {
	if -d.Exponent() > 8 {
		d = d.Round(4)
	}
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// grouped puts commas between thousands.
func grouped(s string) string {
	whole, rest, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return b.String()
}

// unitWord is the unit as it follows the number, in the plural but for one.
func (q Quantity) unitWord() string {
	if q.Unit == "" {
		return ""
	}
	if w, ok := unitWords[q.Unit]; ok {
		return w
	}
	one := q.Number.Valid && q.Number.Decimal.Equal(decimal.New(1, 0))
	word, isSpan := spanWords[q.Unit]
	if !isSpan {
		if Dimension(q.Unit) != "count" {
			return " " + q.Unit
		}
		word = q.Unit
	}
	if !one {
		word = plural(word)
	}
	return " " + word
}

func plural(w string) string {
	if p, ok := plurals[w]; ok {
		return p
	}
	n := len(w)
	switch {
	case n > 1 && w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2])):
		return w[:n-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	}
	return w + "s"
}

// rateWord is " a year", " per km2".
func rateWord(per string) string {
	switch per {
	case "":
		return ""
	case "hour":
		return " an hour"
	case "year", "month", "week", "day", "person", "barrel", "share", "minute", "quarter", "night", "ticket", "gallon", "tonne":
		return " a " + per
	case "unit":
		return " each"
	}
	return " per " + per
}
