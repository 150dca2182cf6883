package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"

	"crosscheck/store"
)

// rereader reads archived bytes again, by the rules of today.
type rereader struct {
	*intake
}

func (r *Runner) newReader(ctx context.Context) (*rereader, error) {
	in, err := r.newIntake(ctx)
	return &rereader{in}, err
}

// archived is a file as it was read, but by the path under which it is known.
func archived(m store.Made) File {
	return File{Path: "document" + m.Hint, ContentType: m.ContentType, Source: SourceEntry{Title: m.ToldTitle, Published: m.ToldPublished}}
}

// told is what the rules of today read out of a version, which have read it as
// stood, or not. It reports false where its bytes are no longer kept, or cannot
// be read any more.
func (a *rereader) told(ctx context.Context, v store.EditedVersion, stood *store.Told) (*store.Told, bool, error) {
	if v.Made.Rules == a.rules && v.Made.Reading != 0 && slices.Contains(strings.Fields(a.readers), v.Made.Reader) {
		return stood, true, nil
	}
	raw, err := a.Store.Archived(ctx, v.SHA256)
	var gone *store.DroppedError
	if errors.As(err, &gone) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var res result
	read, err := a.read(ctx, archived(v.Made), raw, [32]byte{}, &res)
	if err != nil || read == nil || !read.HasText {
		return nil, false, err
	}
	return &store.Told{Text: read.Text, Sentences: read.Sentences, Claims: read.Claims}, true, nil
}
