package store

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/conflict"
)

// A draft is compared as a new document is, but is not stored for that, not even in a
// transaction that is then rolled back: storing would wait for the night that is
// comparing, and hold it up; take numbers from sequences that are never given back; and
// leave dead rows behind in the largest tables. The index is asked by the draft's own
// landmarks instead, in a transaction that changes nothing and waits for nobody.

const (
	// One past the few that are compared whole tells that there are more.
	selectFew = `SELECT id FROM version WHERE current LIMIT @few + 1`

	selectWaiting = `SELECT count(*) FROM (SELECT FROM version WHERE current AND NOT compared LIMIT @most) AS waiting`

	selectTextsIndexed = `SELECT coalesce(max(texts), 0) FROM comparison`
)

// draftReach is by how much more a landmark of a draft leads to than one of a stored
// document does: a draft is alone, has no others after it in time, and somebody waits
// for the answer.
const draftReach = 4

// mostWaiting is up to how many documents that wait to be compared are counted.
const mostWaiting = 100_000

// Around is what of an archive a draft is compared with.
type Around struct {
	Corpus
	Empty bool // nothing is stored
	// Waiting counts the documents that no comparison has looked at yet, up to a
	// hundred thousand: a draft may not find them.
	Waiting int
}

// Around finds what a text that is not stored is compared with, and hands it on: all
// documents where these are few, else those most like it and who is in conflict with
// them, before their background. The text is not itself among them. They come out of one
// state of the database, in a transaction that changes nothing and ends when do
// returns, and cost what the text's size asks for, however much is stored. Of the
// portion only Large counts.
func (s *Store) Around(ctx context.Context, draft conflict.Document, p Portion, do func(*Around) error) error {
	return s.snapshot(ctx, func(tx pgx.Tx) error {
		around, err := loadAround(ctx, tx, draft, orElse(p.Large, 256))
		if err != nil {
			return err
		}
		return do(around)
	})
}

func loadAround(ctx context.Context, tx pgx.Tx, draft conflict.Document, large int) (*Around, error) {
	out := &Around{Corpus: *newCorpus()}
	// As many as a night compares whole for one new document.
	var err error
	if out.loaded, err = numbers(ctx, tx, "versions", selectFew, pgx.NamedArgs{"few": manyNew}); err != nil {
		return nil, err
	}
	if len(out.loaded) <= manyNew {
		out.Empty = len(out.loaded) == 0
		if err := out.loadLoaded(ctx, tx); err != nil {
			return nil, err
		}
		return out, out.loadAllClaims(ctx, tx)
	}
	waiting, err := numbers(ctx, tx, "what waits to be compared", selectWaiting, pgx.NamedArgs{"most": mostWaiting})
	if err != nil {
		return nil, err
	}
	out.Waiting = int(waiting[0]) // a count has one row, and so has a maximum
	texts, err := numbers(ctx, tx, "the last comparison", selectTextsIndexed, nil)
	if err != nil {
		return nil, err
	}
	all := int(texts[0]) + 1 // with the draft
	terms := conflict.NewIndexer().Terms(draft.Title, draft.Text)
	keys := make([]int64, len(terms))
	for i, t := range terms {
		keys[i] = t.Key
	}
	heard, err := howCommon(ctx, tx, keys)
	if err != nil {
		return nil, err
	}
	own := make(map[int64]int32, len(keys)) // the draft's words → in how many texts, itself included
	for i, key := range keys {
		own[key] = heard[i] + 1
	}
	out.Background = out.background(tx, all)
	stored := out.Background.Heard
	out.Background.Heard = func(ctx context.Context, keys []int64) ([]int32, error) {
		heard, err := stored(ctx, keys)
		if err != nil {
			return nil, err
		}
		for i, key := range keys {
			heard[i] = max(heard[i], own[key])
		}
		return heard, nil
	}
	// Where no day is known it is about today, behind all others.
	day := pgtype.Date{InfinityModifier: pgtype.Infinity, Valid: true}
	if draft.Published != 0 {
		day = pgtype.Date{Time: draft.Published.Time(), Valid: true}
	}
	var marks []mark
	for _, m := range conflict.Landmarks(terms, func(key int64) int32 { return own[key] }, all) {
		if own[m.Key] > 1 { // it stands in the index
			marks = append(marks, mark{at: when{dayNumber(day), math.MaxInt64}, published: day, term: m.Key, name: m.Name, texts: own[m.Key]})
		}
	}
	readings, err := nearby{all, draftReach * conflict.Crowded, conflict.Nearest}.to(ctx, tx, marks)
	if err != nil {
		return nil, err
	}
	near, err := readersOf(ctx, tx, slices.Sorted(maps.Keys(readings)), nil)
	if err != nil {
		return nil, err
	}
	out.large = large
	return out, out.loadNear(ctx, tx, near)
}
