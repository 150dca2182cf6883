package claim

import (
	"testing"

	"github.com/shopspring/decimal"
)

func exact(s, unit string) Quantity {
	d := decimal.RequireFromString(s)
	return Quantity{Number: Number(d), Low: Number(d), High: Number(d), Unit: unit}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct{ in, from, to, want string }{
		{"1", "[mi_i]", "km", "1.609344"},
		{"150", "[mi_i]", "km", "241.4016"},
		{"6", "[ft_i]", "m", "1.8288"},
		{"10", "kg", "[lb_av]", "22.0462262184877580723"},
		{"2", "km2", "har", "200"},
		{"1", "[mi_i]2", "km2", "2.589988110336"},
		{"100", "[acr_us]", "har", "40.468564224"},
		{"1", "[gal_us]", "l", "3.785411784"},
		{"60", "[mi_i]/h", "km/h", "96.56064"},
		{"1", "km3", "m3", "1000000000"},
		{"1", "t", "kg", "1000"},
		{"1", "[ston_av]", "t", "0.90718474"},
		{"3", "GW.h", "MW.h", "3000"},
		{"1", "kW.h", "MJ", "3.6"},
		{"8", "Mbit", "MBy", "1"},
		{"100", "Cel", "[degF]", "212"},
		{"-40", "[degF]", "Cel", "-40"},
		{"20", "Cel", "K", "293.15"},
		{"1", "wk", "d", "7"},
		{"2", "a", "mo", "24"},
		{"25", "bp", "pp", "0.25"},
		{"0.5", "1", "%", "50"},
		{"36", "km/h", "m/s", "10"},
	} {
		got, ok := Convert(exact(c.in, c.from), c.to)
		if !ok || !got.Number.Decimal.Equal(decimal.RequireFromString(c.want)) || got.Unit != c.to {
			t.Errorf("%s %s in %s: got %v %v, want %s", c.in, c.from, c.to, got.Number.Decimal, ok, c.want)
		}
	}
}

func TestConvertRefuses(t *testing.T) {
	for _, c := range [][2]string{{"kg", "m"}, {"USD", "EUR"}, {"person", "soldier"}, {"%", "pp"}, {"km", "km2"}, {"", "km"}, {"deg", "Cel"}, {"km//h", "km"}, {"[mi_i", "km"}} {
		if q, ok := Convert(exact("1", c[0]), c[1]); ok {
			t.Errorf("%s became %s: %v", c[0], c[1], q)
		}
	}
}

func TestConvertCalendar(t *testing.T) {
	q, ok := Convert(exact("2", "mo"), "d")
	if !ok || q.Low.Decimal.String() != "56" || q.High.Decimal.String() != "62" {
		t.Errorf("2 mo in d: %v to %v", q.Low.Decimal, q.High.Decimal)
	}
	if !q.Meets(exact("60", "d")) {
		t.Error("two months and 60 days do not meet")
	}
	q, ok = Convert(exact("365", "d"), "a")
	if !ok || !q.Meets(exact("1", "a")) {
		t.Errorf("365 d in a: %v to %v", q.Low.Decimal, q.High.Decimal)
	}
}

func TestConvertChange(t *testing.T) {
	q := exact("9", "[degF]")
	q.Change = 1
	if got, _ := Convert(q, "Cel"); got.Number.Decimal.String() != "5" {
		t.Errorf("a rise of 9 °F is %v °C", got.Number.Decimal)
	}
}

func TestDimension(t *testing.T) {
	for unit, want := range map[string]string{"km": "length", "[acr_us]": "area", "l": "volume", "USD": "money", "XBT": "money", "%": "share", "pp": "points",
		"person": "count", "": "", "a": "time", "kW.h": "energy", "MW": "power", "[bbl_us]/d": "flow", "GBy": "data", "Cel": "temperature", "USA": "count", "person/km2": "count"} {
		if got := Dimension(unit); got != want {
			t.Errorf("Dimension(%q) = %q, want %q", unit, got, want)
		}
	}
}
