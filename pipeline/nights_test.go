package pipeline

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// archive is documents by name, so many about a first event and four about each
// of the others. Of each event the last and every fifth contradict the others, in
// one figure.
func archive(first, events int) map[string]string {
	r := rand.New(rand.NewPCG(7, 7))
	word := func() string {
		var b strings.Builder
		for range 3 {
			b.WriteByte("bdfgklmnprstv"[r.IntN(13)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	all := make(map[string]string)
	for e := range events {
		place, river, mayor := word(), word(), word()+" "+word()
		cast := []string{word(), word(), word(), word(), word(), word(), word(), word()}
		dead, homes := 20+r.IntN(60), 1000+r.IntN(4000)
		if e > 0 {
			first = 4
		}
		for d := range first {
			said := dead
			if d == first-1 || d%5 == 4 {
				said += 7
			}
			var b strings.Builder
			fmt.Fprintf(&b, "Flood in %s\n\nThe flood in %s killed %d people when the river %s rose. ", place, place, said, river)
			fmt.Fprintf(&b, "It destroyed %d homes, said mayor %s.", homes, mayor)
			for range 3 {
				fmt.Fprintf(&b, " Streets in %s and %s lay quiet, as did %s and %s.", cast[r.IntN(8)], cast[r.IntN(8)], word(), place)
			}
			all[fmt.Sprintf("%03d-%03d.txt", e, d)] = b.String() + "\n"
		}
	}
	return all
}

// night stores some of the documents and compares them.
func night(t *testing.T, s *store.Store, portion store.Portion, dir string, all map[string]string, names ...string) *Summary {
	t.Helper()
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = write(t, filepath.Join(dir, name), all[name])
	}
	return run(t, Runner{Store: s, Portion: portion}, paths...)
}

// small compares a night's documents with those like them, however few are stored.
var small = store.Portion{Whole: 1, Fresh: 4}

func TestManyNightsFindWhatOneDoes(t *testing.T) {
	all := archive(4, 12)
	names := slices.Sorted(maps.Keys(all))
	dir := t.TempDir()

	once := storetest.New(t)
	sum := night(t, openStore(t, once), store.Portion{}, dir, all, names...)
	if len(sum.Conflicts) < 12 {
		t.Fatalf("%d conflicts in 12 events", len(sum.Conflicts))
	}
	want := contents(t, once)

	inPortions := storetest.New(t)
	night(t, openStore(t, inPortions), small, dir, all, names...)
	sameContents(t, contents(t, inPortions), want)

	// Words are told rare from common by what is stored: the first nights, which
	// know little, hold all that there is against each other.
	nightly := storetest.New(t)
	s := openStore(t, nightly)
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for part := range slices.Chunk(names, 7) {
		night(t, s, store.Portion{Whole: 24}, dir, all, part...)
	}
	if got, want := standing(t, s), standing(t, openStore(t, once)); !slices.Equal(got, want) {
		t.Errorf("night by night:\n%s\nat once:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Where few of a small store are new, they are compared with what is near them alone,
// and find what comparing all does: of documents that come and of those that change.
func TestFewNewOnesInASmallStoreFindWhatOneNightDoes(t *testing.T) {
	all := archive(4, 12)
	names := slices.Sorted(maps.Keys(all))
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	dir := t.TempDir()
	s := openStore(t, storetest.New(t))
	night(t, s, store.Portion{}, dir, all, names[:30]...)
	for part := range slices.Chunk(names[30:], 2) {
		night(t, s, store.Portion{}, dir, all, part...)
	}
	same := func(when string) {
		t.Helper()
		at := openStore(t, storetest.New(t))
		night(t, at, store.Portion{}, dir, all, names...)
		if got, want := standing(t, s), standing(t, at); len(want) < 12 || !slices.Equal(got, want) {
			t.Errorf("%s, night by night:\n%s\nat once:\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	same("when all had come")
	for _, name := range []string{"003-000.txt", "007-003.txt"} {
		all[name] = strings.Replace(all[name], " killed ", " killed 1", 1) // another figure
		night(t, s, store.Portion{}, dir, all, name)
	}
	same("when two had changed")
}

// Where more documents change in a night than a portion holds, each is compared with what
// it was: no conflict is closed because the old text went, to stand open again a portion
// later, and be told as news.
func TestManyChangedOnesCloseNothingThatStands(t *testing.T) {
	all := archive(4, 12)
	names := slices.Sorted(maps.Keys(all))
	dir := t.TempDir()
	s := openStore(t, storetest.New(t))
	night(t, s, small, dir, all, names...)
	before := standing(t, s)
	for _, name := range names {
		all[name] += "Nobody was to be seen.\n"
	}
	sum := night(t, s, small, dir, all, names...)
	if got := standing(t, s); len(before) < 12 || !slices.Equal(got, before) {
		t.Errorf("%q\nbefore:\n%q", got, before)
	}
	if sum.NewConflicts+sum.ReopenedConflicts+sum.ClosedConflicts > 0 {
		t.Errorf("%d conflicts are told as new, of them %d as open again, and %d as closed", sum.NewConflicts, sum.ReopenedConflicts, sum.ClosedConflicts)
	}
	for i, name := range names {
		if i%3 == 0 {
			all[name] = strings.Replace(all[name], " killed ", " killed 1", 1) // another figure
		}
	}
	night(t, s, small, dir, all, names...)
	at := openStore(t, storetest.New(t))
	night(t, at, small, dir, all, names...)
	if got, want := standing(t, s), standing(t, at); len(want) < 12 || !slices.Equal(got, want) {
		t.Errorf("when figures had changed:\n%s\nat once:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Who asks for all to be compared again gets it, with what was judged kept.
func TestRecompare(t *testing.T) {
	all := archive(4, 6)
	url := storetest.New(t)
	s := openStore(t, url)
	dir := t.TempDir()
	night(t, s, small, dir, all, slices.Sorted(maps.Keys(all))...)
	want := contents(t, url)
	for _, sql := range []string{"DELETE FROM conflict WHERE id % 2 = 0", "DELETE FROM landmark", "UPDATE comparison SET version = 'an older one'"} {
		execute(t, url, sql)
	}
	r := Runner{Store: s, Portion: small}
	run(t, r)
	sameContents(t, contents(t, url), want)
	execute(t, url, "DELETE FROM conflict")
	if sum := run(t, r); sum.OpenConflicts != 0 {
		t.Errorf("nothing is new, and %s", brief(sum))
	}
	r.Recompare = true
	run(t, r)
	sameContents(t, contents(t, url), want)
}

func execute(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(sql, err)
	}
}

// standing tells the open conflicts, each with who answers what.
func standing(t *testing.T, s *store.Store) []string {
	t.Helper()
	found, err := s.Conflicts(t.Context(), store.ConflictFilter{Statuses: []conflict.Status{conflict.Open}})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range found {
		line := fmt.Sprintf("%s, %d origins:", c.Question, c.Origins)
		for _, p := range c.Positions {
			line += " |"
			for _, a := range p.Appearances {
				line += fmt.Sprintf(" %s %q", filepath.Base(a.Document), a.Quote)
			}
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func TestANightWithoutNewsComparesNothing(t *testing.T) {
	all := archive(4, 3)
	s := openStore(t, storetest.New(t))
	dir := t.TempDir()
	names := slices.Sorted(maps.Keys(all))
	night(t, s, small, dir, all, names...)
	uncompared := func() (n int) {
		err := s.Within(t.Context(), func(tx pgx.Tx) error {
			if _, err := store.Index(t.Context(), tx); err != nil {
				return err
			}
			c, err := store.LoadUncompared(t.Context(), tx, small)
			if c != nil {
				n = len(c.Documents)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := uncompared(); n != 0 {
		t.Errorf("after a run %d documents wait to be compared", n)
	}
	name := names[len(names)-1]
	all[name] += "\nNobody was charged.\n"
	write(t, filepath.Join(dir, name), all[name])
	broken := Runner{Store: s, Portion: small}
	if _, err := broken.readAll(t.Context(), []File{{Path: filepath.Join(dir, name)}}); err != nil {
		t.Fatal(err)
	}
	if n := uncompared(); n < 2 || n >= len(all) {
		t.Errorf("one document was stored and not compared: %d of %d documents wait", n, len(all))
	}
}

// What a document no longer says is settled, although only its likes are loaded.
func TestACorrectedDocumentSettlesItsConflict(t *testing.T) {
	all := archive(4, 6)
	s := openStore(t, storetest.New(t))
	dir := t.TempDir()
	names := slices.Sorted(maps.Keys(all))
	before := night(t, s, small, dir, all, names...)
	all["002-003.txt"] = all["002-000.txt"]
	after := night(t, s, small, dir, all, "002-003.txt")
	if len(after.Conflicts) != len(before.Conflicts)-1 || after.ClosedConflicts != 1 {
		t.Errorf("%d conflicts before; then %s", len(before.Conflicts), brief(after))
	}
}

// A question that very many answer is added to and taken from, and not read whole.
func TestALargeQuestionGrows(t *testing.T) {
	all := archive(60, 12)
	url := storetest.New(t)
	s := openStore(t, url)
	dir := t.TempDir()
	portion := store.Portion{Whole: 1, Fresh: 10, Large: 8}
	night(t, s, portion, dir, all, slices.Sorted(maps.Keys(all))...)
	toll := func() (c conflict.Conflict, answers map[string]int) {
		answers = make(map[string]int)
		found, err := s.Conflicts(t.Context(), store.ConflictFilter{Statuses: []conflict.Status{conflict.Open}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c = range found {
			if c.Positions[0].Appearances[0].Document[len(dir)+1:][:3] != "000" || !strings.Contains(c.Question, "killed") {
				continue
			}
			for _, p := range c.Positions {
				answers[p.Value.Quantity.Number.Decimal.String()] += len(p.Appearances)
			}
			return c, answers
		}
		return c, answers
	}
	first, answers := toll()
	if len(answers) != 2 {
		t.Fatalf("the toll of the first flood has the answers %v; standing:\n%s", answers, strings.Join(standing(t, s), "\n"))
	}
	// One more for each side.
	all["000-060.txt"] = all["000-000.txt"]
	all["000-061.txt"] = all["000-059.txt"]
	night(t, s, portion, dir, all, "000-060.txt", "000-061.txt")
	second, more := toll()
	if second.ID != first.ID {
		t.Errorf("conflict %s became %s", first.ID, second.ID)
	}
	if len(more) != 2 {
		t.Errorf("answers %v became %v", answers, more)
	}
	for value, n := range more {
		if n <= answers[value] {
			t.Errorf("answers %v became %v", answers, more)
		}
	}
	// Those of the one side take it back, until none is left.
	var corrected []string
	for _, p := range second.Positions {
		for _, a := range p.Appearances {
			if name := filepath.Base(a.Document); strings.Contains(all[name], all["000-059.txt"][:60]) {
				corrected = append(corrected, name)
			}
		}
	}
	for _, name := range corrected {
		all[name] = "Fair\n\nNothing is known of the flood.\n"
	}
	sum := night(t, s, portion, dir, all, corrected...)
	if _, left := toll(); len(left) != 0 || sum.ClosedConflicts != 1 {
		t.Errorf("nobody says otherwise any more, and the answers are %v: %s", left, brief(sum))
	}
}
