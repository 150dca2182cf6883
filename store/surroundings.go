package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
	"crosscheck/document"
)

// So many sentences are shown on either side of one, and of each so many characters.
const (
	sentencesAround = 2
	mostAround      = 800
)

// spot is a sentence of a reading, by its place there.
type spot struct {
	reading int64
	n       int
}

// Of a sentence before, its end is near; of one behind, its beginning.
const selectAround = `
SELECT DISTINCT st.reading, st.n, st.start_byte, st.end_byte, st.role, left(st.text, @most) AS head, right(st.text, @most) AS tail
FROM unnest(@readings::bigint[], @sentences::int[]) AS at (reading, n)
JOIN sentence st ON st.reading = at.reading AND st.n BETWEEN at.n - @around AND at.n + @around AND st.n <> at.n`

// surround sets what stands before and behind the sentences of places, up to
// where a menu begins. Between two sentences that no single blank parts stands a
// new line.
func surround(ctx context.Context, tx pgx.Tx, places []desk.Place, at []spot) error {
	type row struct {
		Reading            int64
		N                  int
		StartByte, EndByte int
		Role               string
		Head, Tail         string
	}
	readings, sentences := make([]int64, len(at)), make([]int, len(at))
	for i, s := range at {
		readings[i], sentences[i] = s.reading, s.n
	}
	rows, err := collect[row](ctx, tx, "sentences around", selectAround,
		pgx.NamedArgs{"readings": readings, "sentences": sentences, "around": sentencesAround, "most": mostAround})
	if err != nil {
		return err
	}
	found := make(map[spot]*row, len(rows))
	for i := range rows {
		if rows[i].Role != string(document.Furniture) {
			found[spot{rows[i].Reading, rows[i].N}] = &rows[i]
		}
	}
	gap := func(end, start int) string {
		if start-end > 1 {
			return "\n"
		}
		return " "[:max(0, start-end)]
	}
	for i, s := range at {
		p := &places[i]
		start, end := p.SentenceSpan.Start, p.SentenceSpan.End
		for k := 1; k <= sentencesAround; k++ {
			before := found[spot{s.reading, s.n - k}]
			if before == nil {
				break
			}
			p.Before = before.Tail + gap(before.EndByte, start) + p.Before
			start = before.StartByte
		}
		for k := 1; k <= sentencesAround; k++ {
			behind := found[spot{s.reading, s.n + k}]
			if behind == nil {
				break
			}
			p.After += gap(end, behind.StartByte) + behind.Head
			end = behind.EndByte
		}
	}
	return nil
}
