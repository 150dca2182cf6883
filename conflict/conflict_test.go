package conflict

import (
	"slices"
	"strings"
	"testing"
	"time"

	"crosscheck/claim"
)

func killed(sentence, quote string, q claim.Quantity) statement {
	return statement{sentence: sentence, quote: quote, attribute: "people killed", value: quantity(q)}
}

func TestTollOutsideRange(t *testing.T) {
	c := only(t, compareAll(t,
		killed("A military official said 34 people were killed.", "34", exact("34", "person")),
		statement{sentence: "Between 10 and 12 people died, a general said.", quote: "Between 10 and 12", attribute: "died",
			value: quantity(between("10", "12", "person"))}))
	if c.Status != Open || c.Kind != Number || c.Severity < ShownFrom || c.Origins != 2 || len(c.Positions) != 2 {
		t.Errorf("got %+v", c)
	}
	if !strings.Contains(c.Reason, "lies outside") || !strings.Contains(c.Reason, "tried: rounding, bound or range") {
		t.Errorf("reason %q", c.Reason)
	}
}

// A figure that a later one replaced is no position, so no reason speaks of it, however
// clearly it contradicts those that stand.
func TestReasonIsAboutPositions(t *testing.T) {
	toll := func(n, sentence, day string) statement {
		s := killed(sentence, n, exact(n, "person"))
		s.published = day
		return s
	}
	c := only(t, compareAll(t,
		toll("90", "90 people were killed in the flood in Velmora.", "2024-05-03"),
		toll("98", "In all, the dead of the flood were 98, the mayor of Velmora says.", "2024-05-10"),
		toll("81", "81 people were killed in the flood in Velmora.", "2024-05-12")))
	var shown []string
	for _, p := range c.Positions {
		shown = append(shown, p.Appearances[0].Quote)
	}
	slices.Sort(shown)
	if c.Status != Open || !slices.Equal(shown, []string{"81", "98"}) || !strings.Contains(c.Reason, "98 people") || strings.Contains(c.Reason, "90 people") {
		t.Errorf("%s, of %q: %s", c.Status, shown, c.Reason)
	}
}

func TestRateAgainstTotal(t *testing.T) {
	term := claim.Period{From: claim.DayOf(2018, 10, 1), To: claim.DayOf(2028, 9, 30)}
	signed := claim.Year(2016)
	rate := statement{sentence: "- Military aid: $3.8 billion annually under a 10-year memorandum through 2028", quote: "$3.8 billion annually",
		subject: "United States", attribute: "military aid", entities: []string{"United States", "Israel"},
		value: quantity(per(said("3800000000", "3750000000", "3850000000", "USD"), "year")), time: &term}
	total := statement{sentence: "| 2016 | $38B MOU signed (Obama) |", quote: "$38B", subject: "United States", attribute: "military aid MOU signed",
		entities: []string{"United States", "Israel"}, value: quantity(said("38000000000", "37500000000", "38500000000", "USD")), time: &signed}
	for name, change := range map[string]func(){
		"term in the sentence": func() {},
		"term by two years":    func() { rate.sentence = "Fiscal years 2019 to 2028 bring $3.8 billion annually."; rate.time = nil },
		"term in the document": func() {
			rate.sentence = "They get $3.8 billion annually."
			rate.text = rate.sentence + "\nThe pact lasts ten years."
		},
		"term in the scope":     func() { rate.text = ""; rate.scope = []string{"fiscal years 2019 to 2028"} },
		"term by the time only": func() { rate.scope = nil; rate.time = &term },
	} {
		change()
		c := only(t, compareAll(t, rate, total))
		if c.Status != Explained || !strings.Contains(c.Reason, "rate against total") || !slices.Contains(c.Rungs, "rate against total") {
			t.Errorf("%s: got %+v", name, c)
		}
	}
	rate.time, rate.scope, rate.text, rate.sentence = nil, nil, "", "They get $3.8 billion annually."
	total.sentence = "The $38B pact was signed."
	if got := compareAll(t, rate, total); len(got) != 0 {
		t.Errorf("no term is known, so nothing can be said: %+v", got)
	}
}

