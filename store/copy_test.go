package store

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crosscheck/store/storetest"
)

func TestCopyRows(t *testing.T) {
	conn := storetest.Connect(t, storetest.New(t))
	const statement = `COPY written (n, text) FROM STDIN (FORMAT binary)`
	wrong := errors.New("not that one")
	// Steps that write nothing, a little, and far more than is sent at once.
	lengths := []int{0, -1, 1, copyPart - 1, copyPart, 300_000, -1, -1, 70_000, 5}
	for _, c := range []struct {
		what    string
		lengths []int
		failing int // the step that fails; -1 for none
	}{{"none", nil, -1}, {"all", lengths, -1}, {"only empty steps", []int{-1, -1}, -1}, {"failing", lengths, 6}} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), `CREATE TABLE written (n integer, text text)`); err != nil {
			t.Fatal(err)
		}
		err = copyRows(t.Context(), tx, "write", statement, len(c.lengths), func(i int, rows *binaryRows) error {
			if i == c.failing {
				return wrong
			}
			if c.lengths[i] >= 0 {
				rows.row(2)
				rows.integer(i)
				rows.text(strings.Repeat("x", c.lengths[i]))
			}
			return nil
		})
		if c.failing >= 0 {
			if !errors.Is(err, wrong) {
				t.Errorf("%s: %v, want %v", c.what, err, wrong)
			}
		} else if err != nil {
			t.Errorf("%s: %v", c.what, err)
		} else {
			var many, bytes, wantMany, want int
			for _, n := range c.lengths {
				if n >= 0 {
					wantMany, want = wantMany+1, want+n
				}
			}
			if err := tx.QueryRow(t.Context(), `SELECT count(*), coalesce(sum(length(text)), 0) FROM written`).Scan(&many, &bytes); err != nil {
				t.Fatal(err)
			}
			if many != wantMany || bytes != want {
				t.Errorf("%s: %d rows of %d bytes, want %d of %d", c.what, many, bytes, wantMany, want)
			}
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// pgx does not wait for who reads the rows where the connection is lost.
func TestCopyRowsConnectionLost(t *testing.T) {
	url := storetest.New(t)
	conn, other := storetest.Connect(t, url), storetest.Connect(t, url)
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `CREATE TABLE written (text text)`); err != nil {
		t.Fatal(err)
	}
	var writing atomic.Bool
	err = copyRows(t.Context(), tx, "write", `COPY written (text) FROM STDIN (FORMAT binary)`, 10_000, func(i int, rows *binaryRows) error {
		writing.Store(true)
		defer writing.Store(false)
		if i == 20 {
			if _, err := other.Exec(t.Context(), `SELECT pg_terminate_backend($1)`, conn.PgConn().PID()); err != nil {
				return err
			}
			time.Sleep(300 * time.Millisecond) // for the loss to be noticed
		}
		rows.row(1)
		rows.text(strings.Repeat("x", copyPart))
		return nil
	})
	if err == nil || !conn.IsClosed() {
		t.Errorf("copied over a lost connection: %v", err)
	}
	if writing.Load() {
		t.Error("a step still writes after the copying has returned")
	}
}
