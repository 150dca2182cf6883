package store

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/collation"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// The bounds of what the page of a document shows: bytes of its text, claims marked
// in that, versions, and sentences that differ from another version.
const (
	mostText     = 1 << 20
	mostMarks    = 20_000
	mostVersions = 200
	mostChanged  = 2_000
)

const (
	selectPaper = `
SELECT d.id, d.address, d.given, s.id AS source_id, s.name AS source, d.title, d.published
FROM document d JOIN source s ON s.id = d.source
WHERE d.id = @id`

	// The one asked for, and the one to hold it against, are there however many came since.
	selectPaperVersions = `
SELECT v.id, v.sha256, v.first_seen, v.last_seen, v.current, c.bytes IS NOT NULL AS kept, v.reading
FROM version v JOIN content c ON c.sha256 = v.sha256
WHERE v.document = @id
ORDER BY v.current DESC, v.id IN (@version, @against) DESC, v.first_seen DESC, v.id DESC
LIMIT @most`

	selectPaperText = `
SELECT title, published, coalesce(failure, '') AS failure, left(coalesce(text, ''), @most) AS text, octet_length(coalesce(text, '')) AS size
FROM reading WHERE id = @reading`

	selectMarks = `
SELECT a.id AS appearance, a.start_byte, a.end_byte, a.rule, ` + selectClaimColumns + `,
       coalesce((SELECT max(m.conflict) FROM member m JOIN queue q ON q.conflict = m.conflict
                 WHERE m.appearance = a.id AND m.version = @version AND q.box = 'waiting' AND q.severity >= @shown), 0) AS conflict
FROM appearance a JOIN claim c ON c.id = a.claim
WHERE a.reading = @reading AND a.end_byte <= @most
ORDER BY a.start_byte, a.end_byte DESC, a.id
LIMIT @marks`

	selectPaperSentences = `SELECT text FROM sentence WHERE reading = @reading AND end_byte <= @most ORDER BY n`
)

// Paper is a document with one of its versions opened: 0 is the current one. It is
// held against another, 0 being the one before it. Where there is no such document
// or version it is a [desk.Missing].
func (s *Store) Paper(ctx context.Context, id, version, against int64) (p *desk.Paper, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) (err error) {
		p, err = loadPaper(ctx, tx, id, version, against)
		return err
	})
	return p, err
}

// paperVersion is a version with what was read out of it.
type paperVersion struct {
	desk.Version
	reading int64
}

func loadPaper(ctx context.Context, tx pgx.Tx, id, version, against int64) (*desk.Paper, error) {
	type paperRow struct {
		ID        int64
		Address   string
		Given     string
		SourceID  int64
		Source    string
		Title     string
		Published pgtype.Date
	}
	found, err := collect[paperRow](ctx, tx, "document", selectPaper, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &desk.Missing{What: "document", Name: strconv.FormatInt(id, 10)}
	}
	d := found[0]
	p := &desk.Paper{ID: id, Address: d.Address, Given: d.Given, Source: d.Source, SourceID: d.SourceID, Title: d.Title, Published: dayOf(d.Published), Marks: []desk.Mark{}}
	versions, err := paperVersions(ctx, tx, id, version, against)
	if err != nil {
		return nil, err
	}
	open, other, err := chosen(versions, version, against)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		p.Versions = append(p.Versions, v.Version)
	}
	p.Open = open.Version
	if err := openText(ctx, tx, p, open); err != nil {
		return nil, err
	}
	if other == nil {
		return p, nil
	}
	p.Against = &other.Version
	p.Changes, err = textChanges(ctx, tx, other.reading, open.reading)
	return p, err
}

// paperVersions is the versions of a document, the newest first.
func paperVersions(ctx context.Context, tx pgx.Tx, id, version, against int64) ([]paperVersion, error) {
	type versionRow struct {
		ID                  int64
		SHA256              []byte
		FirstSeen, LastSeen time.Time
		Current, Kept       bool
		Reading             int64
	}
	rows, err := collect[versionRow](ctx, tx, "versions", selectPaperVersions, pgx.NamedArgs{"id": id, "version": version, "against": against, "most": mostVersions})
	if err != nil {
		return nil, err
	}
	versions := make([]paperVersion, len(rows))
	for i, r := range rows {
		versions[i] = paperVersion{desk.Version{ID: r.ID, Hash: "sha256:" + hex.EncodeToString(r.SHA256), FirstSeen: r.FirstSeen.UTC(),
			LastSeen: r.LastSeen.UTC(), Current: r.Current, Kept: r.Kept}, r.Reading}
	}
	newestFirst(versions)
	return versions, nil
}

