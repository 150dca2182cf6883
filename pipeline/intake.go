package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/fetch"
	"crosscheck/store"
)

// outcome is what became of a document in a run.
type outcome int

const (
	untouched outcome = iota // the run was broken off before it
	added
	changed
	unchanged
	unread
)

// result is what a run did with one document.
type result struct {
	outcome   outcome
	reason    string   // why it is unread
	warnings  []string // worth telling although it was read
	version   int64    // 0 where nothing is stored
	sha       [32]byte
	bytes     int64
	newClaims int
	extracted bool // readers and rules read it now
}

// intake takes documents into the store, some at a time.
type intake struct {
	*Runner
	standing map[string]store.Standing // by address: as last seen
	fetched  map[string]store.Fetch    // by address: how pages were last fetched
	stones   store.Tombstones          // of what was withdrawn
	readers  string                    // the versions of the document readers
	rules    string                    // the version of the extraction rules
	saved    *atomic.Int64             // documents, so far

	// Of a document that is tried several times: whether this is the last time,
	// and why it is not even tried, where those before ended the process.
	tried, last bool
	doom        string
}

// newIntake is an intake that knows no document yet.
func (r *Runner) newIntake(ctx context.Context) (*intake, error) {
	readers, err := readersVersion(ctx)
	return &intake{Runner: r, readers: readers, rules: extract.RulesVersion(), saved: new(atomic.Int64)}, err
}

// about is the intake with what is known of some documents: one question for all.
func (in *intake) about(ctx context.Context, files []File) (*intake, error) {
	addresses := make([]string, 0, len(files))
	for _, f := range files {
		if at, err := f.address(); err == nil {
			addresses = append(addresses, at)
		}
	}
	told := *in
	var err error
	if told.standing, err = in.Store.Standing(ctx, addresses); err != nil {
		return nil, err
	}
	if told.fetched, err = in.Store.Fetches(ctx, addresses); err != nil {
		return nil, err
	}
	told.stones, err = in.Store.Tombstones(ctx, addresses)
	return &told, err
}

// addOutline adds to a result what an earlier or present reading has to say.
func (in *intake) addOutline(o store.Outline, res *result) {
	if o.Failure != "" {
		res.outcome, res.reason = unread, o.Failure
	} else if o.Invalid > 0 {
		res.warnings = append(res.warnings, fmt.Sprintf("invalid bytes replaced: %d", o.Invalid))
	}
}

// asItWas is the result of a document that need not be looked into: its file has
// the size and the stamp that it had when it was last read, and nothing else that
// decides the reading is new. This is safe because a file whose bytes change
// gets a later stamp, and stampOf trusts none that a change could still share.
// Who sets stamps back by hand has Runner.Recheck.
func (in *intake) asItWas(f File, at string) (result, bool) {
	if stone, ok := in.stones.Documents[at]; ok {
		return withdrawn(stone), true
	}
	if stone, ok := in.stones.Sources[f.Source.Source]; ok {
		return withdrawn(stone), true
	}
	was, known := in.standing[at]
	if !known || in.Recheck || f.Stamp == 0 || f.Stamp != was.Stamp || f.Size != was.Size || in.key(f, was.SHA256) != was.Key {
		return result{}, false
	}
	d := describe(f, at, was.Outline)
	if compareStanding(d, was.Key, was.SHA256, was, true) != unchanged || d.Given != was.Given {
		return result{}, false
	}
	res := result{outcome: unchanged, version: was.Version, sha: was.SHA256, bytes: was.Size}
	in.addOutline(was.Outline, &res)
	return res, true
}

// withdrawn is the result of a document that is not read because it, or its
// source, was withdrawn. It counts as unchanged: nothing is to be done, and
// nothing is wrong.
func withdrawn(w store.Withdrawal) result {
	return result{outcome: unchanged, warnings: []string{"withdrawn, and so not read: " + w.Reason}}
}

// settling is how old a stamp must be to tell one change from the next: the
// coarsest clock of a file system in use, FAT's, ticks every two seconds.
const settling = 2 * time.Second

// stampOf is the size and stamp of a file, asked before it is read; no stamp
// where one that changes next may get the same.
func stampOf(path string, now time.Time) (size, stamp int64) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0
	}
	if now.Sub(info.ModTime()) < settling {
		return info.Size(), 0
	}
	return info.Size(), info.ModTime().UnixNano()
}

// describe is what the document's row will say.
func describe(f File, at string, o store.Outline) store.Document {
	return store.Document{
		Address: at, Given: valid(f.Path), Source: first(f.Source.Source, o.Source, host(f.Source.URL), valid(f.Publisher), at),
		Title: o.Title, Published: o.Published, Retrieved: f.Source.Retrieved, Size: f.Size, Stamp: f.Stamp,
	}
}

// compareStanding tells what is new about a document. That it is called by
// another path is nothing new.
func compareStanding(d store.Document, key, sha [32]byte, was store.Standing, known bool) outcome {
	if !known {
		return added
	}
	old := was.Document
	if was.SHA256 != sha || was.Key != key || old.Source != d.Source || old.Title != d.Title ||
		old.Published != d.Published || !old.Retrieved.Equal(d.Retrieved) {
		return changed
	}
	return unchanged
}

