package store

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// Corpus is what all current versions claim: what is compared. In it a document
// goes by its address, because two may have been given by one name.
type Corpus struct {
	Documents []conflict.Document
	Claims    []claim.Appearance
	members   map[place]member
}

// place tells appearances apart; member is how the database knows one.
type place struct {
	document string
	span     document.Span
	claim    [32]byte
	rule     claim.RuleID
}

type member struct{ version, appearance int64 }

// compareLock keeps two runs from comparing at once: the second would store
// what the first had seen.
const compareLock = `SELECT pg_advisory_xact_lock(hashtext('crosscheck compare'))`

const (
	selectCorpus = `
SELECT v.id AS version, d.address, s.name AS source, d.title, d.published, v.sha256, v.reading, r.text
FROM version v
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN reading r ON r.id = v.reading
WHERE v.current AND r.failure IS NULL
ORDER BY d.address`

	selectCorpusClaims = `
SELECT a.reading, ` + selectPlaceColumns + `, ` + selectClaimColumns + `
FROM appearance a
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim
WHERE a.reading IN (SELECT reading FROM version WHERE current)
ORDER BY a.reading, a.start_byte, a.end_byte, a.claim, a.rule`
)

// LoadCorpus loads what all current versions claim. Until the transaction ends
// no other one can do so.
func LoadCorpus(ctx context.Context, tx pgx.Tx) (*Corpus, error) {
	type documentRow struct {
		Version   int64
		Address   string
		Source    string
		Title     string
		Published pgtype.Date
		SHA256    []byte
		Reading   int64
		Text      string
	}
	type claimRow struct {
		Reading int64
		placeColumns
		claimColumns
	}
	if _, err := tx.Exec(ctx, compareLock); err != nil {
		return nil, fmt.Errorf("wait for others who compare: %w", err)
	}
	docs, err := collect[documentRow](ctx, tx, "documents", selectCorpus, nil)
	if err != nil {
		return nil, err
	}
	rows, err := collect[claimRow](ctx, tx, "claims", selectCorpusClaims, nil)
	if err != nil {
		return nil, err
	}
	made := make(map[int64][]claimRow)
	for _, r := range rows {
		made[r.Reading] = append(made[r.Reading], r)
	}
	c := &Corpus{members: make(map[place]member)}
	for _, d := range docs {
		c.Documents = append(c.Documents, conflict.Document{
			Path: d.Address, Version: "sha256:" + hex.EncodeToString(d.SHA256), Source: d.Source,
			Title: d.Title, Published: dayOf(d.Published), Text: d.Text,
		})
		for _, r := range made[d.Reading] {
			a := r.toAppearance(d.Address, d.SHA256, r.toClaim(r.Entities))
			c.Claims = append(c.Claims, a)
			c.members[place{d.Address, a.Span, [32]byte(r.Claim), a.Rule}] = member{d.Version, r.Appearance}
		}
	}
	return c, nil
}

// member finds an appearance as the database knows it.
func (c *Corpus) member(a claim.Appearance) (member, error) {
	m, ok := c.members[place{a.Document, a.Span, a.Claim.ID(), a.Rule}]
	if !ok {
		return m, fmt.Errorf("conflicts: %s at byte %d is not among the claims that were compared", a.Document, a.Span.Start)
	}
	return m, nil
}
