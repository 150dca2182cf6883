package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// Corpus is documents that are to be compared, with what they claim. In it a
// document goes by its address, because two may have been given by one name.
type Corpus struct {
	Documents []conflict.Document
	// Claims are those loaded so far: all, or where there is a background, what
	// comparing has asked for.
	Claims []claim.Appearance
	// Background is all that is stored, where the corpus is only a part of that. It
	// serves as long as the transaction does that the corpus was loaded in.
	Background *conflict.Background
	// Rulings are what people have ruled, of all that is stored; nil where nothing.
	Rulings *conflict.Rulings

	readings []int64 // of the documents
	members  map[place]member
	known    map[string]known  // documents by their addresses
	likely   []string          // documents that will most likely be asked about
	told     map[string][]told // what documents claim that were asked about, as long as it is not in Claims
	versions []int64           // of the documents
	// fresh are the versions that came, went or were read anew; near those most like
	// them; loaded are all that take part. looked are those of near that turned out to
	// be about what a fresh one is about.
	fresh, near, loaded, looked []int64
	large                       int  // see Portion
	last                        bool // nothing else that is new waits
}

// place tells appearances apart; member is how the database knows one.
type place struct {
	document string
	span     document.Span
	claim    [32]byte
	rule     claim.RuleID
}

// known is what the database calls a document.
type known struct {
	id      int64
	version int64
	given   string
}

type member struct{ version, appearance int64 }

// compareLock keeps two runs from comparing at once: the second would store
// what the first had seen.
const (
	compareLock    = `SELECT pg_advisory_xact_lock(hashtext('crosscheck compare'))`
	tryCompareLock = `SELECT pg_try_advisory_xact_lock(hashtext('crosscheck compare'))`
)

// lockComparing waits until no other comparing transaction is left.
func lockComparing(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, compareLock); err != nil {
		return fmt.Errorf("wait for others who compare: %w", err)
	}
	return nil
}

const (
	selectTextsAndDrift = `SELECT texts, drift FROM comparison`

	noteDrift = `UPDATE comparison SET drift = @drift`

	selectAll = `SELECT id FROM version WHERE current`

	selectTexts = `
SELECT v.id AS version, d.id AS document, d.address, d.given, s.name AS source, d.title, d.published, v.sha256, v.reading, r.text
FROM version v
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN reading r ON r.id = v.reading
WHERE v.current AND r.failure IS NULL AND v.id = ANY(@versions)
ORDER BY d.address`
)

// manyNew is the share of texts in a small store, one in so many, that may be new
// since all of them were compared. With more, all are again: how rare words are can
// then be far from what it was, and so what was found among the others. It counts
// over nights, so that a store to which one document comes a night is looked at
// again as well, and each doubling of it costs a few comparisons of all.
const manyNew = 8

// LoadUncompared loads what must be compared because it is new, or because what
// is new is like it; nil where nothing is. Until the transaction ends no other one
// can do so. What was loaded counts as new until [SyncConflicts] has stored what
// comparing found. [Prepare] and [Index] come before.
func LoadUncompared(ctx context.Context, tx pgx.Tx, p Portion) (*Corpus, error) {
	if err := lockComparing(ctx, tx); err != nil {
		return nil, err
	}
	if err := findByIndex(ctx, tx); err != nil {
		return nil, err
	}
	var texts, drift int
	if err := tx.QueryRow(ctx, selectTextsAndDrift).Scan(&texts, &drift); err != nil {
		return nil, fmt.Errorf("the last comparison: %w", err)
	}
	if p.whole(texts) {
		waiting, err := numbers(ctx, tx, "new versions", selectAllUncompared, nil)
		if err != nil || len(waiting) == 0 {
			return nil, err
		}
		if (drift+len(waiting))*manyNew >= texts {
			return loadWhole(ctx, tx)
		}
	}
	c, err := loadNew(ctx, tx, p, nil, texts)
	if err != nil || c == nil {
		return nil, err
	}
	return c, drifted(ctx, tx, drift+len(c.fresh))
}