// openText fills in the text of a version, and marks the claims in it.
func openText(ctx context.Context, tx pgx.Tx, p *desk.Paper, open *paperVersion) error {
	type textRow struct {
		Title     string
		Published pgtype.Date
		Failure   string
		Text      string
		Size      int
	}
	type markRow struct {
		Appearance         int64
		StartByte, EndByte int
		Rule               string
		claimColumns
		Conflict int64
	}
	texts, err := collect[textRow](ctx, tx, "text", selectPaperText, pgx.NamedArgs{"reading": open.reading, "most": mostText})
	if err != nil {
		return err
	}
	for _, t := range texts {
		p.Failure = t.Failure
		p.Text = firstBytes(t.Text, mostText)
		p.Cut = t.Size - len(p.Text)
		if p.Title == "" {
			p.Title = t.Title
		}
		if p.Published == 0 {
			p.Published = dayOf(t.Published)
		}
	}
	marks, err := collect[markRow](ctx, tx, "claims of the document", selectMarks, pgx.NamedArgs{
		"reading": open.reading, "version": open.ID, "most": len(p.Text), "marks": mostMarks, "shown": conflict.ShownFrom})
	if err != nil {
		return err
	}
	for _, m := range marks {
		mark := desk.Mark{Span: spanOf(m.StartByte, m.EndByte), Appearance: m.Appearance, ClaimID: hex.EncodeToString(m.Claim),
			Kind: claim.Kind(m.Kind), Says: m.toClaim(nil).Words(), Rule: m.Rule}
		if m.Conflict != 0 {
			mark.Conflict = name(m.Conflict)
		}
		p.Marks = append(p.Marks, mark)
	}
	return nil
}

// textChanges is the sentences that a new reading has otherwise than an old one, in
// the order of the new one, what is gone where it stood.
func textChanges(ctx context.Context, tx pgx.Tx, old, fresh int64) ([]desk.TextChange, error) {
	lines := func(reading int64) ([]collation.Line, error) {
		texts, err := names(ctx, tx, "sentences", selectPaperSentences, pgx.NamedArgs{"reading": reading, "most": mostText})
		all := make([]collation.Line, len(texts))
		for i, text := range texts {
			all[i] = collation.NewLine(text)
		}
		return all, err
	}
	was, err := lines(old)
	if err != nil {
		return nil, err
	}
	is, err := lines(fresh)
	if err != nil {
		return nil, err
	}
	changes := []desk.TextChange{}
	next := 0
	added := func(until int) {
		for ; next < until; next++ {
			changes = append(changes, desk.TextChange{New: is[next].Text})
		}
	}
	for i, j := range collation.Align(was, is) {
		if j < 0 {
			changes = append(changes, desk.TextChange{Old: was[i].Text})
			continue
		}
		added(j)
		if next = j + 1; was[i].Text != is[j].Text {
			changes = append(changes, desk.TextChange{Old: was[i].Text, New: is[j].Text})
		}
	}
	added(len(is))
	return changes[:min(len(changes), mostChanged)], nil
}

// firstBytes is as much of a text as some bytes hold, whole characters.
func firstBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// newestFirst orders versions by when they were first met.
func newestFirst(versions []paperVersion) {
	slices.SortStableFunc(versions, func(a, b paperVersion) int {
		return cmp.Or(b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(b.ID, a.ID))
	})
}

// chosen is the version to open and the one to hold it against, which is nil for the
// first of a document.
func chosen(versions []paperVersion, version, against int64) (open, other *paperVersion, err error) {
	at := func(id int64) int { return slices.IndexFunc(versions, func(v paperVersion) bool { return v.ID == id }) }
	i := at(version)
	if version == 0 {
		i = slices.IndexFunc(versions, func(v paperVersion) bool { return v.Current })
	}
	if i < 0 {
		return nil, nil, &desk.Missing{What: "version", Name: strconv.FormatInt(version, 10)}
	}
	k := i + 1
	if against != 0 {
		if k = at(against); k < 0 {
			return nil, nil, &desk.Missing{What: "version", Name: strconv.FormatInt(against, 10)}
		}
	}
	if k == len(versions) || k == i {
		return &versions[i], nil, nil
	}
	return &versions[i], &versions[k], nil
}
