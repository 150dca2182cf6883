package conflict

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"crosscheck/claim"
)

// rungCases holds for each rung pairs that it explains and pairs that it does not.
func rungCases() map[*rung][]rungCase {
	n := func(q claim.Quantity) statement {
		return statement{attribute: "people killed", sentence: "It was 1.", quote: "1", value: quantity(q)}
	}
	d := func(p claim.Period) statement {
		return statement{attribute: "signed", sentence: "It was 1.", quote: "1", value: period(p)}
	}
	e := func(name string, kind claim.MentionKind, attribute string) statement {
		return statement{attribute: attribute, sentence: "It was 1.", quote: "1", value: entity(name, kind)}
	}
	with := func(s statement, changes ...func(*statement)) statement {
		for _, change := range changes {
			change(&s)
		}
		return s
	}
	in := func(y int) func(*statement) { return func(s *statement) { p := claim.Year(y); s.time = &p } }
	within := func(scope string) func(*statement) { return func(s *statement) { s.scope = []string{scope} } }
	is := func(m claim.Modality) func(*statement) { return func(s *statement) { s.modality = m } }
	says := func(sentence string) func(*statement) { return func(s *statement) { s.sentence = sentence } }
	asked := func(attribute string) func(*statement) { return func(s *statement) { s.attribute = attribute } }
	of := func(subject string) func(*statement) { return func(s *statement) { s.subject = subject } }
	printed := func(day string) func(*statement) { return func(s *statement) { s.published = day } }
	no := func(s *statement) { s.negated = true }
	inOffice := func(s *statement) { s.rule = "name/person@5 claim/role@6" }
	changed := func(q claim.Quantity, by int) claim.Quantity { q.Change = by; return q }
	year := func(q claim.Quantity) claim.Quantity { return per(q, "year") }
	years := func(quote string, from, to int) statement {
		return statement{attribute: "served", sentence: "He served " + quote + ".", quote: quote, value: period(claim.Period{From: claim.Year(from).From, To: claim.Year(to).To})}
	}
	at := func(day claim.Day, c claim.Clock) statement { return d(claim.Period{From: day, To: day, Clock: c}) }
	one := exact("1", "person")
	march := claim.Month(2016, time.March)

	return map[*rung][]rungCase{
		roundingRung: {
			{n(said("3.8", "3.75", "3.85", "kg")), n(said("3.75", "3.745", "3.755", "kg")), agree},
			{n(said("7.7", "7.65", "7.75", "kg")), n(said("7.8", "7.75", "7.85", "kg")), clash},
			{n(exact("34", "person")), n(exact("35", "person")), clash},
			{n(exact("67", "%")), n(said("67.3", "67.25", "67.35", "%")), agree},
			{n(exact("67", "%")), n(said("67.6", "67.55", "67.65", "%")), clash},
			{n(exact("24", "USD")), n(said("23.80", "23.795", "23.805", "USD")), agree},
			{n(exact("24", "USD")), n(said("24.80", "24.795", "24.805", "USD")), clash},
		},
		boundRung: {
			{n(moreThan("40", "person")), n(exact("45", "person")), agree},
			{n(moreThan("40", "person")), n(exact("38", "person")), clash},
			{n(moreThan("40", "person")), n(exact("40", "person")), agree},
			{n(moreThan("38", "person")), n(exact("38", "person")), clash},
			{n(lessThan("127000000", "USD")), n(said("127000000", "126500000", "127500000", "USD")), clash},
			{n(lessThan("127000000", "USD")), n(said("126000000", "125500000", "126500000", "USD")), agree},
			{n(between("10", "12", "person")), n(exact("12", "person")), agree},
			{n(between("10", "12", "person")), n(exact("34", "person")), clash},
		},
		aboutRung: {
			{n(about("50", "45", "55", "person")), n(exact("47", "person")), agree},
			{n(about("50", "45", "55", "person")), n(exact("60", "person")), clash},
			{n(about("14600", "13140", "16060", "person")), n(exact("13900", "person")), clash},
			{n(about("4000", "3600", "4400", "person")), n(exact("4300", "person")), agree},
		},
		siblingRung: {
			{n(exact("9", "child")), n(exact("8", "sibling")), agree},
			{n(exact("9", "child")), n(exact("7", "half-brother")), clash},
			{n(exact("9", "child")), n(exact("8", "child")), clash},
			{n(exact("9", "sibling")), n(exact("8", "sibling")), clash},
		},
		unitRung: {
			{n(exact("5", "[mi_i]")), n(exact("8", "km")), agree},
			{n(said("150", "145", "155", "[mi_i]")), n(said("240", "235", "245", "km")), agree},
			{n(exact("284", "[ft_i]")), n(said("86.6", "86.55", "86.65", "m")), agree},
			{n(exact("5", "[mi_i]")), n(exact("12", "km")), clash},
			{n(exact("60", "m")), n(exact("210", "[ft_i]")), clash},
			{n(exact("60", "m")), n(exact("197", "[ft_i]")), agree},
			{n(exact("412", "[mi_i]")), n(said("659.9", "659.85", "659.95", "km")), agree},
			{n(exact("4127", "[mi_i]")), n(said("6618.5", "6618.45", "6618.55", "km")), clash},
			{n(per(exact("2", "USD"), "hour")), n(per(exact("48", "USD"), "day")), agree},
			{n(per(exact("2", "USD"), "hour")), n(per(exact("24", "USD"), "day")), clash},
		},
		rateRung: {
			{with(n(year(exact("3", "USD"))), says("It is 3 a year for ten years.")), n(exact("30", "USD")), agree},
			{with(n(year(exact("3", "USD"))), says("From 2001 to 2005 it is 3 a year.")), n(exact("15", "USD")), agree},
			{with(n(per(exact("3", "USD"), "month")), says("For two years it is 3 a month.")), n(exact("72", "USD")), agree},
			{with(n(year(exact("3", "USD"))), says("It is 3 a year for nine years.")), n(exact("30", "USD")), apart},
			{n(per(exact("3", "USD"), "person")), n(exact("30", "USD")), apart},
			{n(per(exact("9", "USD"), "dose")), with(n(exact("19", "USD")), asked("dose cost")), clash},
			{n(per(exact("9", "USD"), "dose")), with(n(exact("19", "USD")), asked("factory cost")), apart},
			{n(per(exact("9", "USD"), "dose")), with(n(per(exact("19", "USD"), "unit")), asked("dose cost")), clash},
			{n(year(exact("3", "USD"))), n(year(exact("4", "USD"))), clash},
		},
		changeRung: {
			{n(changed(one, 1)), n(exact("9", "person")), apart},
			{n(changed(one, 1)), n(changed(one, -1)), clash},
			{n(changed(year(exact("4", "mm")), 1)), n(year(exact("9", "mm"))), clash},
		},
		pointsRung: {
			{n(exact("4", "%")), n(exact("2", "pp")), apart},
			{n(exact("4", "%")), n(exact("2", "%")), clash},
		},
		currencyRung: {
			{n(exact("50", "AUD")), n(exact("38", "USD")), apart},
			{n(exact("38", "AUD")), n(exact("38", "USD")), clash},
			{n(exact("37", "USD")), n(exact("38", "USD")), clash},
		},
		partRung: {
			{with(n(one), says("Of these, 1 was a child, of whom 1 died.")), n(exact("9", "person")), apart},
			{with(n(one), says("They counted 1 of the nine.")), n(exact("9", "person")), apart},
			{with(n(one), says("Of the nine dead, 1 was a child.")), n(exact("9", "person")), apart},
			{n(one), n(exact("9", "person")), clash},
			{n(exact("3", "son")), n(exact("5", "child")), apart},
			{n(exact("7", "son")), n(exact("5", "child")), clash},
			{with(n(exact("1", "member")), says("1 members of the board voted.")), statement{sentence: "The 9-member board met.", quote: "9", value: quantity(exact("9", "member"))}, apart},
			{with(n(exact("1", "member")), says("1 members of the board voted.")), statement{sentence: "All 9 members met.", quote: "9", value: quantity(exact("9", "member"))}, clash},
		},
		stageRung: {
			{statement{attribute: "treaty signed", sentence: "It was 1.", value: d(march).value}, statement{attribute: "treaty ratified", sentence: "It was 1.", value: d(march).value}, apart},
			{statement{attribute: "choir formed", sentence: "It was 1.", value: d(march).value}, statement{attribute: "choir started", sentence: "It was 1.", value: d(march).value}, clash},
			{statement{attribute: "works began", sentence: "It was 1.", value: d(march).value}, statement{attribute: "works ended", sentence: "It was 1.", value: d(march).value}, apart},
			{statement{attribute: "people killed", sentence: "It was 1.", value: quantity(one)}, statement{attribute: "injured", sentence: "It was 1.", value: quantity(exact("9", "person"))}, apart},
			{statement{attribute: "shares ended lower", sentence: "It was 1.", value: quantity(exact("1", "%"))}, statement{attribute: "shares closed down", sentence: "It was 1.", value: quantity(exact("9", "%"))}, clash},
			{statement{attribute: "people killed", sentence: "It was 1.", value: quantity(one)}, statement{attribute: "fatalities", sentence: "It was 1.", value: quantity(exact("9", "person"))}, clash},
		},
		officeRung: {
			{with(e("Mara Venn", claim.Person, "led by"), of("Harbour Board")), with(e("Otto Quill", claim.Person, "led by"), of("Lifeboat Crew")), apart},
			{with(e("Mara Venn", claim.Person, "led by"), of("Harbour Board")), with(e("Otto Quill", claim.Person, "led by"), of("the Board")), clash},
			{with(e("Mara Venn", claim.Person, "built by"), of("Harbour Board")), with(e("Otto Quill", claim.Person, "built by"), of("Lifeboat Crew")), clash},
		},
		deedRung: {
			{e("Mara Venn", claim.Person, "chaired by"), e("Otto Quill", claim.Person, "led by"), apart},
			{e("Mara Venn", claim.Person, "repaired by"), e("Otto Quill", claim.Person, "filed by"), apart},
			{e("Mara Venn", claim.Person, "built by"), e("Otto Quill", claim.Person, "constructed by"), clash},
			{e("Mara Venn", claim.Person, "hull repaired by"), e("Otto Quill", claim.Person, "repaired by"), clash},
		},
		tenureRung: {
			{with(e("Mara Venn", claim.Person, "president"), inOffice, printed("2010-05-01")), with(e("Otto Quill", claim.Person, "president"), inOffice, printed("2016-05-01")), apart},
			{with(e("Mara Venn", claim.Person, "president"), inOffice, printed("2016-05-01")), with(e("Otto Quill", claim.Person, "president"), inOffice, printed("2016-06-01")), clash},
			{with(e("Mara Venn", claim.Person, "president"), inOffice, printed("2010-05-01"), of("Tern Bank")), with(e("Otto Quill", claim.Person, "president"), inOffice, printed("2016-05-01"), of("Tern Bank")), clash},
			{with(e("Mara Venn", claim.Person, "president"), inOffice, within("former")), with(e("Otto Quill", claim.Person, "president"), inOffice), apart},
		},
		planRung: {
			{with(n(one), is(claim.Planned)), n(exact("9", "person")), apart},
			{with(n(one), is(claim.Denied)), n(exact("9", "person")), apart},
			{with(n(one), is(claim.Reported)), n(exact("9", "person")), clash},
			{with(n(one), is(claim.Planned)), with(n(exact("9", "person")), is(claim.Possible)), clash},
			{with(n(exact("5", "d")), is(claim.Planned)), n(exact("7", "d")), clash},
			{with(n(exact("5", "kg")), is(claim.Planned)), n(exact("7", "kg")), clash},
		},
		laterRung: {
			{with(n(one), says("So far 1 is known to have died.")), n(exact("9", "person")), later},
			{with(n(one), says("By then 1 had died; more were to follow.")), n(exact("9", "person")), later},
			{with(n(one), func(s *statement) { s.said = "2021-03-01" }), with(n(exact("9", "person")), func(s *statement) { s.said = "2021-03-02" }), later},
			{with(n(one), func(s *statement) { s.said = "2021-03-03" }), with(n(exact("9", "person")), func(s *statement) { s.said = "2021-03-02" }), clash},
			{with(n(one), printed("2021-03-03"), says("By then 1 had died.")), with(n(exact("9", "person")), printed("2021-03-02")), later},
			{with(n(one), printed("2021-03-03"), says("So far 1 is known to have died.")), with(n(exact("9", "person")), printed("2021-03-02")), clash},
			{n(one), n(exact("9", "person")), clash},
		},
		timeRung: {
			{with(n(one), in(2019)), with(n(exact("9", "person")), in(2020)), apart},
			{with(n(one), in(2019)), with(n(exact("9", "person")), in(2019)), clash},
			{with(n(one), in(2019)), n(exact("9", "person")), clash},
			{with(with(statement{attribute: "existed", sentence: "It did not exist in 1935."}, no), in(1935)),
				statement{attribute: "existed", sentence: "It existed in 1974.", value: d(claim.Year(1974)).value}, apart},
		},
		scopeRung: {
			{with(n(one), within("northern span")), with(n(exact("9", "person")), within("southern ramp")), apart},
			{with(n(one), within("northern span")), with(n(exact("9", "person")), within("the northern part")), clash},
			{with(n(one), within("northern span")), n(exact("9", "person")), clash},
		},
		precisionRung: {
			{at(7, claim.ClockAt(6, 33)), at(7, claim.Clock{}), agree},
			{at(7, claim.ClockAt(6, 33)), at(7, claim.ClockAt(6, 15).Around(15, 15)), clash},
			{at(7, claim.ClockAt(6, 29)), at(7, claim.ClockAt(6, 15).Around(15, 15)), agree},
			{at(0, claim.ClockAt(6, 33)), at(7, claim.ClockAt(6, 54)), clash},
			{at(0, claim.ClockAt(6, 33)), at(7, claim.Clock{From: 30, To: 30, Zone: claim.UTC}), agree},
			{d(claim.Month(2016, time.September)), d(claim.Year(2016)), agree},
			{d(claim.Month(2016, time.September)), d(claim.Year(2017)), clash},
			{years("1816 to 1828", 1816, 1828), years("1820 to 1830", 1820, 1830), clash},
			{years("1816 to 1828", 1816, 1828), years("1820 to 1824", 1820, 1824), agree},
			{years("1816 to 1828", 1816, 1828), years("the years before 1830", 1820, 1830), agree},
			{years("1994 to 1999", 1994, 1999), with(d(claim.Year(1996)), says("It began in 1996.")), clash},
			{with(d(claim.Year(1996)), says("It began in 1996.")), years("1994 to 1999", 1994, 1999), clash},
			{years("1994 to 1999", 1994, 1999), with(d(claim.Year(1996)), says("It was so in 1996.")), agree},
			{years("1994 to 1999", 1994, 1999), with(d(claim.Month(1994, time.March)), says("It began in March 1994.")), agree},
		},
		declaredRung: {
			{e("Halden Works", claim.Organization, "owned by"), e("Morrow Line", claim.Organization, "owned by"), agree},
			{e("Halden", claim.Organization, "owned by"), e("The Morrow Line", claim.Organization, "owned by"), agree},
			{e("Halden", claim.Organization, "owned by"), e("Halden Works", claim.Organization, "owned by"), clash},
			{e("Mara Venn", claim.Person, "owned by"), e("Morrow Line", claim.Organization, "owned by"), clash},
		},
		aliasRung: {
			{e("Tom Prim", claim.Person, "chairman"), e("Thomas Prim", claim.Person, "chairman"), clash}, // declared different
			{e("Mara Venn", claim.Person, "led by"), e("Venn", claim.Person, "led by"), agree},
			{e("Mara Venn", claim.Person, "led by"), e("M. Venn", claim.Person, "led by"), agree},
			{e("World Health Board", claim.Organization, "led by"), e("WHB", claim.Organization, "led by"), agree},
			{e("Alexandre Morin", claim.Person, "led by"), e("Alexander Morin", claim.Person, "led by"), agree},
			{e("Thomas Venn", claim.Person, "led by"), e("Tom Venn", claim.Person, "led by"), agree},
			{e("Ivan Venn", claim.Person, "led by"), e("John A. Venn", claim.Person, "led by"), agree},
			{e("Mara Venn", claim.Person, "led by"), e("Otto Venn", claim.Person, "led by"), clash},
			{e("Mara Venn", claim.Person, "led by"), e("O. Venn", claim.Person, "led by"), clash},
			{e("Mara Venn", claim.Person, "led by"), e("Otto Quill", claim.Person, "led by"), clash},
		},
		namedRung: {
			{with(e("Mara Venn", claim.Person, "led by"), says("Mara Venn led it and was succeeded by Otto Quill.")), e("Otto Quill", claim.Person, "led by"), apart},
			{with(e("Mara Venn", claim.Person, "led by"), says("Mara Venn led it, her brother Otto did not.")), e("Otto Quill", claim.Person, "led by"), clash},
			{with(e("Velm", claim.Place, "based in"), says("The yard of Tarn Ferries, based in Velm, is leased.")), e("Tarn", claim.Place, "based in"), clash},
			{with(e("Velm", claim.Place, "based in"), says("The yard, based in Velm near Tarn, is leased.")), e("Tarn", claim.Place, "based in"), apart},
		},
		severalRung: {
			{e("Ana Ruiz", claim.Person, "youngest author"), e("Lena Dahl", claim.Person, "youngest author"), clash},
			{e("Ana Ruiz", claim.Person, "interest shown"), e("Lena Dahl", claim.Person, "interest shown"), apart},
			{e("Ana Ruiz", claim.Person, "the one rescued"), e("Lena Dahl", claim.Person, "the one rescued"), clash},
			{e("Mara Venn", claim.Person, "visitor"), e("Otto Quill", claim.Person, "visitor"), apart},
			{e("Mara Venn", claim.Person, "owned by"), e("Quill Ltd", claim.Organization, "owned by"), apart},
			{e("Mara Venn", claim.Person, "owned by"), e("Otto Quill", claim.Person, "owned by"), clash},
			{e("Mara Venn", claim.Person, "judged by"), e("Otto Quill", claim.Person, "judged by"), clash},
		},
		valueRung: {
			{with(n(one), no), n(exact("9", "person")), apart},
			{with(n(one), no), n(one), clash},
			{with(d(claim.Year(2016)), no), d(claim.Month(2016, time.May)), clash},
			{with(d(claim.Month(2016, time.May)), no), d(claim.Year(2016)), apart},
		},
		notYetRung: {
			{with(statement{attribute: "signed", sentence: "It is not signed yet.", said: "2020-01-05"}, no),
				statement{attribute: "signed", sentence: "It is signed.", said: "2020-01-09"}, later},
			{with(statement{attribute: "resigned", sentence: "She has not resigned.", quote: "has not resigned", said: "2020-01-05"}, no),
				statement{attribute: "resigned", sentence: "She resigned.", said: "2020-01-09"}, later},
			{with(statement{attribute: "signed", sentence: "It is not signed.", said: "2020-01-05"}, no),
				statement{attribute: "signed", sentence: "It is signed.", said: "2020-01-05"}, clash},
		},
	}
}

