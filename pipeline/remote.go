package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crosscheck/claim"
	"crosscheck/fetch"
	"crosscheck/store"
)

// gather finds the documents of an origin: files, pages, and what its feeds and
// sitemaps name. What cannot be had, a feed as well as one entry of it, is a
// failure. A document that was reached before is left out.
//
// A page's source is the origin's name, but for a feed's entry that names a
// publisher on another site: that is the publisher's. A file may say itself
// whose it is.
func (w *walk) gather(ctx context.Context, client *fetch.Client, o Origin) listing {
	w.files, w.failed = nil, nil
	for _, p := range o.Paths {
		if !strings.ContainsAny(p, `*?[`) {
			w.given(p)
			continue
		}
		found, err := filepath.Glob(p)
		switch {
		case err != nil:
			w.fail(p, err.Error())
		case len(found) == 0:
			w.fail(p, "no file is called so")
		}
		for _, path := range found {
			w.given(path)
		}
	}
	for i := range w.files {
		w.files[i].Publisher = o.Name
	}
	local := len(w.files)
	for _, address := range o.URLs {
		w.page(File{Path: address})
	}
	for _, address := range o.Feeds {
		w.named(ctx, client, address, o, (*fetch.Client).Feed)
	}
	for _, address := range o.Sitemaps {
		w.named(ctx, client, address, o, (*fetch.Client).Sitemap)
	}
	for i := range w.files[local:] {
		of := &w.files[local+i].Source
		of.Source = first(of.Source, o.Name)
	}
	return listing{first(append([]string{o.Name}, o.places()...)...), w.files, w.failed}
}

// named takes the pages that a feed or a sitemap names, the newest first, so
// that a run that is broken off has read those.
func (w *walk) named(ctx context.Context, client *fetch.Client, address string, o Origin,
	get func(*fetch.Client, context.Context, string) (*fetch.Listing, error),
) {
	if client == nil {
		w.fail(address, "feeds and sitemaps are not fetched here")
		return
	}
	l, err := get(client, ctx, address)
	if err != nil {
		w.fail(address, err.Error())
		return
	}
	for _, f := range l.Findings {
		w.fail(f.Where+" of "+address, f.Reason) // a name of its own: each is a line in the ledger
	}
	slices.SortStableFunc(l.Entries, func(a, b fetch.Entry) int { return newest(b).Compare(newest(a)) })
	for _, e := range l.Entries {
		f := File{Path: e.URL, Source: SourceEntry{URL: e.URL}}
		if e.Publisher != "" && !sameSite(e.Site, first(host(o.Home), host(address))) && !strings.EqualFold(e.Publisher, o.Name) {
			f.Source.Source = e.Publisher
		}
		if !e.Published.IsZero() {
			f.Source.Published = claim.DayOf(e.Published.Year(), e.Published.Month(), e.Published.Day())
		}
		w.page(f)
	}
}

func newest(e fetch.Entry) time.Time {
	if e.Modified.After(e.Published) {
		return e.Modified
	}
	return e.Published
}

// sameSite reports whether one host is the other or lies below it.
func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www.")
	return a != "" && b != "" && (a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}

// brought is what a document is at this moment.
type brought struct {
	file  File   // with all that is known of it now
	raw   []byte // nil for a page that is as it was
	sha   [32]byte
	fetch *store.Fetch // how a page was fetched; nil for files
}

// bring gets a document's bytes, or the word that they are what they were. An
// error is about the document, unless ctx is done.
func (in *intake) bring(ctx context.Context, f File, at string) (brought, error) {
	if IsURL(f.Path) {
		return in.bringPage(ctx, f, at)
	}
	f.Size, f.Stamp = stampOf(f.Path, in.now())
	raw, err := in.Loader.file(f)
	if int64(len(raw)) != f.Size {
		f.Size, f.Stamp = 0, 0 // it was changed between two looks
	}
	return brought{file: f, raw: raw, sha: sha256.Sum256(raw)}, err
}

func (in *intake) bringPage(ctx context.Context, f File, at string) (brought, error) {
	before := in.fetched[at]
	if before.NotBefore.After(in.now()) {
		return brought{}, &fetch.BusyError{Code: before.Status, Until: before.NotBefore}
	}
	// Its validators count only for the bytes that stand: a page may have been
	// fetched and then not stored.
	was, known := in.standing[at]
	var validators fetch.Validators
	if known && was.SHA256 == before.SHA256 {
		validators = fetch.Validators{URL: before.FoundAt, ETag: before.ETag, LastModified: before.LastModified}
	}
	page, err := in.Loader.page(ctx, f, validators)
	asked := in.now()
	if err != nil {
		return brought{fetch: failed(before, at, asked, err)}, err
	}
	got := brought{fetch: &before}
	if page.Unchanged {
		got.sha = was.SHA256
		before.Status = http.StatusNotModified
	} else {
		got.raw, got.sha = page.Body, sha256.Sum256(page.Body)
		before = store.Fetch{
			Address: at, Status: http.StatusOK, FoundAt: page.URL, ETag: page.Validators.ETag,
			LastModified: page.Validators.LastModified, ContentType: page.ContentType, SHA256: got.sha,
		}
	}
	before.Asked, before.Failure, before.Failures, before.NotBefore, before.Moved = asked, "", 0, time.Time{}, page.Moved
	f.ContentType = before.ContentType
	// A page's bytes were retrieved when it first had them.
	if f.Source.Retrieved = was.Retrieved; !known || got.sha != was.SHA256 {
		f.Source.Retrieved = asked.Truncate(time.Microsecond) // as the database keeps it
	}
	got.file = f
	return got, nil
}

// failed is how a page was fetched that was not: what came before still holds.
func failed(was store.Fetch, at string, asked time.Time, err error) *store.Fetch {
	was.Address, was.Asked, was.Failure, was.Failures = at, asked, err.Error(), was.Failures+1
	was.Status, was.NotBefore = 0, time.Time{}
	var status *fetch.StatusError
	var busy *fetch.BusyError
	switch {
	case errors.As(err, &busy):
		was.Status = busy.Code
		if busy.Code != 0 { // what a host in trouble is spared is for the client to say
			was.NotBefore = busy.Until
		}
	case errors.As(err, &status):
		was.Status = status.Code
	}
	return &was
}

// worthAnotherTry reports whether a page may be had in a minute that cannot be
// had now. A server that asks for more time gets it.
func worthAnotherTry(err error) bool {
	var busy *fetch.BusyError
	_, passing := fetch.Passing(err)
	return passing && !errors.As(err, &busy)
}

// maxHosts bounds the hosts that are waited for at once. Waiting costs no
// processor, but each has a page in memory.
const maxHosts = 16

// hosts is how many hosts documents come from, at most maxHosts: each is asked
// for one page at a time, and most of that is waiting.
func hosts(files []File) int {
	names := make(map[string]bool)
	for _, f := range files {
		if IsURL(f.Path) && len(names) < maxHosts {
			names[host(f.Path)] = true
		}
	}
	return len(names)
}
