package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"crosscheck/document"
	"crosscheck/extract"
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
}

// intake takes documents into the store, each in a transaction of its own.
type intake struct {
	*Runner
	standing map[string]store.Standing // by address: as last seen
	readers  string                    // the versions of the document readers
	rules    string                    // the version of the extraction rules
}

func (r *Runner) newIntake(ctx context.Context, files []File) (*intake, error) {
	in := &intake{Runner: r, rules: extract.RulesVersion()}
	var err error
	if in.readers, err = readersVersion(ctx); err != nil {
		return nil, err
	}
	addresses := make([]string, 0, len(files))
	for _, f := range files {
		if at, err := address(f.Path); err == nil {
			addresses = append(addresses, at)
		}
	}
	in.standing, err = r.Store.Standing(ctx, addresses)
	return in, err
}

// take brings one document up to date. An error means that the run cannot go
// on; whatever is wrong with the document itself is in the result.
func (in *intake) take(ctx context.Context, f File) (result, error) {
	at, err := address(f.Path)
	if err != nil {
		return result{outcome: unread, reason: Reason(err)}, nil
	}
	raw, err := in.Loader.fetch(f)
	if err != nil {
		return result{outcome: unread, reason: err.Error()}, nil
	}
	res := result{sha: sha256.Sum256(raw), bytes: int64(len(raw))}
	key := in.key(f, res.sha)
	was, known := in.standing[at]

	// What was read of these bytes: for this document, for another one, or now.
	var reading *store.Reading
	outline := was.Outline
	if !known || was.Key != key {
		var ok bool
		if outline, ok, err = in.Store.Outline(ctx, key); err != nil {
			return res, err
		}
		if !ok {
			reading, err = in.read(ctx, f, raw, key, &res)
			if err != nil {
				return res, err
			}
			if reading == nil { // a failure that the next run may not meet
				return res, nil
			}
			outline = store.Outline{Title: reading.Title, Source: reading.Source, Published: reading.Published,
				Invalid: reading.Invalid, Failure: reading.Failure}
		}
	}

	d := describe(f, at, outline)
	res.outcome = compareStanding(d, key, res.sha, was, known)
	if res.outcome == unchanged && d.Given == was.Given {
		res.version = was.Version
	} else if err := in.save(ctx, d, raw, reading, outline.ID, &res); err != nil {
		return res, err
	}
	if outline.Failure != "" {
		res.outcome, res.reason = unread, outline.Failure
	} else if outline.Invalid > 0 {
		res.warnings = append(res.warnings, fmt.Sprintf("invalid bytes replaced: %d", outline.Invalid))
	}
	return res, nil
}

// describe is what the document's row will say.
func describe(f File, at string, o store.Outline) store.Document {
	return store.Document{
		Address: at, Given: valid(f.Path), Source: first(f.Source.Source, o.Source, host(f.Source.URL), at),
		Title: o.Title, Published: o.Published, Retrieved: f.Source.Retrieved,
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

// read reads a document anew. It returns nil, with the reason in the result,
// where reading failed in a way that says nothing about the bytes.
func (in *intake) read(ctx context.Context, f File, raw []byte, key [32]byte, res *result) (*store.Reading, error) {
	started := time.Now()
	loaded, err := in.Loader.Read(ctx, f, raw)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	r := &store.Reading{Key: key, Hint: hint(f.Path), Rules: in.rules}
	var panicked *PanicError
	var unreadable *document.UnreadableError
	var foreign *LanguageError
	switch {
	case err == nil, errors.As(err, &foreign):
		in.fill(r, loaded, res)
	case errors.As(err, &panicked):
		in.log().Error("a reader broke on a document", "path", f.Path, "panic", panicked.Value, "stack", string(panicked.Stack))
	case errors.As(err, &unreadable):
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

// save stores a document. An error that is about this document alone becomes
// its failure.
func (in *intake) save(ctx context.Context, d store.Document, raw []byte, r *store.Reading, known int64, res *result) error {
	var saved store.Saved
	err := in.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		saved, err = store.SaveDocument(ctx, tx, d, raw, res.sha, r, known, in.now())
		return err
	})
	switch {
	case err == nil:
		res.version, res.newClaims = saved.Version, saved.NewClaims
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case store.Advice(err) != "":
		return fmt.Errorf("document %s: %w", d.Given, err)
	default:
		res.outcome, res.reason = unread, "it could not be stored: "+err.Error()
	}
	return nil
}

// key is a hash over all that decides what is read out of a file: whoever has
// the same key has the same sentences and claims.
func (in *intake) key(f File, sha [32]byte) [32]byte {
	sum := sha256.New()
	sum.Write(sha[:])
	const contentType = "" // files declare none
	for _, s := range []string{hint(f.Path), contentType, f.Source.Published.String(), f.Source.Title, in.readers, in.rules} {
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

// address is what a file is stored under: its absolute path with links resolved.
func address(path string) (string, error) {
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