// loadWhole loads all that is stored, and notes that nothing is new since all was
// compared.
func loadWhole(ctx context.Context, tx pgx.Tx) (*Corpus, error) {
	if err := drifted(ctx, tx, 0); err != nil {
		return nil, err
	}
	return LoadCorpus(ctx, tx)
}

// drifted notes how much is new since all was compared at once.
func drifted(ctx context.Context, tx pgx.Tx, drift int) error {
	if _, err := tx.Exec(ctx, noteDrift, pgx.NamedArgs{"drift": drift}); err != nil {
		return fmt.Errorf("note how much is new: %w", err)
	}
	return nil
}

// loadNew loads versions that are new, and what they are compared with. It is nil where
// there are none but those that others have taken in hand.
func loadNew(ctx context.Context, tx pgx.Tx, p Portion, taken []int64, texts int) (*Corpus, error) {
	c := newCorpus()
	c.Background = c.background(tx, texts)
	c.large = orElse(p.Large, 256)
	selected, err := p.choose(ctx, tx, taken, nearby{texts, conflict.Crowded, conflict.Nearest})
	if err != nil || len(selected.fresh) == 0 {
		return nil, err
	}
	c.fresh, c.last = selected.fresh, selected.last
	if err := c.loadSelected(ctx, tx, selected, len(taken) == 0); err != nil {
		return nil, err
	}
	for i, d := range c.Documents {
		if selected.near[c.versions[i]] >= clearShare {
			c.likely = append(c.likely, d.Path)
		}
	}
	return c, nil
}

// loadSelected loads the versions that were selected, with those most like them. Where no
// portion comes before or behind it who may take part is loaded at once.
func (c *Corpus) loadSelected(ctx context.Context, tx pgx.Tx, s *selection, first bool) (err error) {
	near := slices.Sorted(maps.Keys(s.near))
	if !s.all || !first {
		return c.loadNear(ctx, tx, near)
	}
	c.near, c.looked = near, near
	if c.loaded, err = c.company(ctx, tx); err != nil {
		return err
	}
	return c.loadLoaded(ctx, tx)
}

// loadNear loads the versions most like those that comparing is about.
func (c *Corpus) loadNear(ctx context.Context, tx pgx.Tx, near []int64) error {
	c.near, c.loaded = near, near
	return c.loadLoaded(ctx, tx)
}

// company is the versions that take part: those that are near, and who takes part in a
// conflict with one that was looked at, or with one that is new. What went may have too.
func (c *Corpus) company(ctx context.Context, tx pgx.Tx) ([]int64, error) {
	company, err := numbers(ctx, tx, "who is in conflict with them", selectCompany, pgx.NamedArgs{"versions": slices.Concat(c.looked, c.fresh), "large": c.large})
	if err != nil {
		return nil, err
	}
	all := slices.Concat(c.near, company)
	slices.Sort(all)
	return slices.Compact(all), nil
}

// loadCompany loads who takes part besides those that are near, given which were looked
// at. Company of company takes no part.
func (c *Corpus) loadCompany(ctx context.Context, tx pgx.Tx, looked []string) ([]conflict.Document, error) {
	is := make(map[string]bool, len(looked))
	for _, address := range looked {
		is[address] = true
	}
	c.looked = nil
	for i, d := range c.Documents {
		if _, near := slices.BinarySearch(c.near, c.versions[i]); near && is[d.Path] {
			c.looked = append(c.looked, c.versions[i])
		}
	}
	all, err := c.company(ctx, tx)
	if err != nil {
		return nil, err
	}
	more := slices.DeleteFunc(all, func(v int64) bool {
		_, known := slices.BinarySearch(c.loaded, v)
		return known
	})
	if len(more) == 0 {
		return nil, nil
	}
	c.loaded = slices.Concat(c.loaded, more)
	slices.Sort(c.loaded)
	begin := len(c.Documents)
	err = c.loadTexts(ctx, tx, more)
	return c.Documents[begin:], err
}

