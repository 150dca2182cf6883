package store

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/jackc/pgx/v5"
)

// The head of a COPY: its signature, no flags, nothing more; and its end.
const (
	copyHead = "PGCOPY\n\xff\r\n\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"
	copyEnd  = "\xff\xff"
)

// copyPart is how many bytes of rows are written before they are sent. The server
// takes them in while the next are written.
const copyPart = 16 << 10

// copyRows copies rows into a table: a statement "COPY table (columns) FROM STDIN
// (FORMAT binary)". They are written in n steps, each of which adds any number of rows;
// a step may run in another goroutine, but none when copyRows has returned.
func copyRows(ctx context.Context, tx pgx.Tx, what, statement string, n int, write func(step int, rows *binaryRows) error) error {
	c := &copying{rows: binaryRows{out: []byte(copyHead)}, steps: n, write: write}
	_, err := tx.Conn().PgConn().CopyFrom(ctx, c, statement)
	if failed := c.close(); failed != nil {
		err = failed // which the server only repeats
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// copying is rows that are read as they are written. Who reads them may go on for a
// moment when the copying has ended, as where the connection was lost: pgx leaves its
// goroutine behind then. Hence the lock.
type copying struct {
	mu     sync.Mutex
	closed bool

	rows        binaryRows
	sent        int // how many bytes of the rows have been read
	step, steps int
	write       func(step int, rows *binaryRows) error
	ended       bool
	failed      error
}

// Read writes rows where none are left, and reads of them.
func (c *copying) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, io.ErrClosedPipe
	}
	if c.sent == len(c.rows.out) {
		c.rows.out, c.sent = c.rows.out[:0], 0
	}
	if c.sent == 0 && c.failed == nil {
		c.failed = c.fill()
	}
	if c.failed != nil {
		return 0, c.failed
	}
	n := copy(p, c.rows.out[c.sent:])
	if c.sent += n; n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// close waits for a step that still writes, lets none begin, and returns what failed in
// the steps, if anything did.
func (c *copying) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	return c.failed
}

// fill writes the next part, and the end behind the last.
func (c *copying) fill() error {
	for ; c.step < c.steps && len(c.rows.out) < copyPart; c.step++ {
		if err := c.write(c.step, &c.rows); err != nil {
			return err
		}
	}
	if c.step == c.steps && !c.ended {
		c.rows.out = append(c.rows.out, copyEnd...)
		c.ended = true
	}
	return nil
}
