package conflict

import (
	"strings"
	"testing"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

func table(t testing.TB, rows ...string) *Rates {
	t.Helper()
	r := NewRates()
	for _, row := range rows {
		f := strings.Fields(row)
		if err := r.Add(day(t, f[0]), f[1], f[2], decimal.RequireFromString(f[3])); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Sort(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRatesOfATime(t *testing.T) {
	r := table(t, "2019-04-01 USD GBP 0.76", "2019-04-03 USD GBP 0.77", "2019-09-01 USD GBP 0.82", "2019-04-03 EUR USD 1.12", "2019-04-03 EUR NOK 9.6")
	for _, test := range []struct {
		from, to, first, last string
		low, high, day        string // low "" for none
	}{
		{"USD", "GBP", "2019-04-03", "2019-04-03", "0.76", "0.77", "2019-04-03"},
		{"USD", "GBP", "2019-04-09", "2019-04-09", "0.77", "0.77", "2019-04-03"},
		{"USD", "GBP", "2019-04-11", "2019-04-11", "", "", ""},
		{"USD", "GBP", "2019-01-01", "2019-12-31", "0.76", "0.82", "2019-04-01"},
		{"USD", "EUR", "2019-04-03", "2019-04-03", "1.12", "1.12", "2019-04-03"},
		{"USD", "NOK", "2019-04-03", "2019-04-03", "8.57142857", "8.57142858", "2019-04-03"},
		{"USD", "JPY", "2019-04-03", "2019-04-03", "", "", ""},
	} {
		x, ok := r.in(currencies{test.from, test.to}, claim.Period{From: day(t, test.first), To: day(t, test.last)})
		if ok != (test.low != "") {
			t.Errorf("%s to %s: found %v", test.from, test.to, ok)
		}
		if !ok {
			continue
		}
		inside := x.low.GreaterThanOrEqual(decimal.RequireFromString(test.low)) && x.high.LessThanOrEqual(decimal.RequireFromString(test.high))
		if !inside || x.low.GreaterThan(x.high) || x.day.String() != test.day {
			t.Errorf("%s to %s: %s to %s on %s, want %s to %s on %s", test.from, test.to, x.low, x.high, x.day, test.low, test.high, test.day)
		}
	}
}

func TestRatesThatAreNone(t *testing.T) {
	r := NewRates()
	on := day(t, "2019-04-03")
	for _, test := range []struct {
		day      claim.Day
		from, to string
		rate     string
		want     string
	}{
		{0, "USD", "GBP", "1", "date:"}, {on, "XYZ", "GBP", "1", "from:"}, {on, "USD", "pound", "1", "to:"}, {on, "USD", "USD", "1", "to:"},
		{on, "USD", "GBP", "0", "rate:"}, {on, "USD", "GBP", "-1", "rate:"}, {on, "USD", "GBP", "1e99", "rate:"},
	} {
		if err := r.Add(test.day, test.from, test.to, decimal.RequireFromString(test.rate)); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v: %v", test, err)
		}
	}
	for _, rate := range []string{"0.77", "0.770", "0.78"} {
		if err := r.Add(on, "USD", "GBP", decimal.RequireFromString(rate)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Sort(); err == nil || !strings.Contains(err.Error(), "USD to GBP on 2019-04-03: both 0.77 and 0.78") {
		t.Errorf("two rates on a day: %v", err)
	}
}

// sum is a sum of money said on a day.
func sum(sentence, quote string, value claim.Quantity, published string) statement {
	return statement{sentence: sentence, quote: quote, subject: "Quay of Ayle", attribute: "cost", entities: []string{"Quay of Ayle"},
		value: quantity(value), published: published}
}

func TestCurrency(t *testing.T) {
	april := table(t, "2019-04-02 USD GBP 0.765")
	dollars := sum("The Quay of Ayle cost $150 million to build.", "$150 million", said("145000000", "150000000", "155000000", "USD"), "2019-04-03")
	pounds := func(millions, on string) statement {
		n := decimal.RequireFromString(millions).Shift(6).String()
		return sum("The Quay of Ayle cost £"+millions+" million to build.", "£"+millions+" million", exact(n, "GBP"), on)
	}
	both := sum("The Quay of Ayle cost $150 million (£115 million) to build.", "$150 million", said("145000000", "150000000", "155000000", "USD"), "2019-04-03")
	bothAgain := sum(both.sentence, "£115 million", said("114500000", "115000000", "115500000", "GBP"), "2019-04-03")
	both.doc, bothAgain.doc, bothAgain.text = "both", "both", "\n"
	both.text = both.sentence
	for _, test := range []struct {
		name   string
		rates  *Rates
		list   []statement
		status Status // "" for nothing
		says   string
	}{
		{"no rates", nil, []statement{dollars, pounds("115", "2019-04-03")}, "", ""},
		{"what it comes to", april, []statement{dollars, pounds("115", "2019-04-03")}, Explained, "at 0.765 GBP for 1 USD, on 2019-04-02"},
		{"within the room of the rate", april, []statement{dollars, pounds("120", "2019-04-03")}, Explained, "another currency"},
		{"neither near nor far", april, []statement{dollars, pounds("128", "2019-04-03")}, "", ""},
		{"far from it", april, []statement{dollars, pounds("190", "2019-04-03")}, Open, "is not"},
		{"a rate of another time", april, []statement{dollars, pounds("190", "2019-08-03")}, Open, "is not"},
		{"no rate of the time", table(t, "2018-04-02 USD GBP 0.765"), []statement{dollars, pounds("190", "2019-04-03")}, "", ""},
		{"no rate of the pair", table(t, "2019-04-02 USD NOK 8.5"), []statement{dollars, pounds("190", "2019-04-03")}, "", ""},
		{"a text converts", nil, []statement{both, bothAgain, pounds("113", "2019-04-03")}, Explained, "as a text here converts"},
	} {
		docs, claims := material(t, test.list)
		found, err := Setting{Rates: test.rates}.Compare(t.Context(), docs, claims)
		if err != nil {
			t.Fatal(err)
		}
		if test.status == "" {
			for _, c := range found {
				t.Errorf("%s: %s %s", test.name, c.Status, c.Reason)
			}
			continue
		}
		if len(found) == 0 {
			t.Errorf("%s: nothing", test.name)
			continue
		}
		if c := found[0]; c.Status != test.status || !strings.Contains(c.Reason, test.says) {
			t.Errorf("%s: %s %s", test.name, c.Status, c.Reason)
		}
	}
}
