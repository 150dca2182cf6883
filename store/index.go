package store

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/conflict"
)

const (
	selectComparison = `SELECT version, setting, texts FROM comparison`

	upsertComparison = `
INSERT INTO comparison (version, setting, texts) VALUES (@version, @setting, 0)
ON CONFLICT (one) DO UPDATE SET version = excluded.version, setting = excluded.setting`

	// Words are cut into terms by the version's own rules.
	forgetIndex = `
WITH emptied AS (UPDATE comparison SET texts = 0)
UPDATE reading SET indexed = false WHERE indexed`
	forgetTerms   = `TRUNCATE term, landmark`
	forgetResults = `UPDATE version SET compared = false WHERE current AND compared`
)

// Prepare readies the database for comparing in some setting. Where the program
// compares in another way than it last did here, or the setting differs, all is
// to be compared anew, as it is where anew asks for it. A setting is any text that
// is equal for equal ones.
func Prepare(ctx context.Context, tx pgx.Tx, setting string, anew bool) error {
	type row struct {
		Version string
		Setting string
		Texts   int64
	}
	if err := lockComparing(ctx, tx); err != nil {
		return err
	}
	rows, err := collect[row](ctx, tx, "the last comparison", selectComparison, nil)
	if err != nil {
		return err
	}
	version := conflict.Version()
	if len(rows) == 1 && rows[0].Version == version && rows[0].Setting == setting && !anew {
		return nil
	}
	statements := []string{upsertComparison, forgetResults}
	if len(rows) == 1 && rows[0].Version != version {
		statements = append(statements, forgetIndex, forgetTerms)
	}
	for _, sql := range statements {
		args := pgx.NamedArgs{}
		if sql == upsertComparison {
			args["version"], args["setting"] = version, setting
		}
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return fmt.Errorf("prepare to compare: %w", err)
		}
	}
	return nil
}

// IndexBatch is how many readings are indexed in one transaction, and batchBytes how much
// text: the more, the fewer times a word is counted in, and the better is known how common
// it is when landmarks are chosen. Their words are in memory meanwhile, three bytes for one of text.
const (
	IndexBatch = 2000
	batchBytes = 8 << 20
)

const (
	selectUnindexed = `
WITH waiting AS (
    SELECT DISTINCT r.id
    FROM version v
    JOIN reading r ON r.id = v.reading
    WHERE v.current AND NOT v.compared AND NOT r.indexed AND r.failure IS NULL
    ORDER BY r.id
    LIMIT @limit
)
SELECT id, title, text, published
FROM (SELECT r.id, r.title, r.text, r.published, sum(octet_length(r.text)) OVER (ORDER BY r.id) - octet_length(r.text) AS before
      FROM waiting JOIN reading r USING (id)) AS measured
WHERE before < @bytes
ORDER BY id`

	// In the order of their keys, so that nobody waits for anybody in a ring.
	countTerms = `
INSERT INTO term (key, texts)
SELECT key, texts FROM unnest(@keys::bigint[], @texts::integer[]) AS counted (key, texts) ORDER BY key
ON CONFLICT (key) DO UPDATE SET texts = term.texts + excluded.texts
RETURNING key, texts`

	noteIndexed = `
WITH noted AS (UPDATE reading SET indexed = true WHERE id = ANY(@readings))
UPDATE comparison SET texts = texts + cardinality(@readings::bigint[])
RETURNING texts`

	insertLandmarks = `COPY landmark (term, published, reading, name) FROM STDIN (FORMAT binary)`

	selectTerms = `SELECT key, texts FROM term WHERE key = ANY(@keys)`

	// What no document says any more is found no more. A reading is known by its
	// bytes, because a version that is read anew forgets its old one.
	forgetGone = `
WITH gone AS (
    SELECT r.id
    FROM version v
    JOIN reading r ON r.sha256 = v.sha256
    WHERE NOT v.compared AND r.indexed AND NOT EXISTS (SELECT FROM version c WHERE c.reading = r.id AND c.current)
), dropped AS (
    DELETE FROM landmark USING gone WHERE landmark.reading = gone.id
)
UPDATE reading SET indexed = false FROM gone WHERE reading.id = gone.id`
)

// Index counts the words of readings that are new to comparing, and notes by
// which they are found. more says that there are others left, for the next
// transaction.
func Index(ctx context.Context, tx pgx.Tx) (more bool, err error) {
	type row struct {
		ID        int64
		Title     string
		Text      string
		Published pgtype.Date
	}
	if err := lockComparing(ctx, tx); err != nil {
		return false, err
	}
	if err := findByIndex(ctx, tx); err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, forgetGone); err != nil {
		return false, fmt.Errorf("forget the words of what is gone: %w", err)
	}
	rows, err := collect[row](ctx, tx, "new readings", selectUnindexed, pgx.NamedArgs{"limit": IndexBatch, "bytes": batchBytes})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	terms := make([][]conflict.Term, len(rows))
	sideBySide(len(rows), func() func(int) {
		indexer := conflict.NewIndexer()
		return func(i int) { terms[i] = indexer.Terms(rows[i].Title, rows[i].Text) }
	})
	readings, size := make([]int64, len(rows)), 0
	count := make(map[int64]int32)
	for i, r := range rows {
		readings[i], size = r.ID, size+len(r.Text)
		for _, t := range terms[i] {
			count[t.Key]++
		}
	}
	heard, err := countIn(ctx, tx, count)
	if err != nil {
		return false, err
	}
	var texts int
	if err := tx.QueryRow(ctx, noteIndexed, pgx.NamedArgs{"readings": readings}).Scan(&texts); err != nil {
		return false, fmt.Errorf("note what is indexed: %w", err)
	}
	if err := copyLandmarks(ctx, tx, landmarksOf(terms, heard, texts), func(i int) (int64, pgtype.Date) { return rows[i].ID, rows[i].Published }); err != nil {
		return false, err
	}
	if bits.Len(uint(texts)) > bits.Len(uint(texts-len(rows))) { // twice as many as when they were last measured
		if err := measureTables(ctx, tx); err != nil {
			return false, err
		}
	}
	return len(rows) == IndexBatch || size >= batchBytes, nil
}

