package desk

import (
	"encoding/json"
	"fmt"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
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

// AnswerKey names an answer to a question of some kind: its value, and where the
// question is whether something is so, the polarity of the first of its claims.
// The values of yes and no are the same.
func AnswerKey(kind conflict.Kind, v claim.Value, p claim.Polarity) string {
	key := ValueKey(v)
	if before, object := strings.CutSuffix(key, "}"); object && kind == conflict.Negation && p == claim.Negated {
		return before + `,"negated":true}`
	}
	return key
}
