package store_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// saying is the arrival of a document that makes claims, one about each of some events.
func saying(address string, events ...int) store.Arrival {
	r := killed(7)
	pattern := r.Claims[0]
	r.Claims = nil
	for _, n := range events {
		a := pattern
		a.Claim.Subject = fmt.Sprintf("Event %d", n)
		a.Attribution = a.Claim.Subject // by which it is seen whether its number is that of its claim
		r.Claims = append(r.Claims, a)
	}
	r.Key = sha256.Sum256([]byte(address))
	return store.Arrival{
		Document: store.Document{Address: address, Given: address, Source: "Source of " + address, Title: address},
		Raw:      []byte(address), SHA256: sha256.Sum256([]byte(address)), Reading: r,
	}
}

// newClaims stores documents and counts the claims that were new.
func newClaims(t *testing.T, tx pgx.Tx, all ...store.Arrival) (n int, err error) {
	saved, err := store.SaveDocuments(t.Context(), tx, all, night)
	for _, s := range saved {
		n += s.NewClaims
	}
	return n, err
}

// checkClaims makes sure that there are so many claims and appearances, that each of
// these is one of its claim, and that nobody had to be stopped for it.
func checkClaims(t *testing.T, conn *pgx.Conn, claims, appearances int) {
	t.Helper()
	var stored, made int
	err := conn.QueryRow(t.Context(), `
SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM appearance a JOIN claim c ON c.id = a.claim WHERE c.subject = a.attribution)`).Scan(&stored, &made)
	if err != nil {
		t.Fatal(err)
	}
	if stored != claims || made != appearances {
		t.Errorf("%d claims, %d appearances of theirs, want %d and %d", stored, made, claims, appearances)
	}
}

