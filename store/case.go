package store

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// The bounds of what the page of a conflict shows: of all answers together so many
// places, chosen among so many, of each as many as are left for it; and acts.
const (
	placesShown = 200
	placesAmong = 1000
	placesLeast = 3
	placesEach  = 40
	actsShown   = 100
	mergedShown = 50
)

const (
	selectCase = `
SELECT c.id, c.kind, c.status, c.severity, c.question, c.reason, c.rungs, c.origins, c.origin_reasons, c.speaks_for, c.speaks_against,
       c.first_seen, c.last_seen, c.closed, v.basis,` + selectReviewColumns + `
FROM conflict c
LEFT JOIN review v ON v.conflict = c.id
WHERE c.id = @id`

	// Of each answer those first that have another source than the ones before, as
	// far as is looked. The last limit takes nothing away: it tells the planner how
	// few there are.
	selectCasePlaces = `
WITH part AS (
    SELECT *, row_number() OVER (PARTITION BY position ORDER BY n) AS nth, count(*) OVER (PARTITION BY position) AS places
    FROM member
    WHERE conflict = @id
), near AS (
    SELECT *, (SELECT d.source FROM version v JOIN document d ON d.id = v.document WHERE v.id = part.version) AS source
    FROM part
    WHERE nth <= @among
), turns AS (
    SELECT *, row_number() OVER (PARTITION BY position, source ORDER BY n) AS turn FROM near
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY position ORDER BY turn, n) AS place FROM turns
)
SELECT coalesce(m.position, -1) AS position, m.places,` + selectDeskPlaceColumns + `
FROM (SELECT * FROM ranked WHERE place <= @most::int LIMIT @most::int * (@positions::int + 1)) AS m
JOIN version v ON v.id = m.version
JOIN appearance a ON a.id = m.appearance` + joinDeskPlace + `
ORDER BY position, m.place`

	selectCaseClaims = `
SELECT DISTINCT m.position, c.hash AS claim
FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim c ON c.id = a.claim
WHERE m.conflict = @id AND m.position = ANY(@positions)`

	selectActsOn = `SELECT act FROM act_conflict WHERE conflict = @id ORDER BY act DESC LIMIT @limit`

	selectMerged = `SELECT conflict FROM review WHERE merged_into = @id ORDER BY conflict LIMIT @limit`
)

// Case is a conflict with all that its page shows, the places of its answers bounded
// however many they are. Where there is none it is a [desk.Missing].
func (s *Store) Case(ctx context.Context, id string) (*desk.Case, error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, &desk.Missing{What: "conflict", Name: id}
	}
	var c *desk.Case
	err = s.snapshot(ctx, func(tx pgx.Tx) (err error) {
		c, err = loadCase(ctx, tx, number)
		return err
	})
	return c, err
}

func loadCase(ctx context.Context, tx pgx.Tx, id int64) (*desk.Case, error) {
	type caseRow struct {
		ID       int64
		Kind     string
		Status   string
		Severity float64
		Question string
		Reason   string
		Rungs    []string
		Origins  int

		OriginReasons, SpeaksFor, SpeaksAgainst []string

		FirstSeen time.Time
		LastSeen  time.Time
		Closed    *time.Time
		Basis     *desk.Basis
		reviewColumns
	}
	args := pgx.NamedArgs{"id": id}
	found, err := collect[caseRow](ctx, tx, "conflict", selectCase, args)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &desk.Missing{What: "conflict", Name: name(id)}
	}
	r := found[0]
	c := &desk.Case{
		Conflict: conflict.Conflict{
			ID: name(id), Kind: conflict.Kind(r.Kind), Status: conflict.Status(r.Status), Severity: r.Severity, Question: r.Question,
			Reason: r.Reason, Rungs: r.Rungs, Origins: r.Origins,
			OriginReasons: orNil(r.OriginReasons), For: orNil(r.SpeaksFor), Against: orNil(r.SpeaksAgainst),
		},
		FirstSeen: r.FirstSeen.UTC(), LastSeen: r.LastSeen.UTC(), Closed: timeOf(r.Closed).UTC(), State: r.state(),
	}
	c.Since = c.State.Because
	nth, err := loadSides(ctx, tx, c, id)
	if err != nil {
		return nil, err
	}
	if r.Basis != nil && !c.State.Reopened.IsZero() {
		if err := markNew(ctx, tx, c, id, nth, r.Basis); err != nil {
			return nil, err
		}
	}
	args["limit"] = actsShown
	acts, err := numbers(ctx, tx, "acts", selectActsOn, args)
	if err != nil {
		return nil, err
	}
	if c.History, err = actsOn(ctx, tx, acts, id); err != nil {
		return nil, err
	}
	args["limit"] = mergedShown
	merged, err := numbers(ctx, tx, "merged conflicts", selectMerged, args)
	if err != nil || len(merged) == 0 {
		return c, err
	}
	c.Merged, err = rowsOf(ctx, tx, merged)
	return c, err
}

