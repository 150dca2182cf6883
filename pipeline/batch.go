package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
)

// Documents are taken in some at a time. A transaction has a score of round trips
// to the database, whether it stores one document or many, and those of one
// document alone would take as long as reading it.
const (
	// batchFiles is how many that are at most. Twice as many are hardly faster, and
	// it is as many that are read again where a worker dies.
	batchFiles = 16
	// batchBytes bounds what a batch holds in memory; a larger file is one by itself.
	batchBytes = 256 << 10
	// shares is in how many batches documents are parted at least, unless they get
	// fewer than fewFiles: a few must not all wait for one worker.
	shares   = 16
	fewFiles = 4
)

// batches parts files into those that are taken in together, in their order. A page
// is by itself: its server may take its time.
func batches(files []File) (all [][]File) {
	most := min(batchFiles, max(fewFiles, len(files)/shares))
	for begin := 0; begin < len(files); {
		end, bytes := begin+1, files[begin].Size
		for !IsURL(files[begin].Path) && end < len(files) && end-begin < most && !IsURL(files[end].Path) && bytes+files[end].Size <= batchBytes {
			bytes += files[end].Size
			end++
		}
		all = append(all, files[begin:end])
		begin = end
	}
	return all
}

// taken is what became of a document that was taken in.
type taken struct {
	file  File
	res   result
	again error // why it is to be tried again, alone; nil where it is settled
	intent
}

// intent is what is to be stored of a document.
type intent struct {
	arrival store.Arrival
	save    bool         // the document changed
	stamp   bool         // nothing did but the stamp of its file
	fetch   *store.Fetch // how a page was fetched; nil for files
}

// apartError says that documents could not be stored together. One of them may be
// at fault: each is to be tried alone.
type apartError struct{ error }

// Unwrap is why they could not be stored.
func (e *apartError) Unwrap() error { return e.error }

// take brings documents up to date in one transaction, and runs also, where it is
// not nil, in that transaction. An error means that the run cannot go on, or is an
// [*apartError]; whatever is wrong with a document itself is in its result.
func (in *intake) take(ctx context.Context, files []File, also func(pgx.Tx, []taken) error) ([]taken, error) {
	all, err := in.prepare(ctx, files)
	if err != nil {
		return nil, err
	}
	now, anything := in.now(), also != nil
	for i := range all {
		anything = anything || all[i].save || all[i].stamp || all[i].fetch != nil
	}
	if !anything {
		return all, nil
	}
	err = in.Store.Within(ctx, func(tx pgx.Tx) error {
		if err := carryOut(ctx, tx, all, now); err != nil || also == nil {
			return err
		}
		return also(tx, all)
	})
	switch {
	case err == nil:
		in.note(ctx, all)
		return all, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.Is(err, store.ErrWithdrawn): // since their bytes were read: the tombstone is found now
		told, err := in.about(ctx, files)
		if err != nil {
			return nil, err
		}
		return told.take(ctx, files, also)
	case store.Advice(err) != "":
		return nil, fmt.Errorf("document %s: %w", files[0].Path, err)
	case len(all) > 1:
		return nil, &apartError{err}
	case !all[0].save:
		return nil, fmt.Errorf("document %s: %w", files[0].Path, err)
	}
	// An error that is about this document alone becomes its failure.
	all[0].res = result{outcome: unread, reason: "it could not be stored: " + err.Error(), sha: all[0].res.sha, bytes: all[0].res.bytes}
	if also != nil {
		err = in.Store.Within(ctx, func(tx pgx.Tx) error { return also(tx, all) })
		return all, err
	}
	return all, nil
}

// note counts documents that were saved, and indexes them when there are many.
func (in *intake) note(ctx context.Context, all []taken) {
	saved := int64(0)
	for i := range all {
		if all[i].save {
			saved++
		}
	}
	if now := in.saved.Add(saved); now/store.IndexBatch > (now-saved)/store.IndexBatch {
		in.indexAhead(ctx)
	}
}

// carryOut stores what is to be stored of documents.
func carryOut(ctx context.Context, tx pgx.Tx, all []taken, now time.Time) error {
	var arrivals []store.Arrival
	var stamps []store.Document
	var of []*taken
	for i := range all {
		t := &all[i]
		if t.fetch != nil {
			if err := store.SaveFetch(ctx, tx, *t.fetch); err != nil {
				return err
			}
		}
		if t.save {
			arrivals, of = append(arrivals, t.arrival), append(of, t)
		} else if t.stamp {
			stamps = append(stamps, t.arrival.Document)
		}
	}
	if len(stamps) > 0 {
		if err := store.StampDocuments(ctx, tx, stamps); err != nil {
			return err
		}
	}
	saved, err := store.SaveDocuments(ctx, tx, arrivals, now)
	if err != nil {
		return err
	}
	for i, t := range of {
		t.res.version, t.res.newClaims = saved[i].Version, saved[i].NewClaims
	}
	return nil
}

