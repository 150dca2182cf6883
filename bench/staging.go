package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/pipeline"
	"crosscheck/store"
)

// together is how many documents are stored in one transaction, as a run stores files.
const together = 16

// staging holds the storing of documents against the copying of the same rows into
// temporary tables, which have neither indexes nor rules: the two take turns, some
// documents each. Of storing it counts a transaction from its begin to the end of its
// commit; of copying one from its begin to the last row, because at its end the tables
// are emptied. Getting the documents and the rows, and clearing away what that leaves in
// memory, counts on neither side.
func staging(ctx context.Context, o options) error {
	return o.prepared(ctx, func(dir, url string) error {
		dir = filepath.Join(dir, "corpus")
		if _, err := o.write(ctx, dir, o.sizes[0]); err != nil {
			return err
		}
		s, err := store.Open(ctx, url)
		if err != nil {
			return err
		}
		defer s.Close()
		files, failed := pipeline.Expand([]string{dir})
		if len(failed) > 0 {
			return fmt.Errorf("%s: %s", failed[0].Path, failed[0].Reason)
		}
		conn, err := s.Pool().Acquire(ctx) // whose own the temporary tables are
		if err != nil {
			return err
		}
		defer conn.Release()
		for _, t := range tables {
			if _, err := conn.Exec(ctx, "CREATE TEMPORARY TABLE staging_"+t.name+" (LIKE "+t.name+" INCLUDING COMPRESSION) ON COMMIT DELETE ROWS"); err != nil {
				return err
			}
		}
		var stored, copied spent
		for some := range slices.Chunk(files, together) {
			versions, now, err := storing(ctx, conn.Conn(), some, &stored)
			if err != nil {
				return err
			}
			if err := copying(ctx, conn.Conn(), versions, now, &copied); err != nil {
				return err
			}
		}
		fmt.Printf("%d documents, %d rows\n", len(files), copied.rows)
		for _, line := range []struct {
			what string
			spent
		}{{"stored:", stored}, {"staging copy:", copied}} {
			fmt.Printf("%-14s %8.0f rows a second; processor, ms/doc %6.2f + %6.2f\n", line.what,
				float64(copied.rows)/line.took.Seconds(), line.here.Seconds()*1000/float64(len(files)), line.there.Seconds()*1000/float64(len(files)))
		}
		fmt.Printf("ratio:         %8.2f;              of the processor's time %.2f\n", copied.took.Seconds()/stored.took.Seconds(),
			(copied.here+copied.there).Seconds()/(stored.here+stored.there).Seconds())
		return nil
	})
}

// spent is what some work took: of time, and of processors, here and in the database.
type spent struct {
	took, here, there time.Duration
	rows              int
}

// add adds what was spent since a moment.
func (s *spent) add(since spent, server uint32) {
	s.took += time.Duration(time.Now().UnixNano()) - since.took
	now := until(server)
	s.here += now.here - since.here
	s.there += now.there - since.there
}

// until is what has been spent until now, here and by a process of the database. The
// clock is read last, so that looking does not count.
func until(server uint32) spent {
	var own syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &own) // it knows this question
	s := spent{here: time.Duration(own.Utime.Nano() + own.Stime.Nano())}
	// In nanoseconds; nothing where the database runs on another machine.
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", server))
	_, _ = fmt.Sscan(string(stat), &s.there)
	s.took = time.Duration(time.Now().UnixNano())
	return s
}

// from begins to count, when what was left in memory before has been cleared away.
func from(conn *pgx.Conn) spent {
	runtime.GC()
	return until(conn.PgConn().PID())
}

// tables are those that a document is stored in, with the condition by which its
// rows are found again.
var tables = []struct{ name, rows string }{
	{"document", "id IN (SELECT document FROM version WHERE id = ANY(@versions))"},
	{"version", "id = ANY(@versions)"},
	{"content", "sha256 IN (SELECT sha256 FROM version WHERE id = ANY(@versions))"},
	{"reading", "id IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
	{"sentence", "reading IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
	{"claim", "first_seen = @now"},
	{"appearance", "reading IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
}

// storing stores some documents, and adds what it took.
func storing(ctx context.Context, conn *pgx.Conn, files []pipeline.File, took *spent) (versions []int64, now time.Time, err error) {
	var arrivals []store.Arrival
	for _, f := range files {
		a, err := arrival(ctx, f)
		if err != nil {
			return nil, now, err
		}
		arrivals = append(arrivals, a)
	}
	now = time.Now().Truncate(time.Microsecond)
	began := from(conn)
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		saved, err := store.SaveDocuments(ctx, tx, arrivals, now)
		for _, d := range saved {
			versions = append(versions, d.Version)
		}
		return err
	})
	took.add(began, conn.PgConn().PID())
	return versions, now, err
}

// copying copies the rows that storing documents made, and adds what it took.
func copying(ctx context.Context, conn *pgx.Conn, versions []int64, now time.Time, took *spent) error {
	columns, rows := make([][]string, len(tables)), make([][][]any, len(tables))
	for i, t := range tables {
		found, err := conn.Query(ctx, "SELECT * FROM "+t.name+" WHERE "+t.rows, pgx.NamedArgs{"versions": versions, "now": now})
		if err != nil {
			return err
		}
		for _, f := range found.FieldDescriptions() {
			columns[i] = append(columns[i], f.Name)
		}
		if rows[i], err = pgx.CollectRows(found, func(r pgx.CollectableRow) ([]any, error) { return r.Values() }); err != nil {
			return err
		}
		took.rows += len(rows[i])
	}
	began := from(conn)
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for i, t := range tables {
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{"staging_" + t.name}, columns[i], pgx.CopyFromRows(rows[i])); err != nil {
				return err
			}
		}
		took.add(began, conn.PgConn().PID())
		return nil
	})
}

// arrival reads a document, as a run does.
func arrival(ctx context.Context, f pipeline.File) (store.Arrival, error) {
	l, err := pipeline.Loader{}.Load(ctx, f)
	if err != nil {
		return store.Arrival{}, err
	}
	d := l.Document
	r := &store.Reading{
		Key: sha256.Sum256([]byte(l.Path)), Format: d.Format, Reader: d.Reader, Rules: "bench", Encoding: d.Encoding, Language: d.Language,
		Title: l.Title, Source: l.Source, Published: l.Published, HasText: true, Text: d.Text,
	}
	for _, s := range l.Reading.Sentences {
		r.Sentences = append(r.Sentences, store.Sentence{Span: s.Span, Role: s.Role})
	}
	r.Claims, _ = store.Fit(d.Text, l.Reading.Claims)
	return store.Arrival{
		Document: store.Document{Address: l.Path, Given: l.Path, Source: l.Source, Title: l.Title, Published: l.Published, Size: f.Size, Stamp: f.Stamp},
		Raw:      l.Raw, SHA256: sha256.Sum256(l.Raw), Reading: r,
	}, nil
}
