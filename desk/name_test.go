package desk_test

import (
	"errors"
	"strings"
	"testing"

	"crosscheck/desk"
)

func TestNamesOfAccounts(t *testing.T) {
	for name, good := range map[string]bool{
		"keller": true, "m.keller": true, "Zoë": true, "Zoe\u0308": true, "o_brien-2@desk.example": true, "7": true, "李": true,
		"": false, "-": false, ".keller": false, "m keller": false, "keller/": false, "keller\n": false, "<b>": false, "\xff": false,
		"a\u202eb": false, "Owner": false, "crosscheck": false, "nobody": false,
		strings.Repeat("k", 64): true, strings.Repeat("k", 65): false,
	} {
		err := desk.CheckName(name)
		var refused *desk.Refused
		if good != (err == nil) || err != nil && !errors.As(err, &refused) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
