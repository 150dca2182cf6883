package conflict

import (
	"cmp"
	"slices"
	"strings"
)

// Rulings is what people have ruled about claims and names. Comparing obeys it
// whatever it would find by itself:
//
//   - claims that were set apart never answer one question;
//   - names declared the same are one bearer's, and so are the names that go for
//     one of them already: short forms, initials;
//   - names declared different never are, however alike, and what is told of the
//     one bearer answers no question about the other. What was declared the same
//     as one of the two is different from the other as well.
//
// What the order of rulings is does not matter, nor whether the claims and names
// are at hand. Of rulings on the very same two names, by their [NameKey], the last
// holds: whoever makes a Rulings gives only that one. Given both, they are different.
//
// A Rulings does not change. A nil one rules nothing.
type Rulings struct {
	claims map[[32]byte]thing // that were set apart from another
	parted [][32]byte         // the same in the order of their things, which are the last
	names  map[string]int     // canonical name → its place
	worded map[string]int     // the same without titles and legal forms, of one name alone
	// By a name's place; names are in order.
	declared []declaration
	handles  map[string][]int // of names with others of one bearer, see handlesOf
	against  [][]thing        // thing → those that it goes with in no question, sorted
}

// thing is what a ruling sets apart from another thing: a claim, a name, or all
// names of a bearer.
type thing int32

// declaration is what was declared of a name.
type declaration struct {
	name  string // canonical
	words []string
	first int // place of the first of the bearer's names; the bearer's number
	kin   int // of a bearer's several names those that can be one without a ruling share it
	// Where the bearer has several names, all of them, a line each.
	all string
}

// NewRulings returns rulings: pairs of claims, by their IDs, that were set apart,
// and pairs of names that were declared the same, or different. A claim or name
// paired with itself is left out, and so is a name without letters.
func NewRulings(apart [][2][32]byte, same, different [][2]string) *Rulings {
	r := &Rulings{claims: map[[32]byte]thing{}, names: map[string]int{}, worded: map[string]int{}, handles: map[string][]int{}}
	same, different = usable(same), usable(different)
	r.declare(same, different)
	bearers := newUnion(len(r.declared))
	for _, p := range same {
		bearers.join(r.names[p[0]], r.names[p[1]])
	}
	r.gather(bearers)

	n := len(r.declared)
	r.against = make([][]thing, 2*n) // names, then bearers
	for _, p := range different {
		i, j := r.names[p[0]], r.names[p[1]]
		if x, y := r.declared[i].first, r.declared[j].first; x != y {
			i, j = n+x, n+y
		}
		r.setApart(thing(i), thing(j))
	}
	for _, p := range apart {
		if p[0] != p[1] {
			r.setApart(r.thingOf(p[0]), r.thingOf(p[1]))
		}
	}
	for i, list := range r.against {
		r.against[i] = sorted(list)
	}
	return r
}

// NameKey is equal for two ways to write a name that are one to comparing: in
// capitals or not, with an article or without.
func NameKey(name string) string { return canonical(name) }

