package pipeline

import (
	"context"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// A run that began when nothing was stored stores what another has stored and
// compared meanwhile: nothing of that is new.
func TestStoredAgainIsNotNew(t *testing.T) {
	dir := many(t, 80)
	url := storetest.New(t)
	slow, other := Runner{Store: openStore(t, url)}, Runner{Store: openStore(t, url)}
	var files []File
	for _, l := range newWalk().listings([]string{dir}) {
		files = append(files, l.files...)
	}
	intake, err := slow.newIntake(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if intake, err = intake.about(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	run(t, other, dir)
	want := contents(t, url)
	for part := range slices.Chunk(files[:48], 4) {
		all, err := intake.takeApart(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range all {
			if one.res.outcome != added {
				t.Fatalf("%s: outcome %d; it was to be stored again", one.file.Path, one.res.outcome)
			}
		}
		if _, err := slow.compare(t.Context(), nil, &Summary{}); err != nil {
			t.Fatal(err)
		}
	}
	sameContents(t, contents(t, url), want)

	// With another source it is: one origin may have become two.
	files[0].Publisher = "Harbour Gazette"
	if intake, err = slow.newIntake(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = intake.takeApart(t.Context(), files[:1]); err != nil {
		t.Fatal(err)
	}
	if n := waiting(t, slow.Store); n != 1 {
		t.Errorf("a document has another source, and %d wait to be compared", n)
	}
}

// waiting is how many documents wait to be compared.
func waiting(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	if err := s.Pool().QueryRow(t.Context(), `SELECT count(*) FROM version WHERE NOT compared`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Documents that another run stores while one compares, after it has indexed what
// was there, are compared by whoever indexes them.
func TestStoredWhileAnotherCompares(t *testing.T) {
	all := archive(4, 12)
	names := slices.Sorted(maps.Keys(all))
	dir := t.TempDir()
	once := storetest.New(t)
	night(t, openStore(t, once), store.Portion{}, dir, all, names...)
	for name, portion := range map[string]store.Portion{"whole": {}, "in portions": {Whole: 1, Fresh: 10}} {
		t.Run(name, func(t *testing.T) {
			url := storetest.New(t)
			one, other := Runner{Store: openStore(t, url), Portion: portion}, Runner{Store: openStore(t, url), Portion: portion}
			store := func(r Runner, names []string) {
				t.Helper()
				var files []File
				for _, n := range names {
					files = append(files, File{Path: filepath.Join(dir, n)})
				}
				if _, err := r.readAll(t.Context(), files); err != nil {
					t.Fatal(err)
				}
			}
			store(one, names[:20])
			transactions := 0
			within := func(ctx context.Context, do func(pgx.Tx) error) error {
				if transactions++; transactions == 3 { // it has prepared and indexed
					store(other, names[20:])
				}
				return one.Store.Within(ctx, do)
			}
			if _, err := one.compareBy(t.Context(), within, nil, 0, inFlight); err != nil {
				t.Fatal(err)
			}
			if n := waiting(t, one.Store); n != len(names)-20 {
				t.Errorf("%d documents wait for the run that stored them, of %d", n, len(names)-20)
			}
			if _, err := other.compare(t.Context(), nil, &Summary{}); err != nil {
				t.Fatal(err)
			}
			if got, want := standing(t, other.Store), standing(t, openStore(t, once)); !slices.Equal(got, want) {
				t.Errorf("two runs:\n%s\none:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// Where one document comes a night, the first few are compared each with each,
// whatever they are about. What that finds is looked at again as the store grows.
func TestOneDocumentANightFindsWhatOneNightDoes(t *testing.T) {
	all := archive(4, 8)
	names := slices.Sorted(maps.Keys(all))
	dir := t.TempDir()
	once := openStore(t, storetest.New(t))
	night(t, once, store.Portion{}, dir, all, names...)
	rand.New(rand.NewPCG(3, 1)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	s := openStore(t, storetest.New(t))
	for _, name := range names {
		night(t, s, store.Portion{}, dir, all, name)
	}
	if got, want := standing(t, s), standing(t, once); len(want) < 8 || !slices.Equal(got, want) {
		t.Errorf("night by night:\n%s\nat once:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
