package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"crosscheck/pipeline"
	"crosscheck/review"
	"crosscheck/store"
)

// pages is what serve and worker answer over HTTP.
type pages struct {
	store *store.Store
	log   *slog.Logger
	door  *review.Door
	mux   *http.ServeMux
}

// How long a request may take: those that ask are near, and ask little.
const (
	headerTime  = 5 * time.Second
	requestTime = 30 * time.Second
	pingTime    = 2 * time.Second
	idleTime    = 2 * time.Minute // between two requests
)

// maxHeader is how many bytes the header of a request may have.
const maxHeader = 64 << 10

// newPages answers what is asked of every process: whether it is there, of anybody;
// feed and figures, which tell questions and names of sources, of whom the door admits.
func newPages(s *store.Store, door *review.Door, log *slog.Logger) *pages {
	p := &pages{s, log, door, http.NewServeMux()}
	p.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "alive") })
	p.mux.HandleFunc("GET /readyz", p.ready)
	p.mux.Handle("GET /feed.atom", p.admitted(http.HandlerFunc(p.feed)))
	p.mux.Handle("GET /metrics", p.admitted(metrics(s, log)))
	return p
}

// admitted answers only whom the door admits.
func (p *pages) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ok, err := p.door.Admits(r)
		switch {
		case err != nil:
			p.log.Warn("not known who asks", "path", r.URL.Path, "error", err)
			answer(w, http.StatusServiceUnavailable, "the database does not answer")
		case !ok:
			w.Header().Set("WWW-Authenticate", "Bearer")
			answer(w, http.StatusUnauthorized, "others than programs of this machine need a token: 'crosscheck user token NAME' makes one, to be sent as Authorization: Bearer TOKEN")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// ready tells whether there is work to be expected of this process: not while
// its database is away.
func (p *pages) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), pingTime)
	defer cancel()
	if err := p.store.Ping(ctx); err != nil {
		p.log.Warn("not ready", "error", err)
		answer(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	answer(w, http.StatusOK, "ready")
}

// feed is what runs found, for feed readers.
func (p *pages) feed(w http.ResponseWriter, r *http.Request) {
	feed, err := pipeline.Feed(r.Context(), p.store)
	if err != nil {
		p.log.Warn("no feed", "error", err)
		answer(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(feed) // who asked may have gone
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // who asked may have gone
}

// serve answers at l until the function that it returns is called.
func (p *pages) serve(l net.Listener) (stop func()) {
	server := &http.Server{Handler: p.mux, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			p.log.Error("the pages are gone", "error", err)
		}
	}()
	return func() {
		_ = server.Close() // the listener's end is all that it could tell
		<-ended
	}
}