// usable makes the names of pairs canonical, and leaves out what rules nothing.
func usable(pairs [][2]string) [][2]string {
	var out [][2]string
	for _, p := range pairs {
		p[0], p[1] = canonical(p[0]), canonical(p[1])
		if p[0] != p[1] && len(nameWords(p[0])) > 0 && len(nameWords(p[1])) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// declare gives the names of pairs their places.
func (r *Rulings) declare(same, different [][2]string) {
	var all []string
	for _, p := range slices.Concat(same, different) {
		all = append(all, p[0], p[1])
	}
	for i, name := range sorted(all) {
		words := nameWords(name)
		r.names[name] = i
		r.declared = append(r.declared, declaration{name: name, words: words})
		key := strings.Join(words, " ")
		if _, known := r.worded[key]; known {
			i = ambiguous
		}
		r.worded[key] = i
	}
}

// ambiguous is the place of what several names have.
const ambiguous = -1

// gather brings the names of each bearer together.
func (r *Rulings) gather(bearers union) {
	of := make([][]int, len(r.declared)) // first → all, in order
	for i := range r.declared {
		first := bearers.find(i)
		r.declared[i].first = first
		of[first] = append(of[first], i)
	}
	kin := newUnion(len(r.declared))
	for _, places := range of {
		if len(places) < 2 {
			continue
		}
		var names []string
		for k, i := range places {
			d := &r.declared[i]
			names = append(names, d.name)
			for _, j := range places[:k] {
				// Anybody may be a person: the wider kin are, the less follows from a ruling.
				if kin.find(i) != kin.find(j) && sameBearer(d.name, r.declared[j].name, true) {
					kin.join(i, j)
				}
			}
			for _, h := range handlesOf(d.words) {
				r.handles[h] = append(r.handles[h], i)
			}
		}
		for _, i := range places {
			r.declared[i].all, r.declared[i].kin = strings.Join(names, "\n"), kin.find(i)
		}
	}
}

func (r *Rulings) thingOf(claim [32]byte) thing {
	t, known := r.claims[claim]
	if !known {
		t = thing(len(r.against))
		r.claims[claim] = t
		r.parted = append(r.parted, claim)
		r.against = append(r.against, nil)
	}
	return t
}

func (r *Rulings) setApart(x, y thing) {
	r.against[x], r.against[y] = append(r.against[x], y), append(r.against[y], x)
}

// Apart lists the claims that were set apart from one, by their IDs.
func (r *Rulings) Apart(claim [32]byte) (out [][32]byte) {
	if r == nil {
		return nil
	}
	t, known := r.claims[claim]
	if !known {
		return nil
	}
	first := len(r.against) - len(r.parted)
	for _, o := range r.against[t] {
		out = append(out, r.parted[int(o)-first])
	}
	return out
}

// part reports whether one of these things goes in no question with one of those.
func (r *Rulings) part(these, those []thing) bool {
	for _, x := range these {
		for _, y := range those {
			if _, found := slices.BinarySearch(r.against[x], y); found {
				return true
			}
		}
	}
	return false
}

// place finds a canonical name among those that were declared: as it is, or else
// without titles and legal forms, where it is then one and not several.
func (r *Rulings) place(name string) (int, bool) {
	if r == nil || len(r.declared) == 0 {
		return 0, false
	}
	if i, ok := r.names[name]; ok {
		return i, true
	}
	i, ok := r.worded[strings.Join(nameWords(name), " ")]
	return i, ok && i != ambiguous
}

// one is the name that stands for all names of a bearer: the same for those that
// were declared the same, for any other its canonical form.
func (r *Rulings) one(name string) string {
	name = canonical(name)
	if i, ok := r.place(name); ok {
		return r.declared[r.declared[i].first].name
	}
	return name
}

// spelled are all names of a name's bearer, so that those that were declared the
// same have the same words, among them those by which each is known already.
func (r *Rulings) spelled(name string) string {
	if i, ok := r.place(canonical(name)); ok {
		return cmp.Or(r.declared[i].all, name)
	}
	return name
}

// thingsOf are a name and its bearer, where they were declared.
func (r *Rulings) thingsOf(name string) []thing {
	i, ok := r.place(canonical(name))
	if !ok {
		return nil
	}
	return []thing{thing(i), thing(len(r.declared) + r.declared[i].first)}
}

// kinship says that a name can be that of a bearer with several names.
type kinship struct {
	bearer, kin int
	declared    bool // it is one of them; else it goes for one
}

const (
	// mostBearers is how many bearers a name that was not declared can be one of: what
	// goes for more is no name but a word, as in "the bank".
	mostBearers = 8
	// mostAtHandle is how many names may share a word by which others are looked up;
	// one that more have tells none of them from another.
	mostAtHandle = 64
)

// kinshipsOf lists the bearers whose name a name can be, by what was declared of it
// or by the names that it goes for without a ruling.
func (r *Rulings) kinshipsOf(name string, person bool) (out []kinship) {
	if len(r.handles) == 0 {
		return nil
	}
	name = canonical(name)
	own, known := r.place(name)
	if known && r.declared[own].all != "" {
		out = append(out, kinship{r.declared[own].first, r.declared[own].kin, true})
	}
	these := r.thingsOf(name)
	seen, bearers := map[int]bool{}, map[int]bool{}
	var goesFor []kinship
	for _, h := range handlesOf(nameWords(name)) {
		if len(r.handles[h]) > mostAtHandle {
			continue
		}
		for _, i := range r.handles[h] {
			if seen[i] || known && i == own {
				continue
			}
			seen[i] = true
			if d := &r.declared[i]; sameBearer(name, d.name, person) && !r.part(these, r.thingsOf(d.name)) {
				goesFor = append(goesFor, kinship{d.first, d.kin, false})
				bearers[d.first] = true
			}
		}
	}
	if len(bearers) > mostBearers {
		return out
	}
	return append(out, goesFor...)
}

// byRuling reports whether two names are one bearer's because of a ruling: both
// were declared to be, or each goes for one that was. That both go for one and the
// same name is no ruling.
func byRuling(these, those []kinship) bool {
	for _, x := range these {
		for _, y := range those {
			if x.bearer == y.bearer && (x.declared && y.declared || x.kin != y.kin) {
				return true
			}
		}
	}
	return false
}

// handlesOf are keys of a name: two names that [sameBearer] takes for one have a
// key in common. It lets one word or the initials go for the whole, and one letter
// be another, which leaves the two letters in front or those at the end.
func handlesOf(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	joined := strings.Join(words, "")
	out := append(slices.Clone(words), joined)
	if len(words) > 1 {
		out = append(out, initialsOf(words))
	}
	if len(joined) >= alikeFrom {
		out = append(out, "^"+joined[:2], joined[len(joined)-2:]+"$")
	}
	return sorted(out)
}
