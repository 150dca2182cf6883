package pipeline

import (
	"context"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
)

// Withdrawn is what Withdraw did.
type Withdrawn struct {
	store.Withdrawal
	Sharing []string // other documents with the same bytes, which keep them
	Closed  int      // conflicts shown before that no longer stand
}

// Withdraw takes a document, by the path or URL at which it stands, or a source,
// by its name, out of the database for good, keeps the reason, and compares
// anew what was in conflict with it.
func (r *Runner) Withdraw(ctx context.Context, what, name, reason string) (*Withdrawn, error) {
	var w Withdrawn
	at, err := Standing(what, name)
	if err != nil {
		return nil, err
	}
	open := func() (int, error) {
		return r.Store.CountConflicts(ctx, store.ConflictFilter{Statuses: []conflict.Status{conflict.Open}, Severity: conflict.ShownFrom})
	}
	before, err := open()
	if err != nil {
		return nil, err
	}
	err = r.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		if w.Sharing, err = store.Sharing(ctx, tx, what, at); err != nil {
			return err
		}
		w.Withdrawal, err = store.Withdraw(ctx, tx, what, at, reason, r.now())
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := r.compareBy(ctx, r.Store.Within, nil, 0, inFlight); err != nil {
		return nil, err
	}
	after, err := open()
	w.Closed = max(before-after, 0)
	return &w, err
}

// Lift takes the tombstone of a document or a source away, so that the next run
// reads it. It reports false where there was none.
func (r *Runner) Lift(ctx context.Context, what, name string) (lifted bool, err error) {
	at, err := Standing(what, name)
	if err != nil {
		return false, err
	}
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		lifted, err = store.Lift(ctx, tx, what, at)
		return err
	})
	return lifted, err
}

// Standing is the name under which a document, or a source, is known. A file need
// not be there any more.
func Standing(what, name string) (string, error) {
	if what != store.WithdrawnDocument {
		return name, nil
	}
	if at, err := address(name); err == nil || IsURL(name) {
		return at, err
	}
	at, err := filepath.Abs(name)
	return valid(at), err
}

// DropBytes gives up the archived bytes of versions that were last seen longer ago
// than keep, and that newer ones have replaced; 0 keeps all. It returns how many.
func (r *Runner) DropBytes(ctx context.Context, keep time.Duration) (n int, err error) {
	if keep <= 0 {
		return 0, nil
	}
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		n, err = store.DropBytes(ctx, tx, r.now().Add(-keep), r.now())
		return err
	})
	return n, err
}
