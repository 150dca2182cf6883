package store

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/jackc/pgx/v5"

	"crosscheck/document"
)

// Broken is a place where the database does not hold what it held when it was
// written.
type Broken struct {
	Document string // as given; of several copies the first by address
	Reason   string
}

// Verified counts what was checked.
type Verified struct {
	Contents, Readings, Sentences, Appearances, Claims int
	// Older are readings by an older version of their document reader: their
	// quotes were checked against the stored text, and that text against
	// nothing, because only its reader could give it again.
	Older int
	// Unkept are contents whose bytes were given up: what was read out of them was
	// checked against the stored text.
	Unkept int
}

const (
	selectContents = `SELECT sha256 FROM content ORDER BY sha256`

	selectContent = `
SELECT bytes, coalesce((SELECT d.given
                        FROM version v JOIN document d ON d.id = v.document
                        WHERE v.sha256 = content.sha256
                        ORDER BY d.address LIMIT 1), '') AS document
FROM content
WHERE sha256 = @sha256`

	selectReadings = `
SELECT id, hint, content_type, reader, coalesce(text, '') AS text
FROM reading
WHERE sha256 = @sha256 AND text IS NOT NULL
ORDER BY id`

	selectSentences = `SELECT n, start_byte, end_byte, text FROM sentence WHERE reading = @reading ORDER BY n`

	selectQuotes = `
SELECT a.start_byte, a.end_byte, a.quote, a.rule, st.start_byte AS sentence_start, st.end_byte AS sentence_end,
       (a.sentence_start, a.sentence_end) <> (st.start_byte, st.end_byte) AS astray
FROM appearance a
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
WHERE a.reading = @reading
ORDER BY a.start_byte, a.id`

	// A page of claims, after the one given.
	selectClaimPage = `
SELECT ` + selectClaimColumns + `,
       coalesce((SELECT d.given
                 FROM appearance a JOIN version v ON v.reading = a.reading JOIN document d ON d.id = v.document
                 WHERE a.claim = c.id
                 ORDER BY d.address LIMIT 1), '') AS document
FROM claim c
WHERE c.hash > @after
ORDER BY c.hash
LIMIT 1000`
)

// Verify checks that the archived bytes are those that were archived; that
// reading them again gives the stored text; that every sentence and every quote
// stands in that text where its span says; and that every claim is still the
// one that its ID was made from. It tells each thing that is broken and goes on.
func (s *Store) Verify(ctx context.Context, tell func(Broken)) (Verified, error) {
	v := verification{store: s, tell: tell}
	rows, err := s.pool.Query(ctx, selectContents)
	if err != nil {
		return v.Verified, fmt.Errorf("verify: %w", err)
	}
	contents, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return v.Verified, fmt.Errorf("verify: %w", err)
	}
	for _, sha := range contents {
		if err := v.content(ctx, sha); err != nil {
			return v.Verified, fmt.Errorf("verify: %w", err)
		}
	}
	if err := v.claims(ctx); err != nil {
		return v.Verified, fmt.Errorf("verify: %w", err)
	}
	return v.Verified, nil
}

// verification is one Verify in progress.
type verification struct {
	Verified
	store *Store
	tell  func(Broken)
}