type rungCase struct {
	a, b statement
	want outcome
}

func TestRungs(t *testing.T) {
	names := []string{"nothing", "agree", "apart", "later"}
	all := rungCases()
	for _, ladder := range [][]*rung{numberLadder, dateLadder, ruledEntityLadder, predicateLadder} {
		for _, r := range ladder {
			if len(all[r]) == 0 {
				t.Errorf("%s has no cases", r.name)
			}
		}
	}
	for r, list := range all {
		explained, left := false, false
		for i, c := range list {
			a, b := answersTo(t, c.a, c.b)
			if got := r.try(a, b); got != c.want {
				t.Errorf("%s %d: got %s, want %s", r.name, i, names[got], names[c.want])
			}
			if got := r.try(b, a); got != c.want {
				t.Errorf("%s %d turned round: got %s, want %s", r.name, i, names[got], names[c.want])
			}
			if c.want != clash && r.say(a, b) == "" {
				t.Errorf("%s %d has no words", r.name, i)
			}
			explained, left = explained || c.want != clash, left || c.want == clash
		}
		if !explained || !left {
			t.Errorf("%s needs a case that it explains and one that it leaves", r.name)
		}
	}
}

// answersTo reads two statements as two documents' answers.
func answersTo(t testing.TB, x, y statement) (a, b *answer) {
	t.Helper()
	docs, claims := material(t, []statement{x, y})
	c, err := newCorpus(context.Background(), docs, claims, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.rulings = NewRulings(nil, [][2]string{{"Halden Works", "Morrow Line"}}, [][2]string{{"Tom Prim", "Thomas Prim"}})
	var pair [2]*answer
	for i := range claims {
		one, err := newAnswers(context.Background(), c, claims[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		pair[i] = one[0]
	}
	return pair[0], pair[1]
}

func TestOneDenialMeetsANameAndANumber(t *testing.T) {
	denial := statement{sentence: "The trawler Maren was never raised by Odd Falk from 60 metres.", quote: "was never raised", subject: "Maren", attribute: "raised", negated: true,
		value: entity("Maren", claim.Other)}
	name := statement{sentence: "The trawler Maren was raised by Odd Falk from 60 metres.", quote: "Odd Falk", subject: "Maren", attribute: "raised by", value: entity("Odd Falk", claim.Person)}
	depth := statement{sentence: "The trawler Maren was raised by Odd Falk from 60 metres.", quote: "60 metres", subject: "Maren", attribute: "raised", value: quantity(exact("60", "m"))}
	year := statement{sentence: "The trawler Maren was raised by Odd Falk in 1961.", quote: "1961", subject: "Maren", attribute: "raised", value: period(claim.Year(1961))}
	for _, list := range [][]statement{{name, denial, depth}, {name, denial, year}, {depth, denial, year}, {name, depth, year, denial}} {
		for i := range list {
			list[i].doc = ""
		}
		for _, c := range compareAll(t, list...) {
			if c.Kind != Negation {
				t.Errorf("got a conflict of kind %s: %s", c.Kind, c.Reason)
			}
		}
	}
	docs, claims := material(t, []statement{name, depth, year})
	c, err := newCorpus(t.Context(), docs, claims, nil)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := newAnswers(t.Context(), c, claims)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		for _, b := range answers {
			if o, _ := judge(a, b); a != b && o != apart {
				t.Errorf("%s and %s: %v, want them apart", show(a), show(b), o)
			}
		}
	}
}

// TestDoubt holds that what a rung only doubts between whole documents decides
// between brief ones, and that the reason tells the doubt.
func TestDoubt(t *testing.T) {
	part := statement{sentence: "The yard lost 55 boats, including 40 trawlers.", quote: "40", attribute: "boats lost", value: quantity(exact("40", "boat"))}
	whole := statement{sentence: "The storm sank 55 boats.", quote: "55", attribute: "boats lost", value: quantity(exact("55", "boat"))}
	a, b := answersTo(t, part, whole)
	if o, r := judge(a, b); o != apart || r != partRung {
		t.Errorf("brief: got %v", o)
	}
	a.text.body += strings.Repeat(" And the wind went on.", briefest)
	if o, r := judge(a, b); o != clash || r != partRung {
		t.Errorf("whole documents: got %v", o)
	}
	if names := tried(a, b); slices.Contains(names, partRung.name) {
		t.Errorf("tried in vain: %q", names)
	}
	if reason := reasonOpen(a, b, tried(a, b)); !strings.HasSuffix(reason, "; in doubt: part of a whole") {
		t.Errorf("reason %q", reason)
	}
}

func TestWhatGrewSince(t *testing.T) {
	toll := func(n, day, sentence string) statement {
		return statement{sentence: sentence, quote: n, attribute: "people killed", value: quantity(exact(n, "person")), published: day}
	}
	for _, c := range []struct {
		a, b statement
		want bool
	}{
		{toll("14", "2020-03-09", "Some 14 died."), toll("63", "2020-09-30", "In all 63 died."), true},
		{toll("63", "2020-03-09", "Some 63 died."), toll("14", "2020-09-30", "In all 14 died."), false},
		{toll("14", "2020-03-09", "Some 14 died."), toll("63", "2020-03-09", "In all 63 died."), false},
		{toll("14", "", "On Saturday 14 died."), toll("63", "", "In all 63 died."), true},
		{toll("14", "", "That year 14 died."), toll("63", "", "In all 63 died."), false},
	} {
		for _, turned := range []bool{false, true} {
			a, b := answersTo(t, c.a, c.b)
			if turned {
				a, b = b, a
			}
			if got := grewSince(a, b); got != c.want {
				t.Errorf("%q and %q: got %v", a.sentence, b.sentence, got)
			}
		}
	}
}

func TestUntilThen(t *testing.T) {
	for sentence, want := range map[string]bool{
		"By late Friday 31 were in hospital.": true, "Up to Tuesday the wards had taken 12.": true, "As of last night 9 were missing.": true,
		"The works were done by hand.": false, "On Friday 31 were in hospital.": false,
	} {
		if got := untilThen.MatchString(sentence); got != want {
			t.Errorf("%q: got %v", sentence, got)
		}
	}
}
