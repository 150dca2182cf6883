package main

import (
	"math"

	"github.com/spf13/cobra"
)

// tableRows is how many rows a table has where nobody said; other programs,
// which read the other formats, get all.
const tableRows = 200

// rowLimit is the flag that bounds a listing.
type rowLimit struct{ most uint }

// limitRowsFlag adds --limit to a command that lists what is stored.
func limitRowsFlag(cmd *cobra.Command) *rowLimit {
	l := &rowLimit{}
	cmd.Flags().UintVar(&l.most, "limit", 0, "at most so many; 0 is all, which a table shows only when asked for")
	return l
}

// listed is how many rows to show, and whether to say that there are more.
type listed struct {
	most int // 0 for all
	tell bool
}

func (l *rowLimit) rows(cmd *cobra.Command, format *choice) listed {
	if format.value == "table" && !cmd.Flags().Changed("limit") {
		return listed{tableRows, true}
	}
	return listed{int(min(l.most, math.MaxInt32)), false}
}

// query is how many rows to ask for: one more than are shown, where it is to
// be said that there are more.
func (l listed) query() int {
	if l.tell {
		return l.most + 1
	}
	return l.most
}

// cut leaves as many rows as are to be shown.
func cut[T any](c *console, rows []T, l listed) []T {
	if l.most == 0 || len(rows) <= l.most {
		return rows
	}
	if l.tell {
		c.tellf("crosscheck: the first %d are shown; --limit 0 shows all", l.most)
	}
	return rows[:l.most]
}
