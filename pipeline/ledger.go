package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
)

// expected is the result as the ledger has it.
func (res result) expected(f File, source int) store.Expected {
	e := store.Expected{
		Address: ledgerAddress(f.Path), Source: source, Given: valid(f.Path), Reason: res.reason, Tries: 1,
		Extracted: res.extracted, Version: res.version, Bytes: res.bytes, NewClaims: res.newClaims,
	}
	switch res.outcome {
	case added:
		e.Outcome = store.Added
	case changed:
		e.Outcome = store.Changed
	case unchanged:
		e.Outcome = store.Unchanged
	default:
		e.Outcome = store.Failed
		if e.Reason == "" {
			e.Reason = "it was not come to"
		}
	}
	return e
}

// expectedFailures is what could not even be listed: it counts as a document
// that a source should have given.
func expectedFailures(source int, failed []Failure) []store.Expected {
	all := make([]store.Expected, len(failed))
	for i, f := range failed {
		all[i] = store.Expected{Address: ledgerAddress(f.Path), Source: source, Given: valid(f.Path),
			Outcome: store.Failed, Reason: first(f.Reason, "unknown"), Tries: 1}
	}
	return all
}

// ledgerAddress names a document in a run: its address, or where it has none,
// because it is not there or its path is too long, the path.
func ledgerAddress(path string) string {
	if at, err := address(path); err == nil {
		return at
	}
	if at := valid(path); len(at) <= maxAddress {
		return at
	}
	sum := sha256.Sum256([]byte(path))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// finish closes a run's line in the ledger and those of its sources, in one
// transaction, in which also is run: it says who tells of the run.
func (r *Runner) finish(ctx context.Context, sum *Summary, also func(pgx.Tx) error) error {
	err := r.Store.Within(ctx, func(tx pgx.Tx) error {
		line, err := store.SumUp(ctx, tx, sum.run)
		if err != nil {
			return err
		}
		line.Sentences, line.Claims, line.Appearances = sum.Sentences, sum.Claims, sum.Appearances
		line.Conflicts = sum.OpenConflicts
		open, err := store.FinishRun(ctx, tx, sum.run, line, r.now())
		if err == nil && open {
			err = store.FinishSources(ctx, tx, sum.run)
		}
		if err == nil {
			err = also(tx)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := r.DropBytes(ctx, r.Keep); err != nil {
		return err
	}
	_, sum.Sources, _, _, err = r.Store.FindRun(ctx, sum.run)
	return err
}

// SilentAfter is after how many runs without anything new a source is a finding,
// where nobody says otherwise: a week of nights.
const SilentAfter = 7

// Findings is what the lines of a run's sources say that should not be passed
// over: that a source gave nothing at all, or for many runs nothing new. "No
// conflict" must never mean that the feed was down.
func Findings(sources []store.SourceLine, silentAfter int) []string {
	var all []string
	for _, s := range sources {
		switch {
		case s.Silent > 1:
			all = append(all, fmt.Sprintf("%s gave nothing for %d runs in a row", s.Name, s.Silent))
		case s.Silent == 1:
			all = append(all, s.Name+" gave nothing")
		case s.Quiet >= silentAfter:
			all = append(all, fmt.Sprintf("%s gave nothing new for %d runs in a row", s.Name, s.Quiet))
		}
	}
	return all
}

// fellSilent reports whether a finding about a source's silence begins with this run.
func fellSilent(sources []store.SourceLine, silentAfter int) bool {
	return slices.ContainsFunc(sources, func(s store.SourceLine) bool {
		return s.Silent == 1 || s.Silent == 0 && s.Quiet == silentAfter
	})
}
