package pipeline

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
)

// Archive is what the ledger calls the source of a run that reads archived bytes
// again: nothing is fetched, and no file is looked at.
const Archive = "archived bytes"

// staleAtOnce is how many documents are looked up at once.
const staleAtOnce = 1000

// stale says which readings are stale.
func (a *rereader) stale(source string) store.StaleFilter {
	return store.StaleFilter{Rules: a.rules, Readers: strings.Fields(a.readers), Source: source, Limit: staleAtOnce}
}

// eachStale finds all documents that were last read by other rules.
func (a *rereader) eachStale(ctx context.Context, tx pgx.Tx, source string, do func([]store.Stale) error) error {
	for f := a.stale(source); ; {
		found, err := store.FindStale(ctx, tx, f)
		if err != nil || len(found) == 0 {
			return err
		}
		if err := do(found); err != nil {
			return err
		}
		f.After = found[len(found)-1].Version
	}
}

// anew is a document read again, not yet stored.
type anew struct {
	store.Stale
	result
	reading *store.Reading // nil where it is stored already, under known
	known   int64
	outline store.Outline
}

// readAgain reads the archived bytes of one document by the rules of today.
func (a *rereader) readAgain(ctx context.Context, s store.Stale) (anew, error) {
	got := anew{Stale: s, result: result{outcome: changed, version: s.Version, sha: s.SHA256, bytes: s.Size}}
	f := archived(s.Made)
	key := a.key(f, s.SHA256)
	outlines, err := a.Store.Outlines(ctx, [][32]byte{key})
	if err != nil {
		return got, err
	}
	o, ok := outlines[key]
	if !ok {
		raw, err := a.Store.Archived(ctx, s.SHA256)
		var gone *store.DroppedError
		if errors.As(err, &gone) {
			got.outcome = unchanged
			return got, nil
		}
		if err != nil {
			return got, err
		}
		if got.reading, err = a.read(ctx, f, raw, key, &got.result); err != nil || got.reading == nil {
			return got, err
		}
		r := got.reading
		o = store.Outline{Title: r.Title, Source: r.Source, Published: r.Published, Invalid: r.Invalid, Failure: r.Failure}
		got.extracted = r.Failure == ""
	}
	got.known, got.outline = o.ID, o
	a.addOutline(o, &got.result)
	return got, nil
}

// save stores a document that was read again.
func (got *anew) save(ctx context.Context, tx pgx.Tx, r *Runner) error {
	if got.reading == nil && got.known == 0 {
		return nil // nothing came of it
	}
	n, ok, err := store.SaveRereading(ctx, tx, got.Stale, got.reading, got.known, got.outline.Title, got.outline.Published, r.now())
	got.newClaims = n
	if err == nil && !ok {
		got.outcome = unchanged
	}
	return err
}

// Reread reads the archived bytes of all documents that were last read by other
// rules, those of one source where one is named, and compares what came of it. It
// is a run in the ledger, of which people are told as of any; where there is nothing
// to do there is none.
func (r *Runner) Reread(ctx context.Context, source string) (*Summary, error) {
	started := r.now()
	sum := &Summary{}
	a, err := r.newReader(ctx)
	if err != nil {
		return sum, err
	}
	var all []store.Stale
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		all = nil
		return a.eachStale(ctx, tx, source, func(found []store.Stale) error { all = append(all, found...); return nil })
	})
	if err != nil || len(all) == 0 {
		return sum, err
	}
	sum.Found = len(all)
	err = r.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		if sum.run, err = store.StartRun(ctx, tx, []string{Archive}, started); err != nil {
			return err
		}
		return store.StartSources(ctx, tx, sum.run, []string{Archive})
	})
	if err != nil {
		return sum, err
	}
	files := make([]File, len(all))
	results := make([]result, len(all))
	for i, s := range all {
		files[i] = File{Path: s.Given}
	}
	var done progress
	err = a.each(ctx, all, func(i int, got anew) error {
		err := r.Store.Within(ctx, func(tx pgx.Tx) error { return got.save(ctx, tx, r) })
		results[i] = got.result
		if r.Progress != nil {
			done.tell(r.Progress, got.Given, got.bytes, len(all))
		}
		return err
	})
	versions := sum.add(files, results)
	if err != nil {
		return sum, brokenOff(ctx, err)
	}
	expected := make([]store.Expected, len(all))
	for i, res := range results {
		expected[i] = res.expected(files[i], 0)
		expected[i].Address = all[i].Address
	}
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		_, err := store.Expect(ctx, tx, sum.run, expected)
		return err
	})
	var synced store.Synced
	if err == nil {
		synced, err = r.compare(ctx, versions, sum)
	}
	if err == nil {
		err = r.list(ctx, synced, sum)
	}
	if err == nil {
		err = r.finishTold(ctx, sum)
	}
	sum.Elapsed = r.now().Sub(started)
	if err != nil {
		return sum, brokenOff(ctx, err)
	}
	return sum, nil
}

