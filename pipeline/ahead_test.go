package pipeline

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// stored is a store with documents that nobody has compared.
func stored(t *testing.T, all map[string]string, dir string) (Runner, string) {
	t.Helper()
	url := storetest.New(t)
	// Some are compared with others of their event in other portions.
	r := Runner{Store: openStore(t, url), Portion: store.Portion{Whole: 1, Fresh: 5}, Workers: 1}
	var files []File
	for _, name := range slices.Sorted(maps.Keys(all)) {
		files = append(files, File{Path: write(t, filepath.Join(dir, name), all[name])})
	}
	if _, err := r.readAll(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	return r, url
}

// What portions find that are judged ahead of their turn is what they find in it,
// whether those before them change their company or not.
func TestPortionsAheadFindWhatOneAfterTheOtherDoes(t *testing.T) {
	for name, all := range map[string]map[string]string{"many events": archive(4, 20), "a large one": archive(150, 4)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			inTurn, url := stored(t, all, dir)
			if _, err := inTurn.compareBy(t.Context(), inTurn.Store.Within, nil, 0, 0); err != nil {
				t.Fatal(err)
			}
			want := contents(t, url)

			ahead, url := stored(t, all, dir)
			c, ready := ahead.comparing(t)
			flights := c.newFlights(t.Context(), inFlight)
			used, vain := 0, 0
			for more := ready; more; {
				before := flights.use
				var err error
				if more, err = c.portion(t.Context(), flights); err != nil {
					t.Fatal(err)
				}
				used, vain = used+max(0, flights.use-before), vain+max(0, before-flights.use)
			}
			flights.wait()
			sameContents(t, contents(t, url), want)
			t.Logf("%d portions were judged ahead, and %d in vain", used, vain)
			if used == 0 || name == "many events" && used < 3*vain {
				t.Error("too few were of use")
			}
		})
	}
}

// Where another run compares what was judged ahead, or a document changes, it is not
// stored.
func TestWhatWasJudgedAheadIsLookedAtAgain(t *testing.T) {
	all := archive(4, 20)
	dir := t.TempDir()
	once := openStore(t, storetest.New(t))
	night(t, once, store.Portion{Whole: 1, Fresh: 5}, dir, all, slices.Sorted(maps.Keys(all))...)

	r, _ := stored(t, all, dir)
	c, _ := r.comparing(t)
	flights := c.newFlights(t.Context(), inFlight)
	if _, err := c.portion(t.Context(), flights); err != nil {
		t.Fatal(err)
	}
	other := Runner{Store: r.Store, Portion: store.Portion{Whole: 1, Fresh: 100}}
	for _, one := range flights.all {
		<-one.landed
	}
	if _, err := other.compare(t.Context(), nil, &Summary{}); err != nil {
		t.Fatal(err)
	}
	if more, err := c.portion(t.Context(), flights); more || err != nil {
		t.Errorf("another run has compared everything, and there is more: %t, %v", more, err)
	}
	if flights.use >= 0 {
		t.Error("what another run has compared was stored again")
	}
	flights.wait()
	if got, want := standing(t, r.Store), standing(t, once); !slices.Equal(got, want) {
		t.Errorf("two runs:\n%q\none:\n%q", got, want)
	}
}

// comparing is a run that is about to compare, and whether there is anything to.
func (r *Runner) comparing(t *testing.T) (*comparing, bool) {
	t.Helper()
	c := &comparing{Runner: r, within: r.Store.Within}
	if err := c.ready(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return c, waiting(t, r.Store) > 0
}

// Reports of one event that come from many sources, each with others between them, are
// compared in one portion.
func TestReportsThatCameApartAreComparedTogether(t *testing.T) {
	all := make(map[string]string)
	for name, text := range archive(4, 20) { // 005-002.txt → 002-005.txt, and so last but one
		all[name[4:7]+"-"+name[:3]+".txt"] = text
	}
	r, _ := stored(t, all, t.TempDir())
	r.comparing(t) // indexes them
	err := r.Store.Within(t.Context(), func(tx pgx.Tx) error {
		corpus, err := store.LoadUncompared(t.Context(), tx, store.Portion{Whole: 1, Fresh: 16})
		if err != nil {
			return err
		}
		reports := make(map[string]int) // event → how many
		for path := range corpus.Background.Fresh {
			reports[filepath.Base(path)[4:7]]++
		}
		whole := 0
		for _, n := range reports {
			if n == 4 {
				whole++
			}
		}
		if whole < 3 {
			t.Errorf("of 16 documents, four to an event, these are compared together: %v", reports)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A long run indexes while it still reads, unless that would keep others waiting who
// compare; what it finds is the same.
func TestIndexesWhileItReads(t *testing.T) {
	all, dir := archive(4, 20), t.TempDir()
	once, url := stored(t, all, dir)
	if _, err := once.compareBy(t.Context(), once.Store.Within, nil, 0, 0); err != nil {
		t.Fatal(err)
	}
	want := contents(t, url)

	url = storetest.New(t)
	r := Runner{Store: openStore(t, url), Portion: once.Portion, Workers: 1}
	var files []File
	for _, name := range slices.Sorted(maps.Keys(all)) {
		files = append(files, File{Path: filepath.Join(dir, name)})
	}
	take := func(some []File) (indexed int) {
		t.Helper()
		in, err := r.newIntake(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		in.saved.Store(store.IndexBatch - int64(len(some)))
		if in, err = in.about(t.Context(), some); err != nil {
			t.Fatal(err)
		}
		if _, err := in.take(t.Context(), some, nil); err != nil {
			t.Fatal(err)
		}
		if err := r.Store.Pool().QueryRow(t.Context(), "SELECT count(*) FROM reading WHERE indexed").Scan(&indexed); err != nil {
			t.Fatal(err)
		}
		return indexed
	}
	err := r.Store.Within(t.Context(), func(tx pgx.Tx) error {
		if _, err := store.LoadCorpus(t.Context(), tx); err != nil { // another run compares
			return err
		}
		if n := take(files[:16]); n != 0 {
			t.Errorf("%d documents were indexed while another run compared", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := take(files[16:32]); n != 32 {
		t.Errorf("%d documents were indexed, want all 32 that had been read", n)
	}
	var own string
	if err := r.Store.Pool().QueryRow(t.Context(), "UPDATE comparison SET version = 'another' RETURNING (SELECT version FROM comparison)").Scan(&own); err != nil {
		t.Fatal(err)
	}
	if n := take(files[32:48]); n != 32 {
		t.Errorf("%d documents are indexed where another version last compared, want the 32 that were", n)
	}
	if _, err := r.Store.Pool().Exec(t.Context(), "UPDATE comparison SET version = $1", own); err != nil {
		t.Fatal(err)
	}
	take(files[48:])
	if _, err := r.compareBy(t.Context(), r.Store.Within, nil, 0, inFlight); err != nil {
		t.Fatal(err)
	}
	sameContents(t, contents(t, url), want)
}
