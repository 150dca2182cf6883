package quantity

import (
	"testing"

	"crosscheck/claim"
)

// TestUnitCodes holds that every unit that can be read can be converted, and
// every currency is one.
func TestUnitCodes(t *testing.T) {
	codes := map[string]string{}
	for name, code := range unitNames {
		codes[code] = name
	}
	for name, code := range unitSymbols {
		codes[code] = name
	}
	for name, u := range times {
		codes[u.code] = name
	}
	for code, name := range codes {
		if d := claim.Dimension(code); d == "count" || d == "money" || d == "" {
			t.Errorf("%s is read as %q, which is %q", name, code, d)
		}
	}
	for code := range isoCodes.All() {
		if !claim.IsCurrency(code) {
			t.Errorf("%s is no currency", code)
		}
	}
	for name, list := range nations {
		for i := 1; i < len(list); i += 2 {
			if !isoCodes.Has(list[i]) && !claim.IsCurrency(list[i]) {
				t.Errorf("%s has %s", name, list[i])
			}
		}
	}
}