// TestOnlyTheAgreementJoins has a rate and a total whose attributes share no
// word: what joins them is the pact that the one names beside its value.
func TestOnlyTheAgreementJoins(t *testing.T) {
	c := only(t, compareAll(t,
		statement{sentence: "- $3.8 billion annually (10-year MOU through 2028)", quote: "$3.8 billion annually", subject: "United States",
			attribute: "military aid", entities: []string{"United States", "Israel", "MOU"}, scope: []string{"10-year MOU through 2028"},
			value: quantity(per(said("3800000000", "3750000000", "3850000000", "USD"), "year"))},
		statement{sentence: "| 2016 | $38B MOU signed (Obama) |", quote: "$38B", subject: "United States", attribute: "mou signed",
			entities: []string{"MOU", "United States", "Israel"}, value: quantity(said("38000000000", "37500000000", "38500000000", "USD"))}))
	if c.Status != Explained || !strings.Contains(c.Reason, "for 10 years") {
		t.Errorf("got %+v", c)
	}
}

func cost(sentence, quote string, q claim.Quantity) statement {
	return statement{sentence: sentence, quote: quote, subject: "Harbour Bridge", attribute: "cost", entities: []string{"Harbour Bridge"}, value: quantity(q)}
}

// TestPairs says what becomes of two statements that look alike.
func TestPairs(t *testing.T) {
	signed := func(quote string, v claim.Value) statement {
		return statement{sentence: "The Harbour Treaty was signed on " + quote + ".", quote: quote, subject: "Harbour Treaty", attribute: "signed",
			entities: []string{"Harbour Treaty"}, value: v}
	}
	with := func(s statement, change func(*statement)) statement { change(&s); return s }
	usd := func(n string) claim.Quantity { return exact(n, "USD") }
	rose := func(n string, by int) claim.Quantity { q := exact(n, "%"); q.Change = by; return q }
	spring := claim.Month(2016, time.March)
	for _, c := range []struct {
		name   string
		a, b   statement
		status Status // "" for no conflict at all
		rung   string
	}{
		{"3.8 can be 3.75", cost("The Harbour Bridge cost $3.8 million.", "$3.8 million", said("3.8", "3.75", "3.85", "USD")),
			cost("The Harbour Bridge cost $3.75 million.", "$3.75 million", said("3.75", "3.745", "3.755", "USD")), Explained, "rounding"},
		{"7.7 is not 7.8", cost("The Harbour Bridge cost $7.7 million.", "$7.7 million", said("7.7", "7.65", "7.75", "USD")),
			cost("The Harbour Bridge cost $7.8 million.", "$7.8 million", said("7.8", "7.75", "7.85", "USD")), Open, ""},
		{"about", cost("The Harbour Bridge cost about $70 million.", "$70 million", about("70", "63", "77", "USD")),
			cost("The Harbour Bridge cost $74 million.", "$74 million", usd("74")), Explained, "about"},
		{"another currency", cost("The Harbour Bridge cost A$50bn.", "A$50bn", exact("50", "AUD")),
			cost("The Harbour Bridge cost $38bn.", "$38bn", usd("38")), "", ""},
		{"same digits in another currency", cost("The Harbour Bridge cost A$38bn.", "A$38bn", exact("38", "AUD")),
			cost("The Harbour Bridge cost $38bn.", "$38bn", usd("38")), Open, ""},
		{"part of a whole", cost("The Harbour Bridge cost $74 million, including $9 million for paint.", "$9 million", usd("9")),
			cost("The Harbour Bridge cost $74 million.", "$74 million", usd("74")), "", ""},
		{"plan against outcome", with(cost("The Harbour Bridge will cost $60 million.", "$60 million", usd("60")), func(s *statement) { s.modality = claim.Planned }),
			cost("The Harbour Bridge cost $74 million.", "$74 million", usd("74")), "", ""},
		{"another year", with(cost("The Harbour Bridge cost $60 million.", "$60 million", usd("60")), func(s *statement) { s.time = &spring }),
			with(cost("The Harbour Bridge cost $74 million.", "$74 million", usd("74")), func(s *statement) { y := claim.Year(2019); s.time = &y }), "", ""},
		{"another part", with(cost("The Harbour Bridge cost $60 million.", "$60 million", usd("60")), func(s *statement) { s.scope = []string{"northern span"} }),
			with(cost("The Harbour Bridge cost $74 million.", "$74 million", usd("74")), func(s *statement) { s.scope = []string{"southern ramp"} }), "", ""},
		{"level against change", cost("The Harbour Bridge's cost rose 4%.", "4%", rose("4", 1)), cost("The Harbour Bridge's cost is 9%.", "9%", rose("9", 0)), "", ""},
		{"up against down", cost("The Harbour Bridge's cost rose 4%.", "4%", rose("4", 1)), cost("The Harbour Bridge's cost fell 4%.", "4%", rose("4", -1)), Open, ""},
		{"percent against points", cost("The Harbour Bridge's cost rose 4%.", "4%", rose("4", 1)),
			cost("The Harbour Bridge's cost rose 2 points.", "2 points", func() claim.Quantity { q := rose("2", 1); q.Unit = "pp"; return q }()), "", ""},
		{"miles and kilometres", statement{sentence: "The Harbour Bridge is 5 miles long.", quote: "5 miles", subject: "Harbour Bridge", attribute: "length",
			value: quantity(exact("5", "[mi_i]"))},
			statement{sentence: "The Harbour Bridge is 8 km long.", quote: "8 km", subject: "Harbour Bridge", attribute: "length", value: quantity(exact("8", "km"))},
			Explained, "unit"},
		{"miles and too many kilometres", statement{sentence: "The Harbour Bridge is 5 miles long.", quote: "5 miles", subject: "Harbour Bridge", attribute: "length",
			value: quantity(exact("5", "[mi_i]"))},
			statement{sentence: "The Harbour Bridge is 12 km long.", quote: "12 km", subject: "Harbour Bridge", attribute: "length", value: quantity(exact("12", "km"))},
			Open, ""},
		{"the dead and the injured", killed("34 people were killed in the fire.", "34", exact("34", "person")),
			statement{sentence: "51 people were injured in the fire.", quote: "51", attribute: "people injured", value: quantity(exact("51", "person"))}, "", ""},
		{"soldiers are people", killed("34 people were killed in the fire.", "34", exact("34", "person")),
			statement{sentence: "Fatalities reached 51 in the fire.", quote: "51", attribute: "fatalities", value: quantity(exact("51", ""))}, Open, ""},
		{"a later toll", with(killed("So far 34 people were killed in the fire.", "34", exact("34", "person")), func(s *statement) { s.published = "2021-03-04" }),
			with(killed("The fire killed 51 people.", "51", exact("51", "person")), func(s *statement) { s.published = "2021-03-09" }), Superseded, "superseded by a later figure"},
		{"a month holds its days", signed("14 September 2016", on(t, "2016-09-14")), signed("September 2016", period(claim.Month(2016, time.September))),
			Explained, "precision of the date"},
		{"two days", signed("14 September 2016", on(t, "2016-09-14")), signed("15 September 2016", on(t, "2016-09-15")), Open, ""},
		{"a profit and a loss", with(cost("The Harbour Bridge made a profit of $74 million.", "$74 million", usd("74")), func(s *statement) { s.attribute = "profit" }),
			with(cost("The Harbour Bridge made a loss of $74 million.", "$74 million", usd("74")), func(s *statement) { s.attribute = "loss" }), Open, ""},
		{"born and elected on one day", with(signed("14 September 2016", on(t, "2016-09-14")), func(s *statement) {
			s.attribute, s.sentence = "born", "Mara Venn was born on 14 September 2016."
		}), with(signed("14 September 2016", on(t, "2016-09-14")), func(s *statement) {
			s.attribute, s.sentence = "elected", "Mara Venn was elected on 14 September 2016."
		}), Open, ""},
		{"two stages", signed("14 September 2016", on(t, "2016-09-14")),
			with(signed("15 September 2016", on(t, "2016-09-15")), func(s *statement) {
				s.attribute, s.sentence = "ratified", "The Harbour Treaty was ratified on 15 September 2016."
			}), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compareAll(t, c.a, c.b)
			if c.status == "" {
				if len(got) != 0 {
					t.Fatalf("got %+v, want nothing", got)
				}
				return
			}
			one := only(t, got)
			if one.Status != c.status || c.rung != "" && one.Rungs[len(one.Rungs)-1] != c.rung {
				t.Errorf("got %s by %v: %s", one.Status, one.Rungs, one.Reason)
			}
			if c.status == Open && one.Severity < ShownFrom {
				t.Errorf("severity %v", one.Severity)
			}
		})
	}
}