// IndexAhead is one [Index], of what has been stored so far by a run that still reads. It
// does nothing where somebody compares, who must not be kept waiting, or where another
// version of the program last did: what that left is forgotten by who compares, not by
// each who reads.
func IndexAhead(ctx context.Context, tx pgx.Tx, setting string) error {
	var free bool
	if err := tx.QueryRow(ctx, tryCompareLock).Scan(&free); err != nil || !free {
		return err
	}
	last, err := names(ctx, tx, "the last comparison", `SELECT version FROM comparison`, nil)
	if err == nil && len(last) == 0 {
		err = Prepare(ctx, tx, setting, false)
	}
	if err != nil || len(last) > 0 && last[0] != conflict.Version() {
		return err
	}
	_, err = Index(ctx, tx)
	return err
}

// measureTables has the database look how large the tables are, for it plans by that and
// may not look again in time by itself. It looks at few rows: sizes are what matters.
func measureTables(ctx context.Context, tx pgx.Tx) error {
	for _, sql := range []string{
		`SET LOCAL default_statistics_target = 10`,
		`ANALYZE term, landmark, document (id, address), version, reading (id, key), appearance (id, reading, claim), claim (id, hash)`,
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("measure the tables: %w", err)
		}
	}
	return nil
}

// placed is a landmark of a text, by the text's place.
type placed struct {
	conflict.Landmark
	of int
}

// landmarksOf picks the landmarks of texts by their terms.
func landmarksOf(terms [][]conflict.Term, heard map[int64]int32, texts int) []placed {
	of := make([][]conflict.Landmark, len(terms))
	sideBySide(len(terms), func() func(int) {
		return func(i int) {
			of[i] = slices.Clone(conflict.Landmarks(terms[i], func(key int64) int32 { return heard[key] }, texts)) // of all terms
		}
	})
	marks := make([]placed, 0, len(terms)*conflict.MostLandmarks)
	for i, all := range of {
		for _, m := range all {
			marks = append(marks, placed{m, i})
		}
	}
	return marks
}

// copyLandmarks stores landmarks, given which reading each text is, of which day.
func copyLandmarks(ctx context.Context, tx pgx.Tx, marks []placed, reading func(i int) (int64, pgtype.Date)) error {
	// In the order of their index, whose pages are then read and changed once each.
	slices.SortFunc(marks, func(a, b placed) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.of, b.of)) })
	return copyRows(ctx, tx, "store landmarks", insertLandmarks, len(marks), func(i int, rows *binaryRows) error {
		m := marks[i]
		id, day := reading(m.of)
		rows.row(4)
		rows.bigint(m.Key)
		if d := dayOf(day); d != 0 {
			rows.day(d)
		} else {
			rows.beforeAllDays()
		}
		rows.bigint(id)
		rows.flag(m.Name)
		return nil
	})
}

// sideBySide does something n times, on all processors. Each has a doer of its own.
func sideBySide(n int, doer func() func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			do := doer()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// countIn adds to how common some words are, and returns what they come to.
func countIn(ctx context.Context, tx pgx.Tx, count map[int64]int32) (map[int64]int32, error) {
	keys := make([]int64, 0, len(count))
	texts := make([]int32, 0, len(count))
	for key, n := range count {
		keys, texts = append(keys, key), append(texts, n)
	}
	return heardOf(ctx, tx, "count words", countTerms, pgx.NamedArgs{"keys": keys, "texts": texts})
}

// heardOf runs a query for words, by their keys, and in how many readings they stand.
func heardOf(ctx context.Context, tx pgx.Tx, what, sql string, args pgx.NamedArgs) (map[int64]int32, error) {
	rows, err := tx.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	heard := make(map[int64]int32)
	var key int64
	var texts int32
	_, err = pgx.ForEachRow(rows, []any{&key, &texts}, func() error {
		heard[key] = texts
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return heard, nil
}

// howCommon tells in how many readings words stand, by their keys.
func howCommon(ctx context.Context, tx pgx.Tx, keys []int64) ([]int32, error) {
	heard, err := heardOf(ctx, tx, "how common words are", selectTerms, pgx.NamedArgs{"keys": keys})
	if err != nil {
		return nil, err
	}
	out := make([]int32, len(keys))
	for i, key := range keys {
		out[i] = heard[key]
	}
	return out, nil
}