// loadSides loads the positions with their places, and returns the place in
// c.Sides of each by its number in the database.
func loadSides(ctx context.Context, tx pgx.Tx, c *desk.Case, id int64) (map[int]int, error) {
	type positionRow struct {
		Conflict int64
		N        int
		valueColumns
		Origins int
	}
	type memberRow struct {
		Position int
		Places   int
		deskPlaceColumns
	}
	positions, err := collect[positionRow](ctx, tx, "positions", selectPositions, pgx.NamedArgs{"conflicts": []int64{id}})
	if err != nil {
		return nil, err
	}
	nth := make(map[int]int, len(positions))
	for i, p := range positions {
		nth[p.N] = i
		c.Sides = append(c.Sides, desk.Side{Value: p.value(), Origins: p.Origins, Places: []desk.Place{}})
	}
	each := max(placesLeast, min(placesEach, placesShown/(len(positions)+1)))
	among := max(each, placesAmong/(len(positions)+1))
	members, err := collectAnew[memberRow](ctx, tx, "places", selectCasePlaces, pgx.NamedArgs{"id": id, "most": each, "among": among, "positions": len(positions)})
	if err != nil {
		return nil, err
	}
	places := make([]desk.Place, len(members))
	at := make([]spot, len(members))
	for i, m := range members {
		places[i], at[i] = m.place(), spot{m.Reading, m.Nth}
	}
	if err := surround(ctx, tx, places, at); err != nil {
		return nil, err
	}
	for i, m := range members {
		n, takesPart := nth[m.Position]
		if !takesPart {
			c.Undecided = append(c.Undecided, places[i])
			c.Compatible = append(c.Compatible, places[i].Appearance)
			continue
		}
		side := &c.Sides[n]
		side.Places = append(side.Places, places[i])
		side.More = m.Places - len(side.Places)
	}
	for i := range c.Sides {
		side := &c.Sides[i]
		var says claim.Polarity
		position := conflict.Position{Value: side.Value, Origins: side.Origins, More: side.More, Appearances: []claim.Appearance{}}
		for k, p := range side.Places {
			if k == 0 {
				says = p.Claim.Polarity
			}
			position.Appearances = append(position.Appearances, p.Appearance)
		}
		side.Key = desk.AnswerKey(c.Kind, side.Value, says)
		c.Positions = append(c.Positions, position)
	}
	return nth, nil
}

// markNew marks the positions that were not there when the last verdict was given.
func markNew(ctx context.Context, tx pgx.Tx, c *desk.Case, id int64, nth map[int]int, basis *desk.Basis) error {
	type row struct {
		Position int
		Claim    []byte
	}
	var unknown []int // by their value; those whose claims were there are no news
	for n, i := range nth {
		if basis.News(c.Sides[i].Value, nil) {
			unknown = append(unknown, n)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	rows, err := collect[row](ctx, tx, "claims of the positions", selectCaseClaims, pgx.NamedArgs{"id": id, "positions": unknown})
	if err != nil {
		return err
	}
	claims := make([][][32]byte, len(c.Sides))
	for _, r := range rows {
		i := nth[r.Position]
		claims[i] = append(claims[i], [32]byte(r.Claim))
	}
	for _, n := range unknown {
		side := &c.Sides[nth[n]]
		side.New = basis.News(side.Value, claims[nth[n]])
	}
	return nil
}

// deskPlaceColumns are an appearance with what is known of its document.
type deskPlaceColumns struct {
	SHA256     []byte
	Document   string
	DocumentID int64
	Version    int64
	Seen       time.Time
	Current    bool
	Source     string
	SourceID   int64
	Title      string
	Published  pgtype.Date
	Reading    int64
	Nth        int // the sentence, by its place in the reading
	placeColumns
	claimColumns
}

// selectDeskPlaceColumns names them, of an appearance as a in a version as v;
// joinDeskPlace joins the tables that they need besides.
const (
	selectDeskPlaceColumns = `
       v.sha256, d.given AS document, d.id AS document_id, v.id AS version, v.first_seen AS seen, v.current, s.name AS source, s.id AS source_id,
       coalesce(nullif(d.title, ''), r.title) AS title, coalesce(d.published, r.published) AS published, a.reading, a.sentence AS nth,` +
		selectPlaceColumns + `,` + selectClaimColumns

	joinDeskPlace = `
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN reading r ON r.id = v.reading
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim`
)

func (p deskPlaceColumns) place() desk.Place {
	return desk.Place{
		Appearance: p.toAppearance(p.Document, p.SHA256, p.toClaim(p.Entities)), Appears: p.Appearance,
		ClaimID: hex.EncodeToString(p.Claim), DocumentID: p.DocumentID, VersionID: p.Version, Source: p.Source, SourceID: p.SourceID,
		Title: p.Title, Published: dayOf(p.Published), Seen: p.Seen.UTC(), Current: p.Current,
	}
}
