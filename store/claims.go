package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
)

// ClaimFilter chooses claims. An empty field lets all through.
type ClaimFilter struct {
	Kind      claim.Kind
	Subject   string // words in the subject or in a name that takes part, in any case
	Attribute string // words in the attribute, in any case
	Text      string // words in a sentence where the claim is made, in any case
	Limit     int    // at most so many claims; 0 for all
}

// StoredClaim is a claim with the places where current versions make it.
type StoredClaim struct {
	ID          [32]byte
	Claim       claim.Claim // with the entities of all its places, sorted
	Appearances []claim.Appearance
	FirstSeen   time.Time // when a run first met a document that makes it
	LastSeen    time.Time // and last
}

const (
	// A claim counts here when a current version of a document makes it.
	selectClaims = `
SELECT ` + selectClaimColumns + `
FROM claim c
WHERE (@kind = '' OR c.kind = @kind)
  AND (@attribute = '' OR strpos(lower(c.attribute), lower(@attribute)) > 0)
  AND EXISTS (
      SELECT
      FROM appearance a
      JOIN version v ON v.reading = a.reading AND v.current
      JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
      WHERE a.claim = c.id
        AND (@text = '' OR strpos(lower(st.text), lower(@text)) > 0)
        AND (@subject = '' OR strpos(lower(c.subject), lower(@subject)) > 0
             OR EXISTS (SELECT FROM unnest(a.entities) AS e (name) WHERE strpos(lower(e.name), lower(@subject)) > 0)))
ORDER BY c.subject, c.attribute, c.kind, c.hash
LIMIT @limit`

	selectClaimSeen = `
SELECT c.hash AS claim, seen.first_seen, seen.last_seen
FROM claim c
CROSS JOIN LATERAL (SELECT first_seen, last_seen FROM claim_seen WHERE claim_seen.claim = c.id) AS seen
WHERE c.hash = ANY(@claims)`

	selectClaimPlaces = `
SELECT c.hash AS claim, d.given AS document, v.sha256, ` + selectPlaceColumns + `
FROM claim c
JOIN appearance a ON a.claim = c.id
JOIN version v ON v.reading = a.reading AND v.current
JOIN document d ON d.id = v.document
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
WHERE c.hash = ANY(@claims)
ORDER BY d.given, d.address, a.start_byte, a.end_byte, a.rule`
)

// Claims finds claims that current versions make, in the order of subject and
// attribute, each with all its places, those that the filter's text does not
// match among them.
func (s *Store) Claims(ctx context.Context, f ClaimFilter) ([]StoredClaim, error) {
	type place struct {
		Claim    []byte
		Document string
		SHA256   []byte
		placeColumns
	}
	type seenRow struct {
		Claim               []byte
		FirstSeen, LastSeen time.Time
	}
	args := pgx.NamedArgs{"kind": string(f.Kind), "subject": f.Subject, "attribute": f.Attribute, "text": f.Text, "limit": nil}
	if f.Limit > 0 {
		args["limit"] = f.Limit
	}
	var found []claimColumns
	var places []place
	var times []seenRow
	err := s.snapshot(ctx, func(tx pgx.Tx) (err error) {
		if found, err = collect[claimColumns](ctx, tx, "claims", selectClaims, args); err != nil {
			return err
		}
		ids := make([][]byte, 0, len(found))
		for _, c := range found {
			ids = append(ids, c.Claim)
		}
		args := pgx.NamedArgs{"claims": ids}
		if times, err = collect[seenRow](ctx, tx, "when claims were seen", selectClaimSeen, args); err != nil {
			return err
		}
		places, err = collect[place](ctx, tx, "appearances", selectClaimPlaces, args)
		return err
	})
	if err != nil {
		return nil, err
	}

	at := make(map[[32]byte][]place, len(found))
	for _, p := range places {
		id := [32]byte(p.Claim)
		at[id] = append(at[id], p)
	}
	seen := make(map[[32]byte]seenRow, len(times))
	for _, t := range times {
		seen[[32]byte(t.Claim)] = t
	}
	claims := make([]StoredClaim, 0, len(found))
	for _, c := range found {
		id := [32]byte(c.Claim)
		out := StoredClaim{ID: id, FirstSeen: seen[id].FirstSeen.UTC(), LastSeen: seen[id].LastSeen.UTC()}
		var entities []string
		for _, p := range at[id] {
			entities = append(entities, p.Entities...)
			out.Appearances = append(out.Appearances, p.toAppearance(p.Document, p.SHA256, c.toClaim(p.Entities)))
		}
		slices.Sort(entities)
		out.Claim = c.toClaim(slices.Compact(entities))
		claims = append(claims, out)
	}
	return claims, nil
}
