package pipeline

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"crosscheck/fetch"
	"crosscheck/store/storetest"
)

// Two clients on one database, as two processes have them, ask a host no more
// often than one may, and what it asks of the one the other keeps to.
func TestTwoClientsKeepOneRate(t *testing.T) {
	const pause, each = 80 * time.Millisecond, 6
	var mu sync.Mutex
	var asked []time.Time
	busy := false
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
			return
		case busy:
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
		asked = append(asked, time.Now())
	}))
	t.Cleanup(site.Close)
	url := storetest.New(t)
	var clients []*fetch.Client
	for range 2 {
		r := fetching(t, url, func(o *fetch.Options) {
			o.Pause = func(string) time.Duration { return pause }
			o.MaxWait = 10 * time.Second
		})
		r.Loader.Client.Share(r.Store)
		clients = append(clients, r.Loader.Client)
	}

	var all sync.WaitGroup
	for _, c := range clients {
		all.Go(func() {
			for range each {
				if _, err := c.Get(t.Context(), site.URL+"/page", fetch.Validators{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if len(asked) != 2*each {
		t.Fatalf("asked %d times, want %d", len(asked), 2*each)
	}
	slices.SortFunc(asked, time.Time.Compare)
	// The whole is what the rate allows; a single request may come a little early
	// behind one that was late on a busy machine.
	if took := asked[len(asked)-1].Sub(asked[0]); took < (2*each-1)*pause*9/10 {
		t.Errorf("%d pages in %s, want at least %s", 2*each, took, (2*each-1)*pause)
	}

	mu.Lock()
	busy, asked = true, nil
	mu.Unlock()
	for i, c := range clients {
		_, err := c.Get(t.Context(), site.URL+"/page", fetch.Validators{})
		if until, ok := fetch.Passing(err); !ok || time.Until(until) < 9*time.Minute {
			t.Errorf("client %d: %v, until %s", i, err, until)
		}
	}
	if len(asked) != 1 {
		t.Errorf("a host that asked for time was asked %d times", len(asked))
	}
}
