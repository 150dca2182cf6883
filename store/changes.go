package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// Edit is a time that a document was found with other bytes than before.
type Edit struct {
	ID       int64
	Noticed  time.Time
	LastSeen time.Time // when a run last met it as it was before
	Address  string
	Document string // the path or URL as last given
	Source   string
	Title    string
	Old, New EditedVersion
}

// EditedVersion is what stood before an edit, or what stands after it.
type EditedVersion struct {
	Version int64
	SHA256  [32]byte
	Made    Made
}

// Made is how a reading was made: all that is needed to make one like it.
type Made struct {
	Reading       int64
	Hint          string // the ending of the file's name
	ContentType   string
	Reader, Rules string
	Failure       string // "" where it was read
	// ToldTitle and ToldPublished are what was known from outside, or, of readings
	// that have not kept that, what they went by.
	ToldTitle     string
	ToldPublished claim.Day
}

// madeColumns are how a reading was made, as the queries below name it.
type madeColumns struct {
	Reading       int64
	Hint          string
	ContentType   string
	Reader        string
	Rules         string
	Failure       string
	ToldTitle     string
	ToldPublished pgtype.Date
}

const selectMadeColumns = `
       r.id AS reading, r.hint, r.content_type, r.reader, r.rules, coalesce(r.failure, '') AS failure,
       coalesce(r.told_title, r.title) AS told_title,
       CASE WHEN r.told_title IS NULL THEN r.published ELSE r.told_published END AS told_published`

func (m madeColumns) made() Made {
	return Made{m.Reading, m.Hint, m.ContentType, m.Reader, m.Rules, m.Failure, m.ToldTitle, dayOf(m.ToldPublished)}
}

const (
	selectClaimsOf = `
SELECT a.reading, ` + selectPlaceColumns + `, ` + selectClaimColumns + `
FROM appearance a
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim
WHERE a.reading = ANY(@readings)
ORDER BY a.reading, a.start_byte, a.end_byte, c.hash, a.rule`

	selectEdits = `
SELECT e.id, e.noticed, o.last_seen, d.address, d.given AS document, s.name AS source, d.title,
       o.id AS old_version, o.sha256 AS old_sha256, o.reading AS old_reading,
       n.id AS new_version, n.sha256 AS new_sha256, n.reading AS new_reading
FROM edit e
JOIN document d ON d.id = e.document
JOIN source s ON s.id = d.source
JOIN version o ON o.id = e.old
JOIN version n ON n.id = e.new
WHERE e.noticed >= @since AND (@source = '' OR s.name = @source)
  AND (NOT @further OR (e.noticed, e.id) < (@noticed, @id))
ORDER BY e.noticed DESC, e.id DESC
LIMIT @limit`

	selectMade = `SELECT` + selectMadeColumns + ` FROM reading r WHERE r.id = ANY(@readings)`
)

// EditFilter chooses edits.
type EditFilter struct {
	Since  time.Time // noticed then and later
	Source string    // of this source; "" for all
	After  *Edit     // those behind it in the order of [Store.Edits]; nil for the first
	Limit  int       // at most so many
}

// Edits finds edits, the newest first.
func (s *Store) Edits(ctx context.Context, f EditFilter) ([]Edit, error) {
	type row struct {
		ID         int64
		Noticed    time.Time
		LastSeen   time.Time
		Address    string
		Document   string
		Source     string
		Title      string
		OldVersion int64
		OldSHA256  []byte `db:"old_sha256"`
		OldReading int64
		NewVersion int64
		NewSHA256  []byte `db:"new_sha256"`
		NewReading int64
	}
	args := pgx.NamedArgs{"since": f.Since, "source": f.Source, "limit": f.Limit, "further": f.After != nil, "noticed": time.Time{}, "id": int64(0)}
	if f.After != nil {
		args["noticed"], args["id"] = f.After.Noticed, f.After.ID
	}
	var edits []Edit
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		edits = nil
		rows, err := collect[row](ctx, tx, "edits", selectEdits, args)
		if err != nil {
			return err
		}
		var readings []int64
		for _, r := range rows {
			readings = append(readings, r.OldReading, r.NewReading)
		}
		made, err := collect[madeColumns](ctx, tx, "readings", selectMade, pgx.NamedArgs{"readings": readings})
		if err != nil {
			return err
		}
		of := make(map[int64]Made, len(made))
		for _, m := range made {
			of[m.Reading] = m.made()
		}
		for _, r := range rows {
			edits = append(edits, Edit{
				ID: r.ID, Noticed: r.Noticed, LastSeen: r.LastSeen, Address: r.Address, Document: r.Document, Source: r.Source, Title: r.Title,
				Old: EditedVersion{r.OldVersion, [32]byte(r.OldSHA256), of[r.OldReading]},
				New: EditedVersion{r.NewVersion, [32]byte(r.NewSHA256), of[r.NewReading]},
			})
		}
		return nil
	})
	return edits, err
}

