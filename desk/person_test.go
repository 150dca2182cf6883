package desk_test

import (
	"testing"

	"crosscheck/conflict"
	"crosscheck/desk"
)

func TestWhatRolesMay(t *testing.T) {
	order := []desk.Role{desk.Nobody, desk.Viewer, desk.Reviewer, desk.Admin}
	for i, r := range order {
		for j, o := range order {
			if got := r.May(o); got != (i >= j) {
				t.Errorf("%q may what %q may: %v", r, o, got)
			}
		}
	}
	if desk.Role("root").May(desk.Viewer) {
		t.Error("a role that there is not may read")
	}
}

func TestWhatVerdictsMakeOfAConflict(t *testing.T) {
	for _, test := range []struct {
		verdict desk.Verdict
		stands  bool
		want    conflict.Status
	}{
		{desk.Real, true, conflict.Resolved},
		{desk.Real, false, conflict.Confirmed},
		{desk.Superseded, false, conflict.Superseded},
		{desk.Same, false, conflict.Dismissed},
		{desk.Different, false, conflict.Dismissed},
		{desk.Misread, false, conflict.Dismissed},
		{desk.OutOfScope, false, conflict.Dismissed},
		{"", false, conflict.Open},
	} {
		if got := test.verdict.Status(test.stands); got != test.want {
			t.Errorf("%q: %s, want %s", test.verdict, got, test.want)
		}
	}
}
