package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/fetch"
)

// DefaultTimeout is how long reading one document may take where a Loader says
// nothing else. A document at the size limit takes a tenth of it.
const DefaultTimeout = 2 * time.Minute

// Loader reads documents, one at a time or many at once.
type Loader struct {
	// MaxBytes is the size over which a document is refused; 0 means
	// [document.DefaultLimit].
	MaxBytes int64
	// Timeout bounds the reading of one document; 0 means [DefaultTimeout].
	Timeout time.Duration
	// Client fetches pages; nil means that only files can be read.
	Client *fetch.Client
	// TextOnly reads the text and leaves the claims.
	TextOnly bool

	// broken stands in for the readers in tests of readers that break.
	broken func(context.Context, File) error
}

// Loaded is a document that was read.
type Loaded struct {
	File
	Raw       []byte
	Version   string // "sha256:" and the hex digest of Raw
	Document  *document.Document
	Reading   *extract.Reading
	Source    string    // who published it; the path where that is not known
	Title     string    // "" where it has none
	Published claim.Day // 0 where unknown
}

// LanguageError says that a text is in a language whose claims are not read.
type LanguageError struct{ Tag string } // a BCP 47 tag

func (e *LanguageError) Error() string {
	name := e.Tag
	if tag, err := language.Parse(e.Tag); err == nil {
		if known := display.English.Tags().Name(tag); known != "" {
			name = known
		}
	}
	return name + " text: only English is read"
}

// PanicError says that a reader failed on a document where it should not have.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("a reader broke on it (%v): please report it, with the document", e.Value)
}

// OverrunError says that reading took too long and was given up.
type OverrunError struct{ Limit time.Duration }

func (e *OverrunError) Error() string {
	return fmt.Sprintf("reading it took longer than %s and was given up", e.Limit)
}

// Load reads a file or a page: its bytes, at most one past the limit, then its
// text, then its claims. The claims are complete with document, version and the day they
// were said. An error is about the file and does not repeat its path; with a
// [*LanguageError] the document comes all the same, without claims.
func (l Loader) Load(ctx context.Context, f File) (*Loaded, error) {
	if IsURL(f.Path) {
		page, err := l.page(ctx, f, fetch.Validators{})
		if err != nil {
			return nil, err
		}
		f.ContentType = page.ContentType
		return l.Read(ctx, f, page.Body)
	}
	raw, err := l.file(f)
	if err != nil {
		return nil, err
	}
	return l.Read(ctx, f, raw)
}

// fetching is how long a page may take to come: so often as it is asked for,
// its time and the wait before it, and as long again for the turn of its host.
func (l Loader) fetching() time.Duration {
	if l.Client == nil {
		return 0
	}
	return 2 * fetch.Tries * (fetch.DefaultTimeout + fetch.DefaultMaxWait)
}

// page fetches a page, unless it is as it was.
func (l Loader) page(ctx context.Context, f File, was fetch.Validators) (*fetch.Page, error) {
	if l.Client == nil {
		return nil, errors.New("pages are not fetched here: save the page and give the file, or use crosscheck run")
	}
	return l.Client.Get(ctx, f.Path, was)
}

// file reads a file's bytes.
func (l Loader) file(f File) ([]byte, error) {
	raw, err := readRegular(f.Path, l.limit())
	if err != nil {
		var unreadable *document.UnreadableError
		if errors.As(err, &unreadable) {
			return nil, unreadable
		}
		return nil, errors.New(Reason(err))
	}
	return raw, nil
}

