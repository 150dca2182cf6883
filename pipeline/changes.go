package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"crosscheck/claim"
	"crosscheck/collation"
	"crosscheck/store"
)

// Change is a document that was found with other bytes than before, and what it
// says differently.
type Change struct {
	store.Edit
	// Claims are what it says differently; none where only its layout, its spelling
	// or words that claim nothing were changed.
	Claims []ClaimChange
	// Note is what the new text says of its change; nil where it says nothing.
	Note *Note
	// Edited, Inserted and Removed count sentences. All are nought where only the
	// layout changed.
	Edited, Inserted, Removed int
	// Unread is why one of the two versions could not be read, so that they cannot
	// be compared; "" where they were.
	Unread string
	// Apart says that the two were read by different rules, and that the bytes of
	// one are no longer kept: only sentences that changed were looked at.
	Apart bool
}

// Quiet reports whether it says something else and does not say that it was corrected.
func (c *Change) Quiet() bool {
	return len(c.Claims) > 0 && (c.Note == nil || c.Note.Kind != Correction)
}

// editsAtOnce is how many edits are in memory at once.
const editsAtOnce = 50

// Changes tells what documents say differently since a time, the newest first;
// those of one source, where one is named.
func (r *Runner) Changes(ctx context.Context, since time.Time, source string, tell func(*Change) error) error {
	again, err := r.newReader(ctx)
	if err != nil {
		return err
	}
	f := store.EditFilter{Since: since, Source: source, Limit: editsAtOnce}
	for {
		edits, err := r.Store.Edits(ctx, f)
		if err != nil || len(edits) == 0 {
			return err
		}
		var readings []int64
		for _, e := range edits {
			readings = append(readings, e.Old.Made.Reading, e.New.Made.Reading)
		}
		told, err := r.Store.Told(ctx, readings)
		if err != nil {
			return err
		}
		for _, e := range edits {
			c := &Change{Edit: e}
			if err := again.change(ctx, c, told); err != nil {
				return fmt.Errorf("document %s: %w", e.Document, err)
			}
			if err := tell(c); err != nil {
				return err
			}
		}
		f.After = &edits[len(edits)-1]
	}
}

// change fills in what a document says differently.
func (a *rereader) change(ctx context.Context, c *Change, told map[int64]*store.Told) error {
	old, fresh := told[c.Old.Made.Reading], told[c.New.Made.Reading]
	for _, v := range []struct {
		of string
		store.EditedVersion
	}{{"the version before", c.Old}, {"the version that stands", c.New}} {
		if v.Made.Failure != "" {
			c.Unread = v.of + " could not be read: " + v.Made.Failure
			return nil
		}
	}
	if old == nil || fresh == nil { // withdrawn meanwhile
		c.Unread = "it is no longer stored"
		return nil
	}
	if c.Old.Made.Rules != c.New.Made.Rules || c.Old.Made.Reader != c.New.Made.Reader {
		o, okOld, err := a.told(ctx, c.Old, old)
		if err != nil {
			return err
		}
		n, okNew, err := a.told(ctx, c.New, fresh)
		if err != nil {
			return err
		}
		if okOld && okNew {
			old, fresh = o, n
		} else {
			c.Apart = true
		}
	}
	why := edited
	if c.Apart {
		why = apart
	}
	d := compareVersions(old, fresh, why)
	c.Claims, c.Edited, c.Inserted, c.Removed = d.claims, d.edited, d.inserted, d.removed
	c.Note = noteOf(old, fresh)
	for _, one := range c.Claims {
		name(one.Old, c.Document, c.Old.SHA256)
		name(one.New, c.Document, c.New.SHA256)
	}
	return a.carriers(ctx, c)
}

// name says in which document an appearance stands.
func name(at *claim.Appearance, document string, sha [32]byte) {
	if at != nil {
		at.Document, at.Version = document, versionOf(sha)
	}
}

// carriers finds who else still says what a document no longer says.
func (a *rereader) carriers(ctx context.Context, c *Change) error {
	var ids [][32]byte
	for _, one := range c.Claims {
		if one.Old != nil {
			ids = append(ids, one.Old.Claim.ID())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	company, err := a.Store.Company(ctx, c.Address, ids)
	if err != nil {
		return err
	}
	by := make(map[string][]store.Carrier) // value → who gives it
	for _, other := range company {
		v := valueText(other.Claim.Value)
		by[v] = append(by[v], other)
	}
	for i := range c.Claims {
		if old := c.Claims[i].Old; old != nil {
			c.Claims[i].Still = carry(*old, by[valueText(old.Claim.Value)])
		}
	}
	return nil
}

// carry is who among those with the same value answers the same question, one
// place a document.
func carry(old claim.Appearance, same []store.Carrier) []store.Carrier {
	var still []store.Carrier
	words := collation.Words(old.Sentence)
	id := old.Claim.ID()
	for _, other := range same {
		n := len(still)
		if n > 0 && still[n-1].Document == other.Document {
			continue
		}
		if other.Claim.ID() == id || alike(old.Claim, other.Claim, collation.Likeness(words, collation.Words(other.Sentence))) {
			still = append(still, other)
		}
	}
	return still
}

// alike reports whether two claims with the same value answer one question: the
// same names take part, and the same is said of them, or in much the same words.
func alike(a, b claim.Claim, words float64) bool {
	if a.Kind != b.Kind || a.Polarity != b.Polarity || a.Time != nil && b.Time != nil && !a.Time.Meets(*b.Time) {
		return false
	}
	named := a.Subject != "" && a.Subject == b.Subject ||
		slices.ContainsFunc(a.Entities, func(e string) bool { return slices.Contains(b.Entities, e) })
	said := collation.Likeness(collation.Words(a.Attribute), collation.Words(b.Attribute)) > 0
	return named && (said || words >= 0.3) || said && words >= 0.3 || words >= 0.6
}
