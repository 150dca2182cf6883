package claim

import (
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// A unit is a product of atoms with exponents, as UCUM writes it: "km2",
// "kW.h", "[mi_i]/h". An atom is so many of the base units of its dimension,
// exactly: num/den of them.

// dimension is the exponents of the base quantities.
type dimension struct{ length, mass, time, temperature, charge, angle, data, share, luminosity, amount, level int8 }

func (d dimension) plus(o dimension, times int8) dimension {
	return dimension{d.length + times*o.length, d.mass + times*o.mass, d.time + times*o.time, d.temperature + times*o.temperature,
		d.charge + times*o.charge, d.angle + times*o.angle, d.data + times*o.data, d.share + times*o.share, d.luminosity + times*o.luminosity, d.amount + times*o.amount, d.level + times*o.level}
}

// dimensionNames are the words for the dimensions that claims are made in.
var dimensionNames = map[dimension]string{
	{length: 1}: "length", {length: 2}: "area", {length: 3}: "volume", {mass: 1}: "mass", {time: 1}: "time", {temperature: 1}: "temperature",
	{length: 1, time: -1}: "speed", {length: 1, time: -2}: "acceleration", {mass: 1, length: 2, time: -2}: "energy", {mass: 1, length: 2, time: -3}: "power",
	{mass: 1, length: 1, time: -2}: "force", {mass: 1, length: -1, time: -2}: "pressure", {time: -1}: "frequency", {angle: 1}: "angle",
	{data: 1}: "data", {data: 1, time: -1}: "data rate", {length: 3, time: -1}: "flow", {mass: 1, length: -3}: "density", {length: 2, time: -2}: "dose",
	{charge: 1, time: -1}: "current", {mass: 1, length: 2, time: -2, charge: -1}: "voltage", {charge: 1}: "charge", {luminosity: 1}: "luminosity", {amount: 1}: "amount", {level: 1}: "level", {share: 1}: "share",
}

// atom is one unit: num/den base units of its dimension; offset is what the
// zero of a temperature is above the absolute zero, in its own degrees.
type atom struct {
	dim      dimension
	num, den decimal.Decimal // den is zero where it is one
	offset   decimal.Decimal
	// metric says that it takes SI prefixes.
	metric bool
	// calendar says that it counts months, which are not all of one length.
	calendar bool
}

var (
	length      = dimension{length: 1}
	area        = dimension{length: 2}
	volume      = dimension{length: 3}
	mass        = dimension{mass: 1}
	span        = dimension{time: 1}
	temperature = dimension{temperature: 1}
	energy      = dimension{mass: 1, length: 2, time: -2}
	power       = dimension{mass: 1, length: 2, time: -3}
	pressure    = dimension{mass: 1, length: -1, time: -2}
	angle       = dimension{angle: 1}
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// atoms are the units by UCUM code, in metres, grams, seconds, kelvins,
// coulombs, radians and bits. "bit" is "bit", "By" a byte, "[acr_us]" the
// international acre. "1" is a share of a whole. "pp" (percentage points) and "bp"
// (basis points) are our own, for UCUM has none; they are differences of
// percentages and are not "%".
var atoms = map[string]atom{
	"m": {dim: length, num: dec("1"), metric: true}, "[in_i]": {dim: length, num: dec("0.0254")}, "[ft_i]": {dim: length, num: dec("0.3048")}, "[yd_i]": {dim: length, num: dec("0.9144")},
	"[mi_i]": {dim: length, num: dec("1609.344")}, "[nmi_i]": {dim: length, num: dec("1852")}, "[fth_i]": {dim: length, num: dec("1.8288")}, "[fur_us]": {dim: length, num: dec("201.168")},
	"[ly]": {dim: length, num: dec("9460730472580800")}, "AU": {dim: length, num: dec("149597870700")}, "pc": {dim: length, num: dec("30856775814913673"), metric: true}, "Ao": {dim: length, num: dec("0.0000000001")},
	"har": {dim: area, num: dec("10000")}, "[acr_us]": {dim: area, num: dec("4046.8564224")}, "[sft_i]": {dim: area, num: dec("0.09290304")},
	"l": {dim: volume, num: dec("0.001"), metric: true}, "[gal_us]": {dim: volume, num: dec("0.003785411784")}, "[gal_br]": {dim: volume, num: dec("0.00454609")}, "[qt_us]": {dim: volume, num: dec("0.000946352946")},
	"[pt_us]": {dim: volume, num: dec("0.000473176473")}, "[pt_br]": {dim: volume, num: dec("0.00056826125")}, "[cup_us]": {dim: volume, num: dec("0.0002365882365")}, "[foz_us]": {dim: volume, num: dec("0.0000295735295625")},
	"[tbs_us]": {dim: volume, num: dec("0.00001478676478125")}, "[tsp_us]": {dim: volume, num: dec("0.00000492892159375")}, "[bbl_us]": {dim: volume, num: dec("0.158987294928")}, "[bu_us]": {dim: volume, num: dec("0.03523907016688")},
	"g": {dim: mass, num: dec("1"), metric: true}, "t": {dim: mass, num: dec("1000000"), metric: true}, "[lb_av]": {dim: mass, num: dec("453.59237")}, "[oz_av]": {dim: mass, num: dec("28.349523125")}, "[oz_tr]": {dim: mass, num: dec("31.1034768")},
	"[ston_av]": {dim: mass, num: dec("907184.74")}, "[lton_av]": {dim: mass, num: dec("1016046.9088")}, "[stone_av]": {dim: mass, num: dec("6350.29318")}, "[car_m]": {dim: mass, num: dec("0.2")},
	"s": {dim: span, num: dec("1"), metric: true}, "min": {dim: span, num: dec("60")}, "h": {dim: span, num: dec("3600")}, "d": {dim: span, num: dec("86400")}, "wk": {dim: span, num: dec("604800")},
	"mo": {dim: span, num: dec("2629800"), calendar: true}, "a": {dim: span, num: dec("31557600"), calendar: true},
	"K": {dim: temperature, num: dec("1"), offset: dec("0")}, "Cel": {dim: temperature, num: dec("1"), offset: dec("273.15")}, "[degF]": {dim: temperature, num: dec("5"), den: dec("9"), offset: dec("459.67")},
	"J": {dim: energy, num: dec("1000"), metric: true}, "cal": {dim: energy, num: dec("4184"), metric: true}, "[Btu]": {dim: energy, num: dec("1055055.85262"), metric: true}, "eV": {dim: energy, num: dec("0.0000000000000001602176634"), metric: true},
	"W": {dim: power, num: dec("1000"), metric: true}, "[HP]": {dim: power, num: dec("745699.87158227022")},
	"N": {dim: dimension{mass: 1, length: 1, time: -2}, num: dec("1000"), metric: true}, "Pa": {dim: pressure, num: dec("1000"), metric: true}, "bar": {dim: pressure, num: dec("100000000"), metric: true}, "[psi]": {dim: pressure, num: dec("6894757.293168361")}, "m[Hg]": {dim: pressure, num: dec("133322387.415"), metric: true},
	"Hz": {dim: dimension{time: -1}, num: dec("1"), metric: true}, "Bq": {dim: dimension{time: -1}, num: dec("1"), metric: true}, "[kn_i]": {dim: dimension{length: 1, time: -1}, num: dec("1852"), den: dec("3600")},
	"A": {dim: dimension{charge: 1, time: -1}, num: dec("1"), metric: true}, "V": {dim: dimension{mass: 1, length: 2, time: -2, charge: -1}, num: dec("1000"), metric: true},
	"Sv": {dim: dimension{length: 2, time: -2}, num: dec("1"), metric: true}, "Gy": {dim: dimension{length: 2, time: -2}, num: dec("1"), metric: true},
	"rad": {dim: angle, num: dec("1"), metric: true}, "bit": {dim: dimension{data: 1}, num: dec("1"), metric: true}, "By": {dim: dimension{data: 1}, num: dec("8"), metric: true}, "cd": {dim: dimension{luminosity: 1}, num: dec("1"), metric: true},
	"deg": {dim: dimension{angle: 2}, num: dec("1")}, "circ": {dim: dimension{angle: 2}, num: dec("360")}, // degrees stay apart from radians: the factor is not rational
	"1": {dim: dimension{share: 1}, num: dec("1")}, "%": {dim: dimension{share: 1}, num: dec("0.01")}, "[ppth]": {dim: dimension{share: 1}, num: dec("0.001")}, "[ppm]": {dim: dimension{share: 1}, num: dec("0.000001")}, "[ppb]": {dim: dimension{share: 1}, num: dec("0.000000001")},
	"mol": {dim: dimension{amount: 1}, num: dec("1"), metric: true}, "dB": {dim: dimension{level: 1}, num: dec("1")},
	"pp": {dim: dimension{share: 2}, num: dec("1")}, "bp": {dim: dimension{share: 2}, num: dec("0.01")},
}

var prefixes = []struct {
	code string
	exp  int32
}{{"da", 1}, {"k", 3}, {"M", 6}, {"G", 9}, {"T", 12}, {"P", 15}, {"E", 18}, {"h", 2}, {"d", -1}, {"c", -2}, {"m", -3}, {"u", -6}, {"n", -9}, {"p", -12}, {"f", -15}, {"a", -18}}

// unit is a parsed code: num/den base units of dim, after adding offset.
type unit struct {
	dim      dimension
	num, den decimal.Decimal
	offset   decimal.Decimal // added to the scaled number, for temperatures
	calendar bool
}

// places are the decimal places kept of a conversion that does not come out even.
const places = 20

// parseUnit reads a UCUM code. Codes are bounded, so that no hostile one costs time.
func parseUnit(code string) (unit, bool) {
	u := unit{num: decimal.New(1, 0), den: decimal.New(1, 0)}
	if code == "" || len(code) > 40 {
		return u, false
	}
	parts := int8(1)
	single := !strings.ContainsAny(code, "./")
	for len(code) > 0 {
		end := strings.IndexAny(code, "./")
		term, sep := code, byte(0)
		if end >= 0 {
			term, sep, code = code[:end], code[end], code[end+1:]
		} else {
			code = ""
		}
		a, exp, times, ok := parseTerm(term)
		if !ok || sep != 0 && code == "" {
			return u, false
		}
		u.dim = u.dim.plus(a.dim, parts*times)
		u.calendar = u.calendar || a.calendar
		num, den := a.num.Shift(exp), decimal.New(1, 0)
		if !a.den.IsZero() {
			den = a.den
		}
		if parts < 0 {
			num, den = den, num
		}
		for range times {
			u.num, u.den = u.num.Mul(num), u.den.Mul(den)
		}
		if single && a.dim == temperature && times == 1 {
			u.offset = a.offset
		}
		if parts = 1; sep == '/' {
			parts = -1
		}
	}
	return u, true
}

// parseTerm reads an atom with its prefix and its exponent: "km2".
func parseTerm(term string) (a atom, exp int32, times int8, ok bool) {
	times = 1
	if n := len(term); n > 1 && term[n-1] >= '2' && term[n-1] <= '4' {
		times, term = int8(term[n-1]-'0'), term[:n-1]
	}
	if a, ok = atoms[term]; ok {
		return a, 0, times, true
	}
	for _, p := range prefixes {
		if rest, cut := strings.CutPrefix(term, p.code); cut {
			if a, ok = atoms[rest]; ok && a.metric {
				return a, p.exp, times, true
			}
		}
	}
	return atom{}, 0, 0, false
}

// NoCurrency is ISO 4217's code for a sum whose currency the words leave open:
// "pesos" in a text that names no country.
const NoCurrency = "XXX"

// IsCurrency reports whether a unit is an ISO 4217 code, NoCurrency among them.
func IsCurrency(unit string) bool {
	if len(unit) != 3 || strings.ToUpper(unit) != unit {
		return false
	}
	switch unit {
	case "XBT", "MRU", "SLE", "VES", "XCG", "ZWG": // bitcoin, and those younger than the tables of x/text
		return true
	}
	_, err := currency.ParseISO(unit)
	return err == nil
}

// Dimension names what a unit measures: "length", "money", "share" for a
// percentage, "points" for percentage points, "" for a bare number, and "count"
// for a counted noun.
func Dimension(code string) string {
	switch {
	case code == "":
		return ""
	case code == "pp" || code == "bp":
		return "points"
	case code == "deg" || code == "circ":
		return "angle"
	case IsCurrency(code):
		return "money"
	}
	u, ok := parseUnit(code)
	if !ok {
		return "count"
	}
	if name, ok := dimensionNames[u.dim]; ok {
		return name
	}
	return "compound"
}

// Convert gives a quantity in another unit of the same dimension, exactly to
// 20 decimal places. Between calendar spans (months, years) and days the
// bounds widen to what a month or a year can have: 2 mo is 56 to 62 d. A
// difference of temperatures has no offset. It reports false where the units
// do not convert, currencies among them.
func Convert(q Quantity, to string) (Quantity, bool) {
	if q.Unit == to {
		return q, true
	}
	from, ok := parseUnit(q.Unit)
	if !ok {
		return q, false
	}
	target, ok := parseUnit(to)
	if !ok || from.dim != target.dim {
		return q, false
	}
	num, den := from.num.Mul(target.den), from.den.Mul(target.num)
	convert := func(d decimal.Decimal) decimal.Decimal {
		if q.Change != 0 {
			return quotient(d.Mul(num), den)
		}
		return quotient(d.Add(from.offset).Mul(num), den).Sub(target.offset)
	}
	out := q.mapped(convert, false)
	if from.calendar != target.calendar {
		out = out.widened(q, from, target)
	}
	out.Unit = to
	return out, true
}

func quotient(a, b decimal.Decimal) decimal.Decimal {
	q, r := a.QuoRem(b, places)
	if r.IsZero() {
		return q
	}
	return a.DivRound(b, places)
}

// widened opens the bounds of a span that was converted between months and
// days, for a month has 28 to 31 days and a year 365 or 366.
func (q Quantity) widened(said Quantity, from, to unit) Quantity {
	shortest, longest := monthRange(from.num)
	if to.calendar {
		shortest, longest = monthRange(to.num)
	}
	day := decimal.New(86400, 0)
	set := func(said decimal.NullDecimal, length decimal.Decimal, out *decimal.NullDecimal) {
		if !said.Valid {
			return
		}
		seconds := said.Decimal.Mul(from.num)
		if from.calendar {
			seconds = said.Decimal.Mul(length).Mul(day)
			*out = Number(quotient(seconds, to.num))
			return
		}
		*out = Number(quotient(seconds, length.Mul(day)))
	}
	if from.calendar {
		set(said.Low, shortest, &q.Low)
		set(said.High, longest, &q.High)
	} else {
		set(said.Low, longest, &q.Low)
		set(said.High, shortest, &q.High)
	}
	return q
}

// monthRange is the least and the most days of a calendar unit of so many seconds.
func monthRange(seconds decimal.Decimal) (shortest, longest decimal.Decimal) {
	if seconds.LessThan(decimal.New(1, 7)) {
		return decimal.New(28, 0), decimal.New(31, 0)
	}
	return decimal.New(365, 0), decimal.New(366, 0)
}