// readRegular reads a regular file of at most limit bytes; of a larger one it
// reads nothing.
func readRegular(path string, limit int64) ([]byte, error) {
	// Asked before it is opened, because opening a pipe waits for its writer.
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	if info.Size() > limit {
		return nil, document.OverLimit(info.Size(), limit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var raw bytes.Buffer
	raw.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := raw.ReadFrom(io.LimitReader(file, limit+1)); err != nil {
		return nil, err
	}
	if int64(raw.Len()) > limit { // it grew meanwhile
		return nil, document.OverLimit(int64(raw.Len()), limit)
	}
	return raw.Bytes(), nil
}

// grace is how long a reader has to notice that its time is up.
const grace = time.Second

// Read does what Load does with the bytes of a file that was read already.
func (l Loader) Read(ctx context.Context, f File, raw []byte) (*Loaded, error) {
	return bounded(ctx, l.timeout(), func(ctx context.Context) (*Loaded, error) {
		if l.broken != nil {
			if err := l.broken(ctx, f); err != nil {
				return nil, err
			}
		}
		return l.readText(ctx, f, raw)
	})
}

// bounded runs read, and gives it up when its time is over. A reader that
// panics or does not come back costs its document and nothing else.
func bounded(ctx context.Context, limit time.Duration, read func(context.Context) (*Loaded, error)) (*Loaded, error) {
	type outcome struct {
		loaded *Loaded
		err    error
	}
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan outcome, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				done <- outcome{nil, &PanicError{v, debug.Stack()}}
			}
		}()
		loaded, err := read(within)
		done <- outcome{loaded, err}
	}()

	var out outcome
	select {
	case out = <-done:
	case <-within.Done():
		select {
		case out = <-done:
		case <-time.After(grace):
			out.err = within.Err()
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(out.err, context.DeadlineExceeded):
		return nil, &OverrunError{limit}
	}
	return out.loaded, out.err
}

func (l Loader) readText(ctx context.Context, f File, raw []byte) (*Loaded, error) {
	// Of the name only the ending counts, so that copies are read alike.
	d, err := document.Read(ctx, "document"+hint(f.Path), raw, document.Options{Limit: l.limit(), ContentType: f.ContentType})
	if err != nil {
		return nil, err
	}
	if f.Source.Title != "" {
		d.Meta.Title = f.Source.Title
	}
	loaded := &Loaded{
		File: f, Raw: raw, Version: versionOf(sha256.Sum256(raw)), Document: d, Reading: &extract.Reading{},
		Source: first(f.Source.Source, ownSource(d), host(f.Source.URL), f.Path),
		Title:  d.Title(), Published: published(f, d),
	}
	if l.TextOnly {
		return loaded, nil
	}
	if base, _, _ := strings.Cut(d.Language, "-"); base != "" && base != "en" {
		return loaded, &LanguageError{d.Language}
	}
	if loaded.Reading, err = extract.Read(ctx, d, extract.Context{Published: loaded.Published}); err != nil {
		return nil, err
	}
	for i := range loaded.Reading.Claims {
		a := &loaded.Reading.Claims[i]
		a.Document, a.Version = f.Path, loaded.Version
		if a.Said == 0 {
			a.Said = loaded.Published
		}
	}
	return loaded, nil
}

func (l Loader) limit() int64 {
	if l.MaxBytes == 0 {
		return document.DefaultLimit
	}
	return l.MaxBytes
}

func (l Loader) timeout() time.Duration {
	if l.Timeout == 0 {
		return DefaultTimeout
	}
	return l.Timeout
}

// maxSourceName bounds a source's name, in bytes; a page can call itself anything.
const maxSourceName = 300

// hint is what a path says of the format: its ending, in lower case. Of an
// address only the path counts, and a host's ending says nothing.
func hint(name string) string {
	if IsURL(name) {
		u, err := url.Parse(name)
		if err != nil {
			return ""
		}
		name = u.Path
	}
	return strings.ToLower(filepath.Ext(name))
}

func versionOf(sum [32]byte) string { return "sha256:" + hex.EncodeToString(sum[:]) }

// ownSource is who published a document as it says itself: by name, else by
// the site of the address that it gives for itself.
func ownSource(d *document.Document) string {
	name := strings.TrimSpace(d.Meta.Source)
	if len(name) > maxSourceName {
		name = strings.ToValidUTF8(name[:maxSourceName], "")
	}
	return first(name, host(d.Meta.URL))
}

// host is the site of an address, "" where it has none.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// published is the day of publication: from the sources file, else as the
// document says itself.
func published(f File, d *document.Document) claim.Day {
	if f.Source.Published != 0 {
		return f.Source.Published
	}
	day, err := claim.ParseDay(d.Meta.Published)
	if err != nil {
		return 0
	}
	return day
}

// first is the first of some texts that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