func TestBoundDecidesNothing(t *testing.T) {
	c := only(t, compareAll(t,
		killed("The fire killed more than 40 people.", "more than 40", moreThan("40", "person")),
		killed("The fire killed 45 people.", "45", exact("45", "person")),
		killed("The fire killed 47 people.", "47", exact("47", "person"))))
	if c.Status != Open || len(c.Positions) != 2 || len(c.Compatible) != 1 || c.Compatible[0].Quote != "more than 40" {
		t.Errorf("got %+v", c)
	}
}

func TestEntities(t *testing.T) {
	wrote := func(name string) statement {
		return statement{sentence: "The Hollow Tower was written by " + name + ".", quote: name, subject: "The Hollow Tower", attribute: "written by",
			entities: []string{"The Hollow Tower", name}, value: entity(name, claim.Person)}
	}
	visited := wrote("Mara Venn")
	visited.attribute = "visitor"
	also := wrote("Otto Quill")
	also.attribute = "visitor"
	for _, c := range []struct {
		name string
		a, b statement
		want Status
	}{
		{"two authors", wrote("Mara Venn"), wrote("Otto Quill"), Open},
		{"a short name", wrote("Mara Venn"), wrote("Venn"), Explained},
		{"many may visit", visited, also, ""},
	} {
		got := compareAll(t, c.a, c.b)
		if c.want == "" && len(got) == 0 {
			continue
		}
		if one := only(t, got); one.Status != c.want || one.Kind != Entity {
			t.Errorf("%s: got %+v", c.name, one)
		}
	}
}

