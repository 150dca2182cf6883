package store

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"crosscheck/desk"
)

// bookmark is where a page of the queue ended. The next one is told what counted as
// new, so that no conflict is passed over while somebody reads.
type bookmark struct {
	fresh    time.Time // what is not older counts as new
	old      bool      // behind all that are new
	severity float64
	conflict int64
}

// severest is before all: no severity is more than 1.
var severest = bookmark{severity: 2}

// String is a bookmark as an address carries it.
func (b bookmark) String() string {
	old := 0
	if b.old {
		old = 1
	}
	return fmt.Sprintf("%x-%d-%x-%x", b.fresh.UnixMicro(), old, math.Float64bits(b.severity), b.conflict)
}

// readBookmark reads what String gave.
func readBookmark(s string) (bookmark, error) {
	wrong := &desk.Refused{Why: "this page of the queue is not to be found: begin at the first"}
	parts := strings.Split(s, "-")
	if len(s) > 100 || len(parts) != 4 || parts[1] != "0" && parts[1] != "1" {
		return bookmark{}, wrong
	}
	var n [4]uint64
	for i, part := range parts {
		var err error
		if n[i], err = strconv.ParseUint(part, 16, 64); err != nil {
			return bookmark{}, wrong
		}
	}
	b := bookmark{severity: math.Float64frombits(n[2]), old: n[1] == 1}
	if n[0] > 1<<53 || n[3] > math.MaxInt64 || !(b.severity >= 0 && b.severity <= 1) {
		return bookmark{}, wrong
	}
	b.fresh, b.conflict = time.UnixMicro(int64(n[0])), int64(n[3])
	return b, nil
}