// tryAgain is a failure that may pass, of a document that will be tried again.
type tryAgain struct{ error }

// Unwrap is the failure.
func (e *tryAgain) Unwrap() error { return e.error }

// read reads a document anew. It returns nil, with the reason in the result,
// where reading failed in a way that says nothing about the bytes.
func (in *intake) read(ctx context.Context, f File, raw []byte, key [32]byte, res *result) (*store.Reading, error) {
	started := time.Now()
	r := &store.Reading{Key: key, Hint: hint(f.Path), ContentType: f.ContentType, Rules: in.rules, Failure: in.doom,
		ToldTitle: f.Source.Title, ToldPublished: f.Source.Published}
	if in.doom != "" {
		return r, nil
	}
	loaded, err := in.Loader.Read(ctx, f, raw)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var panicked *PanicError
	var overrun *OverrunError
	var unreadable *document.UnreadableError
	var foreign *LanguageError
	switch {
	case err == nil, errors.As(err, &foreign):
		in.fill(r, loaded, res)
	case in.tried && !in.last && (errors.As(err, &panicked) || errors.As(err, &overrun)):
		return nil, &tryAgain{err}
	case errors.As(err, &panicked):
		in.log().Error("a reader broke on a document", "path", f.Path, "panic", panicked.Value, "stack", string(panicked.Stack))
	case errors.As(err, &unreadable):
	case in.last && errors.As(err, &overrun): // a slow hour would not last so many tries
	default:
		res.outcome, res.reason = unread, err.Error()
		return nil, nil
	}
	if err != nil {
		r.Failure = err.Error()
	}
	in.log().Debug("read a document", "path", f.Path, "bytes", len(raw), "claims", len(r.Claims), "elapsed", time.Since(started))
	return r, nil
}

// fill takes over what was read.
func (in *intake) fill(r *store.Reading, l *Loaded, res *result) {
	d := l.Document
	r.Format, r.Reader, r.Encoding, r.Invalid, r.Language = d.Format, d.Reader, d.Encoding, d.Invalid, d.Language
	r.Title, r.Source, r.Published = l.Title, ownSource(d), l.Published
	r.HasText, r.Text = true, d.Text
	for _, s := range l.Reading.Sentences {
		r.Sentences = append(r.Sentences, store.Sentence{Span: s.Span, Role: s.Role})
	}
	var wrong []string
	r.Claims, wrong = store.Fit(d.Text, l.Reading.Claims)
	res.warnings = append(res.warnings, wrong...)
}

// key is a hash over all that decides what is read out of a file: whoever has
// the same key has the same sentences and claims.
func (in *intake) key(f File, sha [32]byte) [32]byte {
	sum := sha256.New()
	sum.Write(sha[:])
	for _, s := range []string{hint(f.Path), f.ContentType, f.Source.Published.String(), f.Source.Title, in.readers, in.rules} {
		sum.Write(binary.AppendUvarint(nil, uint64(len(s))))
		sum.Write([]byte(s))
	}
	return [32]byte(sum.Sum(nil))
}

// readersVersion is the versions of all document readers, as they give them.
func readersVersion(ctx context.Context) (string, error) {
	var versions []string
	for _, probe := range []struct{ name, text string }{
		{"probe.txt", "Words."}, {"probe.md", "# Words"}, {"probe.html", "<html><p>Words.</p></html>"},
	} {
		d, err := document.Read(ctx, probe.name, []byte(probe.text), document.Options{})
		if err != nil {
			return "", fmt.Errorf("versions of the readers: %w", err)
		}
		versions = append(versions, d.Reader)
	}
	return strings.Join(versions, " "), nil
}

// maxAddress bounds an address, in bytes, by what an index of the database takes.
const maxAddress = 2000

// address is what the document is stored under. To follow the links of a path takes
// longer than all else that is done with a file that has not changed.
func (f File) address() (string, error) {
	if f.at != "" {
		return f.at, nil
	}
	return address(f.Path)
}

// address is what a document is stored under: the normalised address of a page,
// or a file's absolute path with links resolved.
func address(path string) (string, error) {
	if IsURL(path) {
		return fetch.Normalise(path)
	}
	at, err := resolve(path)
	if err != nil {
		return "", err
	}
	if at = valid(at); len(at) > maxAddress {
		return "", fmt.Errorf("its path is longer than %d bytes", maxAddress)
	}
	return at, nil
}

// valid writes bytes of a path that are no UTF-8 as %XX: a file's name may be
// any bytes, and two names must stay two.
func valid(path string) string {
	if utf8.ValidString(path) {
		return path
	}
	var b strings.Builder
	for len(path) > 0 {
		r, size := utf8.DecodeRuneInString(path)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, "%%%02X", path[0])
		} else {
			b.WriteString(path[:size])
		}
		path = path[size:]
	}
	return b.String()
}