// prospect is a document whose bytes are known, and not yet what was read of them.
type prospect struct {
	*taken
	at  string
	got brought
	key [32]byte
}

// prepare finds out what there is to do for documents, and stores nothing.
func (in *intake) prepare(ctx context.Context, files []File) ([]taken, error) {
	all := make([]taken, len(files))
	var open []*prospect
	var keys [][32]byte
	for i, f := range files {
		all[i].file = f
		p, err := in.inspect(ctx, &all[i])
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		open = append(open, p)
		if was, known := in.standing[p.at]; !known || was.Key != p.key {
			keys = append(keys, p.key)
		}
	}
	outlines := make(map[[32]byte]store.Outline)
	if len(keys) > 0 {
		var err error
		if outlines, err = in.Store.Outlines(ctx, keys); err != nil {
			return nil, err
		}
	}
	anew := make(map[[32]byte]*store.Reading) // copies are read once
	for _, p := range open {
		if err := in.decide(ctx, p, outlines, anew); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// inspect gets a document's bytes. It returns nil where nothing needs to be known
// of them.
func (in *intake) inspect(ctx context.Context, t *taken) (*prospect, error) {
	f := t.file
	at, err := f.address()
	if err != nil {
		t.res = result{outcome: unread, reason: Reason(err)}
		return nil, nil
	}
	if res, ok := in.asItWas(f, at); ok {
		t.res = res
		return nil, nil
	}
	got, err := in.bring(ctx, f, at)
	t.fetch = got.fetch
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil && in.tried && !in.last && worthAnotherTry(err):
		t.again, t.fetch = err, nil
		return nil, nil
	case err != nil:
		t.res = result{outcome: unread, reason: err.Error()}
		return nil, nil
	}
	t.res = result{sha: got.sha, bytes: int64(len(got.raw))}
	return &prospect{t, at, got, in.key(got.file, got.sha)}, nil
}

// decide finds out what is to be stored of a document: what was read of its bytes
// for itself, for another one (outlines), in this batch (anew), or is read now.
func (in *intake) decide(ctx context.Context, p *prospect, outlines map[[32]byte]store.Outline, anew map[[32]byte]*store.Reading) error {
	t, f := p.taken, p.got.file
	was, known := in.standing[p.at]
	outline, stored := was.Outline, known && was.Key == p.key
	if !stored {
		outline, stored = outlines[p.key]
	}
	raw, reading := p.got.raw, anew[p.key]
	if !stored && reading == nil {
		var err error
		if raw == nil { // a page that is as it was; the rules are not
			raw, err = in.Store.Archived(ctx, t.res.sha)
			var gone *store.DroppedError
			if errors.As(err, &gone) { // it stays as it was read
				t.res.outcome, t.res.version = unchanged, was.Version
				return nil
			}
			if err != nil {
				return err
			}
		}
		reading, err = in.read(ctx, f, raw, p.key, &t.res)
		var passing *tryAgain
		if errors.As(err, &passing) {
			t.again, t.fetch = passing.error, nil
			return nil
		}
		if err != nil || reading == nil { // nil is a failure that the next run may not meet
			return err
		}
		anew[p.key] = reading
		t.res.extracted = reading.Failure == ""
	}
	if !stored {
		outline = store.Outline{Title: reading.Title, Source: reading.Source, Published: reading.Published, Invalid: reading.Invalid, Failure: reading.Failure}
	}
	d := describe(f, p.at, outline)
	if stone, ok := in.stones.Sources[d.Source]; ok {
		t.res, t.fetch = withdrawn(stone), nil
		return nil
	}
	t.arrival = store.Arrival{Document: d, Raw: raw, SHA256: t.res.sha, Reading: reading, Known: outline.ID}
	t.res.outcome = compareStanding(d, p.key, t.res.sha, was, known)
	if t.res.outcome == unchanged && d.Given == was.Given {
		t.res.version = was.Version
		t.stamp = d.Stamp != was.Stamp
	} else {
		t.save = true
	}
	in.addOutline(outline, &t.res)
	return nil
}