// each reads documents again, several at once, and hands each on by its place;
// take is called by several goroutines.
func (a *rereader) each(ctx context.Context, all []store.Stale, take func(i int, got anew) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(a.workers(), len(all)) {
		workers.Go(func() {
			for i := range next {
				got, err := a.readAgain(ctx, all[i])
				if err == nil {
					err = take(i, got)
				}
				if err != nil {
					stop(err)
					return
				}
			}
		})
	}
feed:
	for i := range all {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}

// Preview is what reading again would change.
type Preview struct {
	Documents int // that would be read again
	Unkept    int // that would be too, if their bytes were still kept
	Changed   []Retaken
	Opened    []conflict.Conflict // that would be found, or found again
	Closed    []conflict.Conflict // that are shown now, and no longer would be
}

// Retaken is a document that would be read otherwise.
type Retaken struct {
	Document, Source string
	Claims           []ClaimChange
	Failure          string // why it could no longer be read; "" where it could
}

// errPreviewed ends the transaction of a preview, which must leave nothing.
var errPreviewed = errors.New("nothing is to be stored")

// PreviewReread does all that Reread does, in one transaction, and takes it back. A
// run that wants to compare meanwhile waits for its end.
func (r *Runner) PreviewReread(ctx context.Context, source string) (*Preview, error) {
	a, err := r.newReader(ctx)
	if err != nil {
		return nil, err
	}
	var p *Preview
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		p = &Preview{}
		var err error
		if p.Unkept, err = store.CountUnkept(ctx, tx, a.stale(source)); err != nil {
			return err
		}
		if err = a.eachStale(ctx, tx, source, func(found []store.Stale) error { return a.preview(ctx, tx, found, p) }); err != nil {
			return err
		}
		if p.Documents == 0 {
			return nil
		}
		here := func(_ context.Context, do func(pgx.Tx) error) error { return do(tx) }
		synced, err := r.compareBy(ctx, here, nil, 0, 0)
		if err != nil {
			return err
		}
		open := store.ConflictFilter{Statuses: []conflict.Status{conflict.Open}, Severity: conflict.ShownFrom, Places: listed,
			IDs: append(append([]string{}, synced.New...), synced.Reopened...)}
		if p.Opened, err = store.ConflictsIn(ctx, tx, open); err != nil {
			return err
		}
		closed := store.ConflictFilter{Closed: true, Places: listed, IDs: append([]string{}, synced.Settled...)}
		if p.Closed, err = store.ConflictsIn(ctx, tx, closed); err != nil {
			return err
		}
		return errPreviewed
	})
	if errors.Is(err, errPreviewed) {
		err = nil
	}
	return p, err
}

// preview reads some documents again within the transaction.
func (a *rereader) preview(ctx context.Context, tx pgx.Tx, found []store.Stale, p *Preview) error {
	p.Documents += len(found)
	for batch := range slices.Chunk(found, editsAtOnce) {
		var readings []int64
		for _, s := range batch {
			readings = append(readings, s.Made.Reading)
		}
		told, err := a.Store.Told(ctx, readings)
		if err != nil {
			return err
		}
		all := make([]anew, len(batch))
		if err := a.each(ctx, batch, func(i int, got anew) error { all[i] = got; return nil }); err != nil {
			return err
		}
		for i := range all {
			got := &all[i]
			if err := got.save(ctx, tx, a.Runner); err != nil {
				return err
			}
			c := Retaken{Document: got.Given, Source: got.Source, Failure: got.outline.Failure}
			if got.reading != nil {
				d := compareVersions(told[got.Made.Reading], &store.Told{Text: got.reading.Text, Sentences: got.reading.Sentences, Claims: got.reading.Claims}, retaken)
				c.Claims = d.claims
			}
			for _, one := range c.Claims {
				name(one.Old, c.Document, got.SHA256)
				name(one.New, c.Document, got.SHA256)
			}
			if len(c.Claims) > 0 || c.Failure != "" {
				p.Changed = append(p.Changed, c)
			}
		}
	}
	slices.SortStableFunc(p.Changed, func(a, b Retaken) int { return cmp.Compare(a.Document, b.Document) })
	return nil
}
