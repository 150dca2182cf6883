package review

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"crosscheck/claim"
	"crosscheck/desk"
)

// sideOf is an answer that some sources give.
func sideOf(t *testing.T, value string, denied bool, sources ...string) sideView {
	t.Helper()
	var v claim.Value
	if err := json.Unmarshal([]byte(value), &v); err != nil {
		t.Fatal(err)
	}
	side := desk.Side{Value: v, Key: desk.ValueKey(v)}
	for i, s := range sources {
		p := desk.Place{Source: s, Published: claim.DayOf(2025, 6, 3+i)}
		p.Claim.Value = v
		if denied {
			p.Claim.Polarity = claim.Negated
		}
		side.Places = append(side.Places, p)
	}
	return viewSide(side, 0, "")
}

func TestPicturesOfNumbers(t *testing.T) {
	p := draw([]sideView{
		sideOf(t, `{"number":"34","low":"34","high":"34","unit":"person","approximate":false}`, false, "Courier", "Wire"),
		sideOf(t, `{"number":null,"low":"10","high":"12","unit":"person","approximate":false}`, false, "Harbour Office"),
	})
	if p == nil || len(p.Rows) != 3 || p.Log {
		t.Fatalf("the picture is %+v", p)
	}
	if p.Rows[0].Source != "Courier" || p.Rows[2].Source != "Wire" {
		t.Errorf("not by date: %s, %s, %s", p.Rows[0].Source, p.Rows[1].Source, p.Rows[2].Source)
	}
	wide := p.Rows[1]
	if !wide.Interval || wide.From >= wide.X || wide.X >= wide.To || wide.To >= p.Rows[0].X {
		t.Errorf("10 to 12 lies at %d from %d to %d, 34 at %d", wide.X, wide.From, wide.To, p.Rows[0].X)
	}
	if p.Rows[0].X != p.Rows[2].X || p.Rows[0].Interval {
		t.Errorf("34 lies at %d and at %d", p.Rows[0].X, p.Rows[2].X)
	}
	for _, want := range []string{"Courier on 3 June 2025: 34 people", "Harbour Office on 3 June 2025: 10 to 12 people"} {
		if !strings.Contains(p.Desc, want) {
			t.Errorf("%q does not tell %q", p.Desc, want)
		}
	}
}

func TestPicturesOfSlipsAreLogarithmic(t *testing.T) {
	p := draw([]sideView{
		sideOf(t, `{"number":"38000000000","low":"37500000000","high":"38500000000","unit":"USD","approximate":false}`, false, "a"),
		sideOf(t, `{"number":"38000000","low":"37500000","high":"38500000","unit":"USD","approximate":false}`, false, "b"),
	})
	if !p.Log || len(p.Ticks) < 3 || p.Ticks[0].Words != "$100 million" {
		t.Errorf("a factor of a thousand: %+v", p.Ticks)
	}
}

func TestPicturesConvertUnitsOrGiveUpTheAxis(t *testing.T) {
	km := `{"number":"10","low":"10","high":"10","unit":"km","approximate":false}`
	p := draw([]sideView{sideOf(t, km, false, "a"), sideOf(t, `{"number":"10","low":"10","high":"10","unit":"[mi_i]","approximate":false}`, false, "b")})
	if p.Rows[1].X <= p.Rows[0].X {
		t.Errorf("ten miles at %d are not more than ten kilometres at %d", p.Rows[1].X, p.Rows[0].X)
	}
	p = draw([]sideView{sideOf(t, km, false, "a"), sideOf(t, `{"number":"10","low":"10","high":"10","unit":"person","approximate":false}`, false, "b")})
	if len(p.Ticks) != 2 || p.Ticks[1].Words != "10 people" || p.Rows[1].X != p.Ticks[1].X {
		t.Errorf("kilometres and people: %+v", p.Ticks)
	}
}

func TestPicturesOfNamesAndDenials(t *testing.T) {
	name := `{"name":"Ada Holm","type":"person"}`
	p := draw([]sideView{sideOf(t, name, false, "a"), sideOf(t, name, true, "b")})
	if len(p.Ticks) != 2 || p.Ticks[1].Words != "not Ada Holm" || p.Rows[0].X == p.Rows[1].X {
		t.Errorf("a denial: %+v", p.Ticks)
	}
}

func TestPicturesOfDays(t *testing.T) {
	p := draw([]sideView{sideOf(t, `{"from":"2021-01-01","to":"2021-12-31"}`, false, "a"), sideOf(t, `{"from":"2022-05-07","to":"2022-05-07"}`, false, "b"), sideOf(t, `{"from":null,"to":"2021-03-01"}`, false, "c")})
	year, day, until := p.Rows[0], p.Rows[1], p.Rows[2]
	if !year.Interval || day.Interval || day.X <= year.To || !until.OpenLow || until.From != p.Left {
		t.Errorf("%+v", p.Rows)
	}
}

func TestPicturesAreBounded(t *testing.T) {
	var many []string
	for i := range 100 {
		many = append(many, strings.Repeat("s", 200)+string(rune('a'+i%26))+strings.Repeat("t", i))
	}
	p := draw([]sideView{sideOf(t, `{"number":"1","low":"1","high":"1","approximate":false}`, false, many...), sideOf(t, `{"number":"2","low":"2","high":"2","approximate":false}`, false, "b")})
	if p.Small == nil || len(p.Small.Rows) != maxDrawn || p.Small.Height <= p.Height {
		t.Error("there is none for a phone")
	}
	if len(p.Rows) != maxDrawn || p.More != 101-maxDrawn || len(p.Rows[0].Source) > maxLabel+len("…") {
		t.Errorf("%d rows and %d more, the first of %q", len(p.Rows), p.More, p.Rows[0].Source)
	}
}

func TestTicksAreRoundAndFew(t *testing.T) {
	for _, values := range [][]float64{{0, 0}, {1, 1}, {0.001, 0.0012}, {3, 5000}, {-40, 12}, {1e-9, 1e12}, {2e9, 2.1e9}, {1e15, 1e15}} {
		a := numberAxis(values)
		ticks := a.ticks()
		if len(ticks) == 0 || len(ticks) > maxTicks+1 {
			t.Errorf("%v has %d ticks: %v", values, len(ticks), ticks)
		}
		for _, v := range append(ticks, values...) {
			if f := a.at(v); math.IsNaN(f) || f < 0 || f > 1 {
				t.Errorf("%v: %v stands at %v", values, v, f)
			}
		}
	}
}