// Told is what was read out of some bytes.
type Told struct {
	Text      string
	Sentences []Sentence
	Claims    []claim.Appearance // without their document and version
}

const (
	selectTold = `SELECT id, coalesce(text, '') AS text FROM reading WHERE id = ANY(@readings)`

	selectToldSentences = `SELECT reading, start_byte, end_byte, role FROM sentence WHERE reading = ANY(@readings) ORDER BY reading, n`
)

// Told finds what readings hold, by their numbers.
func (s *Store) Told(ctx context.Context, readings []int64) (map[int64]*Told, error) {
	type sentenceRow struct {
		Reading            int64
		StartByte, EndByte int
		Role               string
	}
	type claimRow struct {
		Reading int64
		placeColumns
		claimColumns
	}
	args := pgx.NamedArgs{"readings": readings}
	told := make(map[int64]*Told, len(readings))
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		clear(told)
		texts, err := collect[struct {
			ID   int64
			Text string
		}](ctx, tx, "texts", selectTold, args)
		if err != nil {
			return err
		}
		for _, t := range texts {
			told[t.ID] = &Told{Text: t.Text}
		}
		sentences, err := collect[sentenceRow](ctx, tx, "sentences", selectToldSentences, args)
		if err != nil {
			return err
		}
		for _, r := range sentences {
			t := told[r.Reading]
			t.Sentences = append(t.Sentences, Sentence{spanOf(r.StartByte, r.EndByte), document.Role(r.Role)})
		}
		claims, err := collect[claimRow](ctx, tx, "claims", selectClaimsOf, args)
		if err != nil {
			return err
		}
		for _, r := range claims {
			t := told[r.Reading]
			t.Claims = append(t.Claims, r.toAppearance("", nil, r.toClaim(r.Entities)))
		}
		return nil
	})
	return told, err
}

// alikes is how many of the documents most like one are looked through for a
// value: more than are compared with it, because nothing is decided by them.
const alikes = 200

const (
	selectCarriers = `
SELECT d.given AS document, s.name AS source, v.sha256, ` + selectPlaceColumns + `, ` + selectClaimColumns + `
FROM (SELECT id FROM unnest(@near::bigint[]) AS near (id)
      UNION
      SELECT v.id FROM appearance a JOIN version v ON v.reading = a.reading AND v.current WHERE a.claim IN (SELECT id FROM claim WHERE hash = ANY(@claims))) AS company
JOIN version v USING (id)
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN appearance a ON a.reading = v.reading
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim
WHERE d.address <> @address
ORDER BY d.given, d.address, a.start_byte, a.end_byte, a.rule`

	selectNow = `
SELECT v.id
FROM version v
JOIN document d ON d.id = v.document
WHERE v.current AND d.address = @address`
)

// Carrier is a place in another document.
type Carrier struct {
	claim.Appearance
	Source string // who published the document
}

// Company finds what the current versions of other documents claim that is worth
// holding against a document's old claims: all of those most like it, and
// whoever makes one of the claims given.
func (s *Store) Company(ctx context.Context, address string, claims [][32]byte) ([]Carrier, error) {
	type row struct {
		Document string
		Source   string
		SHA256   []byte
		placeColumns
		claimColumns
	}
	var found []row
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{"address": address}
		self, err := numbers(ctx, tx, "the document", selectNow, args)
		if err != nil {
			return err
		}
		texts, err := numbers(ctx, tx, "the last comparison", `SELECT texts FROM comparison`, nil)
		if err != nil {
			return err
		}
		near := []int64{}
		if len(self) > 0 && len(texts) > 0 {
			if near, err = alike(ctx, tx, self, nearby{int(texts[0]), conflict.Crowded, alikes}); err != nil {
				return err
			}
		}
		ids := make([][]byte, len(claims))
		for i := range claims {
			ids[i] = claims[i][:]
		}
		args["near"], args["claims"] = near, ids
		found, err = collect[row](ctx, tx, "who else says so", selectCarriers, args)
		return err
	})
	if err != nil {
		return nil, err
	}
	company := make([]Carrier, len(found))
	for i, r := range found {
		company[i] = Carrier{r.toAppearance(r.Document, r.SHA256, r.toClaim(r.Entities)), r.Source}
	}
	return company, nil
}
