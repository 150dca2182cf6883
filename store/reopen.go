package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// selectJudged finds, of conflicts that a night has changed and those that these
// are merged into, the ones under a verdict. What is found to agree after all
// needs nobody.
const selectJudged = `
SELECT DISTINCT j.conflict AS id
FROM unnest(@ids::bigint[]) AS changed (id)
JOIN conflict c ON c.id = changed.id
LEFT JOIN review v ON v.conflict = c.id
JOIN review j ON j.conflict = coalesce(v.merged_into, c.id)
WHERE j.verdict IS NOT NULL AND c.found <> @explained
ORDER BY id`

// reopen takes the verdicts of conflicts that comparing has changed out of force
// where something is there that was not when they were given: a position, an
// independent origin, a source's text. It returns the conflicts.
func reopen(ctx context.Context, tx pgx.Tx, changed []string, now time.Time) ([]string, error) {
	ids, err := idsOf(changed)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if ids, err = numbers(ctx, tx, "conflicts under a verdict", selectJudged, pgx.NamedArgs{"ids": ids, "explained": string(conflict.Explained)}); err != nil || len(ids) == 0 {
		return nil, err
	}
	ground, err := grounds(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	var reopened []string
	for _, id := range ids {
		d := begin(ctx, tx, desk.Act{At: now.UTC().Truncate(time.Microsecond), Who: desk.Night, What: desk.Reopen})
		if err := d.lock([]int64{id}); err != nil {
			return nil, err
		}
		because := ground[id].news(d.at[id].Basis)
		if len(because) == 0 {
			continue
		}
		d.act.Note = strings.Join(because, "; ")
		c := d.change(id)
		c.Verdict, c.Detail, c.Stands, c.Links, c.Judged, c.Judge, c.Note = "", "", "", nil, time.Time{}, "", ""
		c.Reopened, c.Because = d.act.At, because
		if err := d.keep(); err != nil {
			return nil, err
		}
		reopened = append(reopened, name(id))
	}
	return reopened, nil
}

// ordinals count answers.
var ordinals = []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

// news says in words what was not there when a verdict was given.
func (g *ground) news(b *desk.Basis) (because []string) {
	if b == nil {
		return nil
	}
	explained := make(map[int64]bool) // documents that are there with a new answer
	answers := len(b.Answers)
	for _, a := range g.answers {
		if !b.News(a.value, a.claims) {
			continue
		}
		nth := "another"
		switch {
		case len(g.answers) <= len(b.Answers): // an earlier one is given no longer
			nth = "a new"
		case answers < len(ordinals):
			nth = "a " + strings.Replace(ordinals[answers], "eighth", "n eighth", 1)
		}
		answers++
		because = append(because, strings.Replace(nth, "a n ", "an ", 1)+" answer: "+inShort(a.value))
		for document := range a.documents {
			explained[document] = true
		}
	}
	var origins, edited []string
	for document, part := range g.parts {
		version, known := b.Documents[document]
		switch {
		case known && version != part.version:
			edited = append(edited, inLine(part.source)+" changed its text")
		case !known && !explained[document] && g.origins > b.Origins:
			origins = append(origins, inLine(part.source))
		}
	}
	if origins = sorted(origins); len(origins) > 0 {
		because = append(because, "a new independent origin: "+someOf(origins))
	}
	edited = sorted(edited)
	if len(edited) > mostNamed {
		edited = append(edited[:mostNamed], fmt.Sprintf("%d more sources changed their texts", len(edited)-mostNamed))
	}
	return append(because, edited...)
}

// mostNamed is how many sources are named before the others are counted.
const mostNamed = 3

func someOf(names []string) string {
	if len(names) > mostNamed {
		names = append(slices.Clone(names[:mostNamed]), fmt.Sprintf("and %d others", len(names)-mostNamed))
	}
	return strings.Join(names, ", ")
}

// inShort is a value in words, in a line of bounded length.
func inShort(v claim.Value) string { return inLine(v.Words()) }

// inLine is a document's words in a line of bounded length.
func inLine(s string) string {
	const most = 120 // runes
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}
