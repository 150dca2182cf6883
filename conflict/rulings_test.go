package conflict

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crosscheck/claim"
)

// underRulings compares statements as people have ruled.
func underRulings(t testing.TB, r *Rulings, list ...statement) []Conflict {
	t.Helper()
	docs, claims := material(t, list)
	out, err := Setting{Rulings: r}.Compare(t.Context(), docs, claims)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names of pairs.
func pairs(names ...string) (out [][2]string) {
	for pair := range slices.Chunk(names, 2) {
		out = append(out, [2]string(pair))
	}
	return out
}

func owner(name string) statement {
	return statement{sentence: "The ferry Solveig is owned by " + name + ".", quote: name, subject: "Solveig", attribute: "owned by",
		entities: []string{"Solveig", name}, value: entity(name, claim.Organization)}
}

func jobs(firm, n string) statement {
	return statement{sentence: "At its yard " + firm + " cut " + n + " jobs in May.", quote: n, subject: firm, attribute: "jobs cut",
		entities: []string{firm}, value: quantity(exact(n, "job"))}
}

func TestDeclaredOneName(t *testing.T) {
	halden, morrow, short, other := owner("Halden Works"), owner("Morrow Line"), owner("Halden"), owner("Tarn Freight")
	if c := only(t, compareAll(t, halden, morrow)); c.Status != Open {
		t.Fatalf("without a ruling: %+v", c)
	}
	r := NewRulings(nil, pairs("Halden Works", "Morrow Line"), nil)
	c := only(t, underRulings(t, r, halden, morrow))
	if c.Status != Explained || c.Kind != Entity || !slices.Equal(c.Rungs, []string{"declared one name"}) {
		t.Errorf("got %+v", c)
	}
	if c.Reason != "declared one name: Halden Works and Morrow Line" && c.Reason != "declared one name: Morrow Line and Halden Works" {
		t.Errorf("reason %q", c.Reason)
	}
	if c := only(t, underRulings(t, r, short, morrow)); c.Status != Explained || !strings.HasPrefix(c.Reason, "declared one name: ") {
		t.Errorf("a short form: got %+v", c)
	}
	if c := only(t, underRulings(t, r, halden, morrow, other)); c.Status != Open || len(c.Positions) != 2 {
		t.Errorf("a third name: got %+v", c)
	}
	onward := NewRulings(nil, pairs("Morrow Line", "Quist", "Tarn Freight", "Quist", "Halden Works", "Morrow Line"), nil)
	if c := only(t, underRulings(t, onward, halden, morrow, other)); c.Status != Explained {
		t.Errorf("by way of a name that nobody gives: got %+v", c)
	}
}

func TestDeclaredDifferent(t *testing.T) {
	short, long := owner("Halden"), owner("Halden Works")
	if c := only(t, compareAll(t, short, long)); c.Status != Explained {
		t.Fatalf("without a ruling: %+v", c)
	}
	c := only(t, underRulings(t, NewRulings(nil, nil, pairs("the Halden works", "Halden")), short, long))
	if c.Status != Open || len(c.Positions) != 2 || !strings.Contains(c.Reason, "; declared to be two;") || slices.Contains(c.Rungs, declaredRung.name) {
		t.Errorf("got %+v", c)
	}
	if got := underRulings(t, NewRulings(nil, pairs("Halden", "Halden Works"), pairs("Halden", "Halden Works")), short, long); only(t, got).Status != Open {
		t.Errorf("given both: %+v", got)
	}
	// Who is told of decides what is asked.
	one, two := jobs("Halden", "340"), jobs("Halden Works", "510")
	if c := only(t, compareAll(t, one, two)); c.Status != Open {
		t.Fatalf("without a ruling: %+v", c)
	}
	different := NewRulings(nil, pairs("Halden Works", "Morrow Line"), pairs("Halden", "Morrow Line"))
	if got := underRulings(t, different, one, two); len(got) != 0 {
		t.Errorf("what was declared one with the other is different too: %+v", got)
	}
	one.subject = "" // told only by the names that take part
	if got := underRulings(t, different, one, two); len(got) != 0 {
		t.Errorf("the only actor: %+v", got)
	}
}

func TestSubjectsDeclaredOne(t *testing.T) {
	one, two := jobs("Halden Works", "340"), jobs("Morrow Line", "510")
	two.sentence = "The works in the north lost 510 jobs to Morrow Line that month."
	r := NewRulings(nil, pairs("Halden Works", "Morrow Line"), nil)
	chance := func(r *Rulings) float64 {
		docs, claims := material(t, []statement{one, two})
		m := *learned()
		m.Rulings = r
		traces, err := m.Traces(t.Context(), docs, claims)
		if err != nil || len(traces) != 1 {
			t.Fatalf("%v %v", traces, err)
		}
		return traces[0].Same
	}
	if apart, together := chance(nil), chance(r); together <= apart {
		t.Errorf("one question by %.3f, and by %.3f where the subjects are declared one", apart, together)
	}
	a, b := answersTo(t, one, two) // which has its own rulings, those above among them
	if a.subject != b.subject || a.words.subject.cosine(&b.words.subject) < 0.999 || a.words.names.cosine(&b.words.names) == 0 {
		t.Errorf("subjects %v and %v", a.words.subject, b.words.subject)
	}
}

// TestNamesUnderRulings holds pairs of names against some rulings.
func TestNamesUnderRulings(t *testing.T) {
	r := NewRulings(nil,
		pairs("Ada Prim", "Ada Holm", "Ada Holm", "Countess Orla", "A. Prim", "Ada Prim", "Northern Sea Board", "Pilot Guild"),
		pairs("Ada Prim", "Alva Prim", "Ada Holm", "Edda Holm", "Pilot Guild", "Northern Board", "Countess Orla", "A. Prim"))
	for _, c := range []struct {
		a, b   string
		person bool
		want   bool
	}{
		{"Ada Prim", "Ada Holm", true, true},
		{"Ada Prim", "Countess Orla", true, true}, // by way of Holm
		{"ada prim", "countess orla", true, true},
		{"Countess Orla", "A. Prim", true, false}, // ruled on themselves
		{"Ada Prim", "Alva Prim", true, false},
		{"Countess Orla", "Alva Prim", true, false}, // another name of Ada Prim
		{"Dr. Alva Prim", "Ada Prim", true, false},  // a title makes no other name
		{"Edda Holm", "Ada Holm", true, false},
		{"Edda Holm", "Ada Prim", true, false},
		{"A. Prim", "Ada Prim", true, true},
		{"Agneta Prim", "A. Prim", true, true},   // as without rulings
		{"Agneta Prim", "Ada Prim", true, false}, // both go for A. Prim, which rules nothing
		{"Prim", "Holm", true, true},
		{"NSB", "Pilot Guild", false, true}, // initials
		{"Sea Board", "Guild", false, true},
		{"Northern Board", "Northern Sea Board", false, false},
		{"Northern Board", "Guild", false, false}, // though it would go for the Sea Board
		{"Mara Venn", "Otto Quill", true, false},
		{"Mara Venn", "M. Venn", true, true},
	} {
		kind := claim.Organization
		if c.person {
			kind = claim.Person
		}
		a := &answer{Claim: claim.Claim{Value: entity(c.a, kind)}, called: calledBy(entity(c.a, kind))}
		b := &answer{Claim: claim.Claim{Value: entity(c.b, kind)}, called: calledBy(entity(c.b, kind))}
		a.ruled, b.ruled = r.of(a), r.of(b)
		if got := bearersMeet(a, b, c.person); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
		if bearersMeet(a, b, c.person) != bearersMeet(b, a, c.person) {
			t.Errorf("%s and %s: another answer the other way round", c.a, c.b)
		}
	}
}

// TestACommonWordGoesForNobody: a word in the names of many is not one of them.
func TestACommonWordGoesForNobody(t *testing.T) {
	var same [][2]string
	for i := range mostBearers + 1 {
		same = append(same, [2]string{fmt.Sprintf("Bank of Dale%c", 'a'+i), fmt.Sprintf("Savings%c Union", 'a'+i)})
	}
	if got := NewRulings(nil, same, nil).kinshipsOf("Bank", false); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if got := NewRulings(nil, same[1:], nil).kinshipsOf("Bank", false); len(got) != mostBearers {
		t.Errorf("got %v", got)
	}
}

// TestNamesOfOneBearerShareAHandle: no name is missed that would go for another.
func TestNamesOfOneBearerShareAHandle(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	first := []string{"Ada", "A.", "Adele", "Tom", "Thomas", "J.P.", "Jean-Paul", "Northern", "Élodie", "The"}
	last := []string{"Prim", "Primm", "Halden", "Haldn", "Board", "Works Ltd", "Sea Board", "Ó Dálaigh", "of"}
	word := func(list []string) string { return list[r.IntN(len(list))] }
	name := func() string {
		n := word(first) + " " + word(last)
		switch words := nameWords(canonical(n)); r.IntN(5) {
		case 0:
			return initialsOf(words)
		case 1:
			return word(last)
		case 2: // a misprint
			b := []byte(n)
			b[r.IntN(len(b))] = 'x'
			return string(b)
		}
		return n
	}
	met := 0
	for range 20_000 {
		a, b := canonical(name()), canonical(name())
		x, y := nameWords(a), nameWords(b)
		if len(x) == 0 || len(y) == 0 || !sameBearer(a, b, true) {
			continue
		}
		met++
		if !slices.ContainsFunc(handlesOf(x), func(h string) bool { return slices.Contains(handlesOf(y), h) }) {
			t.Errorf("%q and %q have no handle in common", a, b)
		}
	}
	if met < 1000 {
		t.Errorf("only %d of the names were alike", met)
	}
}

func TestClaimsSetApart(t *testing.T) {
	list := []statement{
		killed("A military official said 34 people were killed.", "34", exact("34", "person")),
		killed("The blast killed 12 people.", "12", exact("12", "person")),
		killed("In the blast 57 people were killed.", "57", exact("57", "person")),
	}
	if c := only(t, compareAll(t, list...)); len(c.Positions) != 3 {
		t.Fatalf("without a ruling: %+v", c)
	}
	_, claims := material(t, list)
	id := func(i int) [32]byte { return claims[i].Claim.ID() }
	c := only(t, underRulings(t, NewRulings([][2][32]byte{{id(0), id(1)}}, nil, nil), list...))
	if len(c.Positions) != 2 {
		t.Errorf("got %+v", c)
	}
	if got := underRulings(t, NewRulings([][2][32]byte{{id(0), id(1)}, {id(1), id(2)}, {id(2), id(0)}}, nil, nil), list...); len(got) != 0 {
		t.Errorf("each apart from each: %+v", got)
	}
	m := *learned()
	m.Rulings = NewRulings([][2][32]byte{{id(0), id(1)}, {id(1), id(1)}}, pairs("Halden", "Quist"), pairs("Halden", "Morrow"))
	if got := m.Rulings.Apart(id(1)); !slices.Equal(got, [][32]byte{id(0)}) {
		t.Errorf("apart from the second: %x", got)
	}
	if got := slices.Concat(m.Rulings.Apart(id(2)), (*Rulings)(nil).Apart(id(0))); got != nil {
		t.Errorf("apart from nothing: %x", got)
	}
	docs, _ := material(t, list)
	traces, err := m.Traces(t.Context(), docs, claims)
	if err != nil || slices.IndexFunc(traces, func(t Trace) bool { return t.End == "ruled apart" }) < 0 {
		t.Errorf("traces %+v %v", traces, err)
	}
}

// chance picks rulings about claims and names, some of which are not at hand.
func chanceRulings(r *rand.Rand, claims []claim.Appearance) (apart [][2][32]byte, same, different [][2]string) {
	id := func() [32]byte {
		if r.IntN(4) == 0 {
			return [32]byte{byte(r.IntN(9))}
		}
		return claims[r.IntN(len(claims))].Claim.ID()
	}
	name := func() string {
		return []string{"Orvale", "Tinmouth", "Castle Brae", "Castle", "the Brae", "Quern"}[r.IntN(6)]
	}
	for range 1 + r.IntN(12) {
		apart = append(apart, [2][32]byte{id(), id()})
	}
	for range r.IntN(3) {
		same, different = append(same, [2]string{name(), name()}), append(different, [2]string{name(), name()})
	}
	return apart, same, different
}

func FuzzRulings(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 9))
		docs, claims := material(t, sample(r))
		compare := func(r *Rulings) []Conflict {
			out, err := Setting{Rulings: r}.Compare(t.Context(), docs, claims)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		free := result(t, docs, claims)
		for _, idle := range []*Rulings{nil, NewRulings(nil, nil, nil), NewRulings([][2][32]byte{{{1}, {2}}}, pairs("Halden", "Morrow"), pairs("Halden", "Quist"))} {
			got := compare(idle)
			if !slices.EqualFunc(free, got, func(a, b Conflict) bool { return a.ID == b.ID }) || !slices.Equal(essence(free, ""), essence(got, "")) {
				t.Errorf("seed %d: what nobody has ruled about changed", seed)
			}
		}

		apart, same, different := chanceRulings(r, claims)
		found := compare(NewRulings(apart, same, different))
		for _, c := range found {
			in := map[[32]byte]bool{}
			all := slices.Clone(c.Compatible)
			for _, p := range c.Positions {
				all = append(all, p.Appearances...)
			}
			for _, a := range all {
				in[a.Claim.ID()] = true
			}
			for _, p := range apart {
				if p[0] != p[1] && in[p[0]] && in[p[1]] {
					t.Errorf("seed %d: %q holds two claims that were set apart", seed, c.Question)
				}
			}
		}

		r.Shuffle(len(apart), func(i, j int) { apart[i], apart[j] = apart[j], apart[i] })
		r.Shuffle(len(same), func(i, j int) { same[i], same[j] = same[j], same[i] })
		r.Shuffle(len(different), func(i, j int) { different[i], different[j] = different[j], different[i] })
		for i := range apart {
			apart[i][0], apart[i][1] = apart[i][1], apart[i][0]
		}
		for _, p := range [][][2]string{same, different} {
			for i := range p {
				p[i][0], p[i][1] = p[i][1], p[i][0]
			}
		}
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		again := compare(NewRulings(apart, same, different))
		if !slices.EqualFunc(found, again, func(a, b Conflict) bool { return a.ID == b.ID }) || !slices.Equal(essence(found, ""), essence(again, "")) {
			t.Errorf("seed %d: order changed\n%s\ninto\n%s", seed, strings.Join(essence(found, ""), "\n"), strings.Join(essence(again, ""), "\n"))
		}
	})
}

// BenchmarkRulings reads what a great many rulings say of one answer.
func BenchmarkRulings(b *testing.B) {
	var apart [][2][32]byte
	var same, different [][2]string
	for i := range 10_000 {
		apart = append(apart, [2][32]byte{{byte(i), byte(i >> 8), 1}, {byte(i), byte(i >> 8), 2}})
		same = append(same, [2]string{fmt.Sprintf("Halden%d Works", i), fmt.Sprintf("Morrow%d Line", i)})
		different = append(different, [2]string{fmt.Sprintf("Halden%d Works", i), fmt.Sprintf("Quist%d Line", i)})
	}
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			NewRulings(apart, same, different)
		}
	})
	many := NewRulings(apart, same, different)
	for name, r := range map[string]*Rulings{"none": nil, "many": many} {
		n := &answer{Claim: claim.Claim{Subject: "Halden77 Works", Value: entity("Morrow Line", claim.Organization)}}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.of(n)
			}
		})
	}
}
