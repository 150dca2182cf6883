package conflict

import (
	"strings"
	"testing"
)

// Looking for all phrases in one pass finds what looking for each list does.
func TestHints(t *testing.T) {
	lists := map[hints][]string{tellsPassing: provisional, tellsBygone: bygone, tellsBackward: lookingBack, tellsDenying: denials}
	n := len(until)
	for _, list := range lists {
		n += len(list)
	}
	if n > mostTellers {
		t.Errorf("%d phrases, want %d at most", n, mostTellers)
	}
	sentences := []string{"", "No", "The knot was not tied.", "It was not a knot.", "so  far\tNOTHING", "Predecessor: 12, up from 9", "nowhere, never"}
	for _, list := range lists {
		for _, p := range list {
			sentences = append(sentences, p, "x"+p+" "+p, "Then "+strings.ToUpper(p)+", it says", p+"x", "é"+p)
		}
	}
	for _, p := range until {
		sentences = append(sentences, p, "x"+p, "Stand"+p+"noon", "Open—"+p+"late Monday", strings.ToUpper(p)+"\u00a0noon", p+"the weekend")
	}
	for _, s := range sentences {
		got := hintsOf(folded(s))
		if untilThen.MatchString(s) && got&holdsUntil == 0 {
			t.Errorf("%q is not looked at for a moment", s)
		}
		for tells, list := range lists {
			if want := saysAny(s, list); want != (got&tells != 0) {
				t.Errorf("%q tells %b: %t, want %t", s, tells, !want, want)
			}
		}
	}
}
