package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
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
// documents each.
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
		var stored, copied spent
		for some := range slices.Chunk(files, together) {
			if err := compareStoring(ctx, s, some, &stored, &copied); err != nil {
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

// tables are those that a document is stored in, with the condition by which its
// rows are found again.
var tables = [][2]string{
	{"document", "id IN (SELECT document FROM version WHERE id = ANY(@versions))"},
	{"version", "id = ANY(@versions)"},
	{"content", "sha256 IN (SELECT sha256 FROM version WHERE id = ANY(@versions))"},
	{"reading", "id IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
	{"sentence", "reading IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
	{"claim", "first_seen = @now"},
	{"appearance", "reading IN (SELECT reading FROM version WHERE id = ANY(@versions))"},
}

// compareStoring stores some documents, and copies the rows that this made.
func compareStoring(ctx context.Context, s *store.Store, files []pipeline.File, stored, copied *spent) error {
	var arrivals []store.Arrival
	for _, f := range files {
		a, err := arrival(ctx, f)
		if err != nil {
			return err
		}
		arrivals = append(arrivals, a)
	}
	now := time.Now().Truncate(time.Microsecond)
	versions := make([]int64, len(arrivals))
	var server uint32
	var began spent
	err := s.Within(ctx, func(tx pgx.Tx) error {
		server = tx.Conn().PgConn().PID()
		began = until(server)
		saved, err := store.SaveDocuments(ctx, tx, arrivals, now)
		for i := range saved {
			versions[i] = saved[i].Version
		}
		return err
	})
	if err != nil {
		return err
	}
	stored.add(began, server)

	return s.Within(ctx, func(tx pgx.Tx) error {
		server := tx.Conn().PgConn().PID()
		for _, t := range tables {
			if _, err := tx.Exec(ctx, "CREATE TEMPORARY TABLE IF NOT EXISTS staging_"+t[0]+" (LIKE "+t[0]+" INCLUDING COMPRESSION) ON COMMIT DELETE ROWS"); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, "SELECT * FROM "+t[0]+" WHERE "+t[1], pgx.NamedArgs{"versions": versions, "now": now})
			if err != nil {
				return err
			}
			var names []string
			for _, f := range rows.FieldDescriptions() {
				names = append(names, f.Name)
			}
			all, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) ([]any, error) { return r.Values() })
			if err != nil {
				return err
			}
			began := until(server)
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{"staging_" + t[0]}, names, pgx.CopyFromRows(all)); err != nil {
				return err
			}
			copied.add(began, server)
			copied.rows += len(all)
		}
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