// LoadCorpus loads all that is stored. Until the transaction ends no other one
// can do so.
func LoadCorpus(ctx context.Context, tx pgx.Tx) (*Corpus, error) {
	if err := lockComparing(ctx, tx); err != nil {
		return nil, err
	}
	c := newCorpus()
	var err error
	if c.fresh, err = numbers(ctx, tx, "new versions", selectAllUncompared, nil); err != nil {
		return nil, err
	}
	if c.loaded, err = numbers(ctx, tx, "versions", selectAll, nil); err != nil {
		return nil, err
	}
	if err := c.loadLoaded(ctx, tx); err != nil {
		return nil, err
	}
	return c, c.loadAllClaims(ctx, tx)
}

// loadAllClaims loads what all documents of the corpus claim.
func (c *Corpus) loadAllClaims(ctx context.Context, tx pgx.Tx) error {
	all := make([]string, len(c.Documents))
	for i, d := range c.Documents {
		all[i] = d.Path
	}
	_, err := c.loadClaims(ctx, tx, all)
	return err
}

func newCorpus() *Corpus {
	return &Corpus{members: make(map[place]member), known: make(map[string]known), told: make(map[string][]told)}
}

// Known tells the number of a document of the corpus, and the name under which it
// was given.
func (c *Corpus) Known(address string) (id int64, given string) {
	return c.known[address].id, c.known[address].given
}

func orElse(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// loadLoaded loads the documents that take part, and what people have ruled.
func (c *Corpus) loadLoaded(ctx context.Context, tx pgx.Tx) (err error) {
	if c.Rulings, err = LoadRulings(ctx, tx); err != nil {
		return err
	}
	return c.loadTexts(ctx, tx, c.loaded)
}

// loadTexts adds the documents of some versions to the corpus, in the order of their
// addresses.
func (c *Corpus) loadTexts(ctx context.Context, tx pgx.Tx, versions []int64) error {
	type documentRow struct {
		Version   int64
		Document  int64
		Address   string
		Given     string
		Source    string
		Title     string
		Published pgtype.Date
		SHA256    []byte
		Reading   int64
		Text      string
	}
	docs, err := collect[documentRow](ctx, tx, "documents", selectTexts, pgx.NamedArgs{"versions": versions})
	if err != nil {
		return err
	}
	c.Documents = slices.Clip(c.Documents) // others may have put a draft behind them
	for _, d := range docs {
		c.known[d.Address] = known{d.Document, d.Version, d.Given}
		c.Documents = append(c.Documents, conflict.Document{
			Path: d.Address, Version: versionOf(d.SHA256), Source: d.Source,
			Title: d.Title, Published: dayOf(d.Published), Text: d.Text,
		})
		c.versions, c.readings = append(c.versions, d.Version), append(c.readings, d.Reading)
		if _, fresh := slices.BinarySearch(c.fresh, d.Version); fresh && c.Background != nil {
			c.Background.Fresh[d.Address] = true
		}
	}
	return nil
}

// background is what comparing needs to know of all that is stored: how common
// words are, and what the documents that it looks at claim.
func (c *Corpus) background(tx pgx.Tx, texts int) *conflict.Background {
	var turn sync.Mutex // a transaction answers one question at a time
	return &conflict.Background{
		Texts: texts, Fresh: make(map[string]bool),
		Heard: func(ctx context.Context, keys []int64) ([]int32, error) {
			turn.Lock()
			defer turn.Unlock()
			return howCommon(ctx, tx, keys)
		},
		Company: func(ctx context.Context, looked []string) ([]conflict.Document, error) {
			turn.Lock()
			defer turn.Unlock()
			return c.loadCompany(ctx, tx, looked)
		},
		Claims: func(ctx context.Context, documents []string) ([]claim.Appearance, error) {
			turn.Lock()
			defer turn.Unlock()
			return c.loadClaims(ctx, tx, documents)
		},
	}
}

// member finds an appearance as the database knows it.
func (c *Corpus) member(a claim.Appearance) (member, error) {
	m, ok := c.members[place{a.Document, a.Span, a.Claim.ID(), a.Rule}]
	if !ok {
		return m, fmt.Errorf("conflicts: %s at byte %d is not among the claims that were compared", a.Document, a.Span.Start)
	}
	return m, nil
}
