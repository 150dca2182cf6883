package quantity

import (
	"strings"

	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// unitNames are units by name in lower case, singular, as UCUM codes. Names of
// metric units take the prefixes of metricPrefixes besides.
var unitNames = map[string]string{
	"metre": "m", "meter": "m", "gram": "g", "gramme": "g", "litre": "l", "liter": "l", "watt": "W", "joule": "J", "hertz": "Hz",
	"byte": "By", "bit": "bit", "volt": "V", "ampere": "A", "amp": "A", "pascal": "Pa", "newton": "N", "sievert": "Sv", "gray": "Gy",
	"becquerel": "Bq", "tonne": "t", "ton": "t", "calorie": "cal", "kelvin": "K", "celsius": "Cel", "centigrade": "Cel", "celcius": "Cel", "fahrenheit": "[degF]", "electronvolt": "eV",
	"inch": "[in_i]", "foot": "[ft_i]", "feet": "[ft_i]", "yard": "[yd_i]", "mile": "[mi_i]", "acre": "[acr_us]", "hectare": "har",
	"pound": "[lb_av]", "ounce": "[oz_av]", "stone": "[stone_av]", "gallon": "[gal_us]", "quart": "[qt_us]", "pint": "[pt_us]", "barrel": "[bbl_us]", "bushel": "[bu_us]",
	"cup": "[cup_us]", "tablespoon": "[tbs_us]", "teaspoon": "[tsp_us]", "knot": "[kn_i]", "horsepower": "[HP]", "carat": "[car_m]",
	"degree": "deg", "radian": "rad", "decibel": "dB", "lightyear": "[ly]", "micron": "um", "angstrom": "Ao", "kilo": "kg", "kph": "km/h", "mph": "[mi_i]/h",
	"millilitre": "ml", "kilometer": "km", "kilowatthour": "kW.h", "fathom": "[fth_i]", "furlong": "[fur_us]", "cc": "cm3", "btu": "[Btu]", "psi": "[psi]",
	"kmh": "km/h", "kmph": "km/h", "bpd": "[bbl_us]/d", "bbl": "[bbl_us]", "lb": "[lb_av]", "oz": "[oz_av]", "yd": "[yd_i]", "gal": "[gal_us]", "tbsp": "[tbs_us]", "tsp": "[tsp_us]",
	"ft": "[ft_i]", "kwh": "kW.h", "mwh": "MW.h", "gwh": "GW.h", "twh": "TW.h", "turn": "circ", "megaton": "Mt", "kiloton": "kt", "nmi": "[nmi_i]", "ppm": "[ppm]", "ppb": "[ppb]", "dwt": "t", "sqm": "m2", "sqft": "[sft_i]", "sqkm": "km2",
	"km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "ml": "ml", "mg": "mg", "celcious": "Cel", "knots": "[kn_i]",
}

// metricPrefixes are the names of prefixes and UCUM's letters for them.
var metricPrefixes = []struct{ name, code string }{
	{"kilo", "k"}, {"mega", "M"}, {"giga", "G"}, {"tera", "T"}, {"peta", "P"}, {"exa", "E"}, {"hecto", "h"}, {"deca", "da"},
	{"deci", "d"}, {"centi", "c"}, {"milli", "m"}, {"micro", "u"}, {"nano", "n"}, {"pico", "p"}, {"femto", "f"}, {"atto", "a"},
}

// unitSymbols are units by symbol, where the case of the letters counts.
var unitSymbols = map[string]string{
	"m": "m", "km": "km", "Km": "km", "KM": "km", "cm": "cm", "mm": "mm", "dm": "dm", "nm": "nm", "pm": "pm", "um": "um", "µm": "um", "μm": "um",
	"g": "g", "gs": "g", "kg": "kg", "Kg": "kg", "KG": "kg", "kgs": "kg", "mg": "mg", "µg": "ug", "μg": "ug", "mcg": "ug", "ug": "ug", "t": "t", "Mt": "Mt", "kt": "kt", "Gt": "Gt",
	"l": "l", "L": "l", "ml": "ml", "mL": "ml", "cl": "cl", "dl": "dl", "hl": "hl", "W": "W", "kW": "kW", "MW": "MW", "GW": "GW", "TW": "TW", "mW": "mW",
	"Wh": "W.h", "kWh": "kW.h", "KWh": "kW.h", "MWh": "MW.h", "GWh": "GW.h", "TWh": "TW.h", "J": "J", "kJ": "kJ", "MJ": "MJ", "GJ": "GJ", "V": "V", "kV": "kV", "mV": "mV", "mA": "mA", "Ah": "A.h", "mAh": "mA.h",
	"Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "KB": "kBy", "kB": "kBy", "MB": "MBy", "GB": "GBy", "TB": "TBy", "PB": "PBy", "Mb": "Mbit", "Gb": "Gbit", "Mbps": "Mbit/s", "Gbps": "Gbit/s", "kbps": "kbit/s",
	"Pa": "Pa", "hPa": "hPa", "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "bar": "bar", "mbar": "mbar", "N": "N", "kN": "kN", "kn": "[kn_i]", "kts": "[kn_i]",
	"in": "[in_i]", "ins": "[in_i]", "mi": "[mi_i]", "ha": "har", "Ha": "har", "lbs": "[lb_av]", "hp": "[HP]", "bhp": "[HP]", "dB": "dB", "Sv": "Sv", "mSv": "mSv", "Gy": "Gy", "Bq": "Bq",
	"K": "K", "eV": "eV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "cal": "cal", "kcal": "kcal", "rad": "rad", "deg": "deg", "yds": "[yd_i]", "gals": "[gal_us]", "s": "s", "ms": "ms", "ns": "ns", "Mpc": "Mpc", "cd": "cd",
	"mpg": "[mi_i]/[gal_us]", "Nm": "N.m", "boe": "[bbl_us]", "kmol": "kmol", "mol": "mol", "mmHg": "mm[Hg]", "MMBtu": "M[Btu]", "k.g": "kg", "k.gs": "kg",
}

// spelledTwice are the symbols that a word of English spells too: they are
// units only glued to digits, or where nothing else can be meant.
var spelledTwice = words.NewSet("in m s l a t h g ha bar pm mi L W N V K J turn cal Mt")

// times are units of time by name and sign, in lower case, as UCUM codes; the
// long ones count in years.
var times = map[string]struct {
	code  string
	count int64
}{
	"second": {"s", 1}, "sec": {"s", 1}, "minute": {"min", 1}, "min": {"min", 1}, "hour": {"h", 1}, "hr": {"h", 1}, "day": {"d", 1}, "week": {"wk", 1}, "wk": {"wk", 1},
	"fortnight": {"wk", 2}, "quarters": {"mo", 3}, "month": {"mo", 1}, "mo": {"mo", 1}, "mth": {"mo", 1}, "year": {"a", 1}, "yr": {"a", 1}, "decade": {"a", 10}, "century": {"a", 100}, "centuries": {"a", 100}, "millennium": {"a", 1000}, "millennia": {"a", 1000},
	"millisecond": {"ms", 1}, "microsecond": {"us", 1}, "nanosecond": {"ns", 1},
}

// timeOf looks a word up as a unit of time.
func timeOf(lower string) (code string, count int64, ok bool) {
	t, ok := times[lower]
	if !ok && len(lower) > 2 {
		t, ok = times[strings.TrimSuffix(lower, "s")]
	}
	if !ok && len(lower) > 2 {
		t, ok = times[strings.TrimSuffix(lower, "s'")]
	}
	return t.code, t.count, ok
}

// nameOf looks a word up as the name of a unit, singular or plural, with or
// without a metric prefix.
func nameOf(lower string) (string, bool) {
	if code, ok := unitNames[lower]; ok {
		return code, true
	}
	stem := lower
	if n := len(lower); n > 2 && lower[n-1] == 's' {
		stem = lower[:n-1]
		if code, ok := unitNames[stem]; ok {
			return code, true
		}
		if stem == "inche" {
			return unitNames["inch"], true
		}
	}
	if len(stem) < 7 {
		return "", false
	}
	for _, p := range metricPrefixes {
		if base, ok := strings.CutPrefix(stem, p.name); ok {
			switch code := unitNames[base]; code {
			case "m", "g", "l", "W", "J", "Hz", "By", "bit", "V", "A", "Pa", "N", "Sv", "t", "cal", "Bq", "eV":
				return p.code + code, true
			}
			return "", false
		}
	}
	return "", false
}

// unitAt reads a physical unit at word i: "km", "square metres", "°C", "degrees
// Celsius", "km/h", "metric tons", "miles per hour". glued says that it stands
// right at the digits.
func (r *reader) unitAt(i int) (code string, next int, ok bool) {
	code, next, ok = r.simpleUnit(i)
	if !ok {
		return "", i, false
	}
	return r.compound(code, next)
}

// compound reads the second half of "km/h" and "miles per hour"; a rate by the
// day or longer, or by the head, is left to the rate reader.
func (r *reader) compound(code string, next int) (string, int, bool) {
	at := next
	switch {
	case r.IsMark(at, '-') && !r.At(at).Space && (r.Is(at+1, "hour") || r.Is(at+1, "hours")) && (strings.HasSuffix(code, "A") || strings.HasSuffix(code, "W")):
		return code + ".h", at + 2, true
	case r.IsMark(at, '/') && !r.At(at).Space && !r.At(at+1).Space, r.Is(at, "per"):
		at++
	case (r.Is(at, "an") || r.Is(at, "a")) && (r.Is(at+1, "hour") || r.Is(at+1, "second")):
		at++
	default:
		return code, next, true
	}
	switch w := r.At(at); w.Lower {
	case "h", "hr", "hour":
		return code + "/h", at + 1, true
	case "s", "sec", "second":
		end := at + 1
		if e, n := r.power(end); n > end {
			return code + "/s" + e, n, true
		}
		return code + "/s", end, true
	case "min", "minute":
		return code + "/min", at + 1, true
	}
	if den, end, ok := r.simpleUnit(at); ok && !isArea(den) && !r.Is(at-1, "a") {
		return code + "/" + den, end, true
	}
	return code, next, true
}

// isArea tells the units that a density counts by: "per km2" is a rate.
func isArea(code string) bool {
	return code == "km2" || code == "[mi_i]2" || code == "m2" || code == "har" || code == "[acr_us]"
}

func (r *reader) simpleUnit(i int) (code string, next int, ok bool) {
	w := r.At(i)
	if w.Kind == numeral.Mark {
		return r.signUnit(i)
	}
	if w.Kind != numeral.Letters {
		return "", i, false
	}
	switch w.Lower {
	case "square", "sq", "sq.", "cubic", "cu", "cu.":
		at := i + 1
		if r.IsMark(at, '.') {
			at++
		}
		base, next, ok := r.baseUnit(at)
		if !ok {
			return "", i, false
		}
		if w.Lower[0] == 's' {
			return base + "2", next, true
		}
		return base + "3", next, true
	case "b": // barrels a day, as the trade writes them
		if r.IsMark(i+1, '/') && r.Is(i+2, "d") && !r.At(i+1).Space {
			return "[bbl_us]/d", i + 3, true
		}
	case "metric", "short", "long", "nautical", "deadweight", "gross", "imperial", "statute", "light", "troy", "fluid", "us", "british":
		return r.qualified(i)
	case "degree", "degrees", "deg", "deg.":
		at := i + 1
		if w.Lower == "deg" && r.IsMark(at, '.') && at+1 < len(r.Words) {
			at++
		}
		switch t := r.At(at); t.Lower {
		case "celsius", "centigrade", "celcius", "c":
			return "Cel", at + 1, true
		case "fahrenheit", "f":
			return "[degF]", at + 1, true
		}
		return "deg", i + 1, true
	}
	code, next, ok = r.baseUnit(i)
	if !ok {
		return "", i, false
	}
	if e, n := r.power(next); n > next {
		return code + e, n, true
	}
	switch { // "kilowatt hours", "watt-hours"
	case strings.HasSuffix(code, "W"):
		at := next
		if r.IsMark(at, '-') {
			at++
		}
		if r.Is(at, "hour") || r.Is(at, "hours") {
			return code + ".h", at + 1, true
		}
	}
	return code, next, true
}

// power reads the exponent of "km2", "m²", "m^3".
func (r *reader) power(i int) (string, int) {
	w := r.At(i)
	switch {
	case w.Space:
	case w.Rune == '²':
		return "2", i + 1
	case w.Rune == '³':
		return "3", i + 1
	case w.Lower == "2" || w.Lower == "3":
		return w.Lower, i + 1
	case w.Rune == '^' && (r.Is(i+1, "2") || r.Is(i+1, "3")):
		return r.At(i + 1).Lower, i + 2
	}
	return "", i
}

// signUnit reads units that are signs: °C, ', ".
func (r *reader) signUnit(i int) (string, int, bool) {
	w, after := r.At(i), r.At(i+1)
	switch w.Rune {
	case '°', 'º', '˚':
		switch {
		case after.Lower == "c" || after.Lower == "celsius" || after.Lower == "centigrade":
			return "Cel", i + 2, true
		case after.Lower == "f" || after.Lower == "fahrenheit":
			return "[degF]", i + 2, true
		}
		return "deg", i + 1, true
	case '℃':
		return "Cel", i + 1, true
	case '℉':
		return "[degF]", i + 1, true
	case '′':
		return "[ft_i]", i + 1, true
	case '″':
		return "[in_i]", i + 1, true
	}
	return "", i, false
}

// qualified reads a unit with a word before it that chooses among units.
func (r *reader) qualified(i int) (string, int, bool) {
	at := i + 1
	which := r.At(i).Lower
	if which == "light" && r.IsMark(at, '-') {
		at++
	}
	next := r.At(at).Lower
	noun := strings.TrimSuffix(next, "s")
	switch {
	case which == "light" && noun == "year":
		return "[ly]", at + 1, true
	case which == "british" && noun == "thermal" && strings.HasPrefix(r.At(at+1).Lower, "unit"):
		return "[Btu]", at + 2, true
	case which == "nautical" && noun == "mile":
		return "[nmi_i]", at + 1, true
	case which == "short" && noun == "ton":
		return "[ston_av]", at + 1, true
	case which == "long" && noun == "ton":
		return "[lton_av]", at + 1, true
	case (which == "metric" || which == "deadweight" || which == "gross") && (noun == "ton" || noun == "tonne"):
		return "t", at + 1, true
	case which == "troy" && noun == "ounce":
		return "[oz_tr]", at + 1, true
	case which == "fluid" && noun == "ounce":
		return "[foz_us]", at + 1, true
	case which == "imperial" && noun == "gallon":
		return "[gal_br]", at + 1, true
	case which == "imperial" && noun == "pint":
		return "[pt_br]", at + 1, true
	case which == "us" && noun == "gallon":
		return "[gal_us]", at + 1, true
	case which == "statute" && noun == "mile":
		return "[mi_i]", at + 1, true
	}
	return "", i, false
}

// baseUnit reads one unit by name or symbol.
func (r *reader) baseUnit(i int) (string, int, bool) {
	w := r.At(i)
	if w.Kind != numeral.Letters {
		return "", i, false
	}
	raw := strings.TrimSuffix(r.Text[w.Start:w.End], ".")
	if code, ok := unitSymbols[raw]; ok {
		if w.Space && spelledTwice.Has(raw) && !r.unitStands(i) {
			return "", i, false
		}
		next := i + 1
		if r.IsMark(next, '.') && !r.At(next).Space && raw == "in" && next+1 < len(r.Words) {
			next++
		}
		return code, next, true
	}
	if code, ok := nameOf(strings.TrimSuffix(w.Lower, ".")); ok {
		return code, i + 1, true
	}
	return "", i, false
}

// unitStands reports whether a symbol that is an English word too can be
// nothing but a unit: the phrase ends with it, or another mark of a unit
// follows ("5 m x 3 m", "180 m tall").
func (r *reader) unitStands(i int) bool {
	next := r.At(i + 1)
	if next.Rune == '-' && !next.Space {
		return false
	}
	if i+1 >= len(r.Words) || next.Kind != numeral.Letters {
		return next.Kind != numeral.Digits || r.At(i).Lower != "in"
	}
	if r.At(i).Lower == "in" {
		return next.Lower == "of" || next.Lower == "long" || next.Lower == "wide" || next.Lower == "tall"
	}
	switch r.At(i).Lower {
	case "a":
		return false
	}
	return r.At(i).Kind == numeral.Letters
}