// TestClaimsOfManyAtOnce has several processes' workers store documents that share
// claims, in small batches and without a pause.
func TestClaimsOfManyAtOnce(t *testing.T) {
	const processes, workers, rounds, batch, claims, events = 4, 4, 25, 4, 12, 150
	url := storetest.New(t)
	conn := storetest.Connect(t, url)
	var news atomic.Int64
	var all errgroup.Group
	for p := range processes {
		s, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for w := range workers {
			all.Go(func() error {
				choice := rand.New(rand.NewPCG(uint64(p), uint64(w)))
				for round := range rounds {
					var arrivals []store.Arrival
					for d := range batch {
						// What is new at the time is around the round, for all of them.
						about := choice.Perm(events / 3)[:claims]
						for i := range about {
							about[i] += round * (events - events/3) / rounds
						}
						arrivals = append(arrivals, saying(fmt.Sprintf("/news/%d/%d/%d/%d", p, w, round, d), about...))
					}
					var n int
					err := s.Within(t.Context(), func(tx pgx.Tx) (err error) {
						n, err = newClaims(t, tx, arrivals...)
						return err
					})
					if err != nil {
						return err
					}
					news.Add(int64(n))
				}
				return nil
			})
		}
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	checkClaims(t, conn, int(news.Load()), processes*workers*rounds*batch*claims)
	if n := int(news.Load()); n > events || n < events/2 {
		t.Errorf("%d claims about %d events", n, events)
	}
	// What is retried does not show: the server has counted it, within a second or so.
	var deadlocks int
	for range 30 {
		if err := conn.QueryRow(t.Context(), `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`).Scan(&deadlocks); err != nil {
			t.Fatal(err)
		}
		if deadlocks > 0 {
			t.Fatalf("%d waited for each other in a ring", deadlocks)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// sharing has somebody store claims until the test ends, so that nobody else is alone.
func sharing(t *testing.T, url string) {
	t.Helper()
	tx, err := storetest.Connect(t, url).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `SELECT pg_advisory_xact_lock_shared(hashtext('crosscheck claims'))`); err != nil {
		t.Fatal(err)
	}
}

// begun is a transaction that has stored documents and has not ended.
func begun(t *testing.T, url string, all ...store.Arrival) (tx pgx.Tx, n int) {
	t.Helper()
	tx, err := storetest.Connect(t, url).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n, err = newClaims(t, tx, all...); err != nil {
		t.Fatal(err)
	}
	return tx, n
}

// awaitWaiting waits until somebody waits for a lock.
func awaitWaiting(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 10*time.Second; time.Sleep(5 * time.Millisecond) {
		var waiting bool
		if err := conn.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
		if waiting {
			return
		}
	}
	t.Fatal("nobody waits")
}

// TestClaimsThatAnotherOneIsStoring has one wait for another's claims, which then are
// stored, or are not.
func TestClaimsThatAnotherOneIsStoring(t *testing.T) {
	for _, c := range []struct {
		what    string
		alone   bool // whether the first one is alone at first
		stays   bool // whether what it stores does
		news    int  // how many of the second's three claims are new
		claims  int
		appears int
	}{
		{"copied", true, true, 1, 4, 6},
		{"copied and taken back", true, false, 3, 3, 3},
		{"inserted", false, true, 1, 4, 6},
		{"inserted and taken back", false, false, 3, 3, 3},
	} {
		t.Run(c.what, func(t *testing.T) {
			url := storetest.New(t)
			conn := storetest.Connect(t, url)
			if !c.alone {
				sharing(t, url)
			}
			first, n := begun(t, url, saying("/news/first", 1, 2, 3))
			if n != 3 {
				t.Errorf("%d claims of three were new", n)
			}
			second := storetest.Connect(t, url)
			var n2 int
			var waiting errgroup.Group
			waiting.Go(func() error {
				return pgx.BeginFunc(t.Context(), second, func(tx pgx.Tx) (err error) {
					n2, err = newClaims(t, tx, saying("/news/second", 2, 3, 4))
					return err
				})
			})
			awaitWaiting(t, conn)
			end := first.Rollback
			if c.stays {
				end = first.Commit
			}
			if err := end(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := waiting.Wait(); err != nil {
				t.Fatal(err)
			}
			if n2 != c.news {
				t.Errorf("%d claims of the second were new, want %d", n2, c.news)
			}
			checkClaims(t, conn, c.claims, c.appears)
		})
	}
}

// TestClaimsWithoutEqualsDoNotWait has two store claims at once while somebody else
// does, so that neither copies them.
func TestClaimsWithoutEqualsDoNotWait(t *testing.T) {
	url := storetest.New(t)
	sharing(t, url)
	one, _ := begun(t, url, saying("/news/one", 1, 2))
	two, n := begun(t, url, saying("/news/two", 3, 4)) // which would wait for good
	if n != 2 {
		t.Errorf("%d claims of two were new", n)
	}
	for _, tx := range []pgx.Tx{two, one} {
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	checkClaims(t, storetest.Connect(t, url), 4, 4)
}

// TestClaimNumbersThatAStrangerTook has numbers go elsewhere while claims are copied.
func TestClaimNumbersThatAStrangerTook(t *testing.T) {
	s, conn := open(t)
	_, err := conn.Exec(t.Context(), `
CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''claim_id_seq''); RETURN NEW; END';
CREATE TRIGGER take BEFORE INSERT ON claim FOR EACH ROW WHEN (NEW.subject = 'Event 5') EXECUTE FUNCTION take()`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		address string
		events  []int
		news    int
	}{{"/news/a", []int{1, 2, 3}, 3}, {"/news/b", []int{1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 10}, {"/news/c", []int{5, 14}, 1}} {
		err := s.Within(t.Context(), func(tx pgx.Tx) error {
			n, err := newClaims(t, tx, saying(c.address, c.events...))
			if n != c.news {
				t.Errorf("%s: %d claims were new, want %d", c.address, n, c.news)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	checkClaims(t, conn, 14, 16)
}