// content checks some bytes and all that was read out of them. The memory it
// takes is that of one document.
func (v *verification) content(ctx context.Context, sha []byte) error {
	type contentRow struct {
		Bytes    []byte
		Document string
	}
	type readingRow struct {
		ID          int64
		Hint        string
		ContentType string
		Reader      string
		Text        string
	}
	args := pgx.NamedArgs{"sha256": sha}
	found, err := collect[contentRow](ctx, v.store.pool, "content", selectContent, args)
	if err != nil {
		return err
	}
	readings, err := collect[readingRow](ctx, v.store.pool, "readings", selectReadings, args)
	if err != nil {
		return err
	}
	for _, c := range found {
		v.Contents++
		if c.Bytes == nil {
			v.Unkept++
		} else if sha256.Sum256(c.Bytes) != [32]byte(sha) {
			v.tell(Broken{c.Document, fmt.Sprintf("the archived bytes are not those with SHA-256 %x", sha)})
			continue // what is read out of other bytes says nothing
		}
		for _, r := range readings {
			v.Readings++
			if c.Bytes == nil {
				if err := v.quotes(ctx, c.Document, r.ID, r.Text); err != nil {
					return err
				}
				continue
			}
			d, err := document.Read(ctx, "document"+r.Hint, c.Bytes,
				document.Options{Limit: int64(len(c.Bytes)), ContentType: r.ContentType})
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				v.tell(Broken{c.Document, "the archived bytes can no longer be read: " + err.Error()})
			case d.Reader != r.Reader:
				v.Older++
			case d.Text != r.Text:
				v.tell(Broken{c.Document, fmt.Sprintf("the stored text differs from what the archived bytes give, at byte %d", differ(d.Text, r.Text))})
			}
			if err := v.quotes(ctx, c.Document, r.ID, r.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// differ is where two texts start to differ.
func differ(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// quotes checks the sentences and appearances of a reading against its text.
func (v *verification) quotes(ctx context.Context, document string, reading int64, text string) error {
	type sentenceRow struct {
		N         int
		StartByte int
		EndByte   int
		Text      string
	}
	type quoteRow struct {
		StartByte     int
		EndByte       int
		Quote         string
		Rule          string
		SentenceStart int
		SentenceEnd   int
		Astray        bool // it says that its sentence stands elsewhere
	}
	args := pgx.NamedArgs{"reading": reading}
	sentences, err := collect[sentenceRow](ctx, v.store.pool, "sentences", selectSentences, args)
	if err != nil {
		return err
	}
	for _, s := range sentences {
		v.Sentences++
		if err := stands(text, s.StartByte, s.EndByte, s.Text); err != nil {
			v.tell(Broken{document, fmt.Sprintf("sentence %d: %v", s.N, err)})
		}
	}
	quotes, err := collect[quoteRow](ctx, v.store.pool, "appearances", selectQuotes, args)
	if err != nil {
		return err
	}
	for _, q := range quotes {
		v.Appearances++
		if err := stands(text, q.StartByte, q.EndByte, q.Quote); err != nil {
			v.tell(Broken{document, fmt.Sprintf("quote (%s): %v", q.Rule, err)})
		} else if q.StartByte < q.SentenceStart || q.EndByte > q.SentenceEnd {
			v.tell(Broken{document, fmt.Sprintf("quote (%s): bytes %d to %d lie outside its sentence", q.Rule, q.StartByte, q.EndByte)})
		} else if q.Astray {
			v.tell(Broken{document, fmt.Sprintf("quote (%s): its sentence does not stand where it says", q.Rule)})
		}
	}
	return nil
}

// stands checks that words stand in a text where their span says.
func stands(text string, start, end int, words string) error {
	if end > len(text) || start > end {
		return fmt.Errorf("bytes %d to %d lie outside the text", start, end)
	}
	if there := text[start:end]; there != words {
		return fmt.Errorf("bytes %d to %d read %.80q, not %.80q", start, end, there, words)
	}
	return nil
}

// claims checks that each claim still has the ID that its columns give.
func (v *verification) claims(ctx context.Context) error {
	type row struct {
		claimColumns
		Document string
	}
	for after := []byte{}; ; {
		page, err := collect[row](ctx, v.store.pool, "claims", selectClaimPage, pgx.NamedArgs{"after": after})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			v.Claims++
			if id := r.toClaim(nil).ID(); id != [32]byte(r.Claim) {
				v.tell(Broken{r.Document, fmt.Sprintf("claim %x (%s, %s) is not the one that was stored", r.Claim[:8], r.Subject, r.Attribute)})
			}
		}
		after = page[len(page)-1].Claim
	}
}
