package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/conflict/arithmetic"
	"crosscheck/desk"
	"crosscheck/store"
)

const (
	// DraftLimit is the size in bytes over which a draft is refused where a Checker
	// says nothing else. The longest article has a tenth of it.
	DraftLimit = 1 << 20
	// draftClaims is how many claims a draft may make: somebody waits for the answer.
	draftClaims = 5000
	// draftTime is how long a check may take where a Checker says nothing else.
	draftTime = time.Minute
	// placesTold is how many places of each answer a check tells; the others are counted.
	placesTold = 16
)

// Checker holds drafts against all that is stored. It stores nothing.
type Checker struct {
	Store *store.Store
	// Loader reads the drafts; its MaxBytes 0 means [DraftLimit].
	Loader     Loader
	Comparison Comparison
	Portion    store.Portion
	// Timeout bounds one check, the reading included; 0 means a minute.
	Timeout time.Duration
}

// Check reads a draft from its bytes and holds it against the archive. The name is
// for people; its ending says what format it may have. A [*desk.Refused] is about the
// draft (too large, no text, not English); any other error is the archive's.
func (c Checker) Check(ctx context.Context, name string, raw []byte) (*desk.Check, error) {
	if c.Loader.MaxBytes == 0 {
		c.Loader.MaxBytes = DraftLimit
	}
	return c.within(ctx, func(ctx context.Context) (*desk.Check, error) {
		loaded, err := c.Loader.Read(ctx, File{Path: name}, raw)
		if err != nil {
			return nil, &desk.Refused{Why: err.Error()}
		}
		return c.check(ctx, loaded)
	})
}

func refused(format string, args ...any) error {
	return &desk.Refused{Why: fmt.Sprintf(format, args...)}
}

// CheckLoaded does what Check does with a draft that was read already.
func (c Checker) CheckLoaded(ctx context.Context, draft *Loaded) (*desk.Check, error) {
	return c.within(ctx, func(ctx context.Context) (*desk.Check, error) { return c.check(ctx, draft) })
}

// within bounds a check in time.
func (c Checker) within(ctx context.Context, check func(context.Context) (*desk.Check, error)) (*desk.Check, error) {
	limit := c.Timeout
	if limit == 0 {
		limit = draftTime
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	out, err := check(bounded)
	if err != nil && ctx.Err() == nil && errors.Is(bounded.Err(), context.DeadlineExceeded) {
		return nil, refused("checking it took longer than %s and was given up: check it in parts", limit)
	}
	return out, err
}

// draftPath is what a draft goes by while it is compared. Addresses of stored
// documents are absolute, so none of them is this.
const draftPath = "draft"

func (c Checker) check(ctx context.Context, draft *Loaded) (*desk.Check, error) {
	if n := len(draft.Reading.Claims); n > draftClaims {
		return nil, refused("it makes %d claims, and at most %d are checked at once: check it in parts", n, draftClaims)
	}
	doc := conflict.Document{
		Path: draftPath, Version: draft.Version, Source: ownOrigin(draft), Title: draft.Title,
		Published: draft.Published, Text: draft.Document.Text,
	}
	var out *desk.Check
	err := c.Store.Around(ctx, doc, c.Portion, func(around *store.Around) (err error) {
		out, err = c.against(ctx, draft, doc, around)
		return err
	})
	return out, err
}

// against holds a draft against what is around it in the archive.
func (c Checker) against(ctx context.Context, draft *Loaded, doc conflict.Document, around *store.Around) (*desk.Check, error) {
	out := &desk.Check{
		Name: draft.Path, Version: draft.Version, Title: draft.Title, Text: draft.Document.Text,
		Documents: map[string]desk.Archived{}, Empty: around.Empty, Waiting: around.Waiting,
	}
	own := make([]claim.Appearance, len(draft.Reading.Claims))
	for i, a := range draft.Reading.Claims {
		a.Document = draftPath
		own[i] = a
	}
	setting := conflict.Setting{Rates: c.Comparison.Rates, Background: around.Background, Rulings: around.Rulings}
	found, err := setting.Check(ctx, append(around.Documents, doc), append(around.Claims, own...), draftPath)
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	var inside []conflict.Conflict
	if c.Comparison.Arithmetic {
		if inside, err = arithmetic.Check(ctx, []conflict.Document{doc}, own); err != nil {
			return nil, fmt.Errorf("add up: %w", err)
		}
	}
	t := naming{out, around, make(map[string]conflict.Document, len(around.Documents))}
	for _, d := range around.Documents {
		t.known[d.Path] = d
	}
	for _, one := range found.Claims {
		out.Claims = append(out.Claims, t.claim(one))
	}
	for _, one := range inside {
		out.Inside = append(out.Inside, *t.conflict(&one))
	}
	for _, path := range found.Copies {
		out.Copies = append(out.Copies, t.archived(path))
	}
	return out, nil
}

// ownOrigin is who published a draft. Where nobody is named it is what the same file
// would be stored under: an earlier version of it is no other witness.
func ownOrigin(draft *Loaded) string {
	if draft.Source == draft.Path {
		if at, err := address(draft.Path); err == nil {
			return at
		}
	}
	return draft.Source
}

// naming puts what comparing found into the names under which documents were given,
// and keeps of each answer as many places as anybody reads.
type naming struct {
	out    *desk.Check
	around *store.Around
	known  map[string]conflict.Document // by address
}

func (t naming) claim(one conflict.Checked) conflict.Checked {
	one.Claim = t.place(one.Claim)
	one.Support, _ = t.places(one.Support)
	if one.Conflict != nil {
		one.Conflict = t.conflict(one.Conflict)
	}
	return one
}

func (t naming) conflict(one *conflict.Conflict) *conflict.Conflict {
	out := *one
	out.Positions = slices.Clone(one.Positions)
	for i := range out.Positions {
		p := &out.Positions[i]
		p.Appearances, p.More = t.places(p.Appearances)
	}
	out.Compatible, _ = t.places(one.Compatible)
	return &out
}

// places are the first of some, those in the draft before all others, and how many
// more there are.
func (t naming) places(list []claim.Appearance) (first []claim.Appearance, more int) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b claim.Appearance) int {
		return cmp.Compare(byWhom(a), byWhom(b))
	})
	n := min(len(list), placesTold)
	for i, a := range list[:n] {
		list[i] = t.place(a)
	}
	return slices.Clip(list[:n]), len(list) - n
}

// byWhom is 0 for the draft and 1 for others.
func byWhom(a claim.Appearance) int {
	if a.Document == draftPath {
		return 0
	}
	return 1
}

func (t naming) place(a claim.Appearance) claim.Appearance {
	if a.Document == draftPath {
		a.Document = t.out.Name
		return a
	}
	d := t.archived(a.Document)
	t.out.Documents[d.Path] = d
	a.Document = d.Path
	return a
}

func (t naming) archived(address string) desk.Archived {
	d := t.known[address]
	id, given := t.around.Known(address)
	return desk.Archived{ID: id, Path: given, Source: d.Source, Title: d.Title, Published: d.Published}
}
