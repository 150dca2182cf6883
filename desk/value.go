package desk

import (
	"encoding/json"
	"fmt"

	"crosscheck/claim"
)

// ValueKey names a value: equal for equal values, kept in the database, and the
// value's JSON as in the output of conflicts.
func ValueKey(v claim.Value) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v) // a value that was read can be told; this one cannot, and is like no other
	}
	return string(b)
}