func TestNegation(t *testing.T) {
	yes := statement{sentence: "The Harbour Board has signed the dredging contract.", quote: "has signed", subject: "Harbour Board",
		attribute: "dredging contract signed", entities: []string{"Harbour Board"}}
	no := yes
	no.sentence, no.quote, no.negated = "The Harbour Board has not signed the dredging contract.", "has not signed", true
	c := only(t, compareAll(t, yes, no))
	if c.Kind != Negation || c.Status != Open || c.Severity < ShownFrom {
		t.Errorf("got %+v", c)
	}
	no.said, yes.said = "2020-01-05", "2020-06-01"
	if c := only(t, compareAll(t, yes, no)); c.Status != Superseded {
		t.Errorf("not yet: got %+v", c)
	}
}

func TestOneDocumentGivesBoth(t *testing.T) {
	got := compareAll(t,
		killed("The fire killed 45 people.", "45", exact("45", "person")),
		statement{doc: "b.txt", sentence: "The fire killed 45 people.", quote: "45", attribute: "people killed", value: quantity(exact("45", "person"))},
		statement{doc: "b.txt", sentence: "An older fire there killed 17 people.", quote: "17", attribute: "people killed", value: quantity(exact("17", "person"))})
	if len(got) != 0 {
		t.Errorf("b.txt gives a.txt's figure as well: %+v", got)
	}
}
