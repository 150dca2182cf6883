package conflict

import (
	"testing"

	"crosscheck/claim"
)

// TestGiveCoins holds that a coin of no country is that of the other texts, and
// of none where they have several.
func TestGiveCoins(t *testing.T) {
	for _, c := range []struct {
		units string
		want  string
	}{
		{"NOK", "NOK"}, {"USD", noCurrency}, {"SEK", "SEK"}, {"m", noCurrency}, {noCurrency, noCurrency},
	} {
		open := &answer{Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: noCurrency}}}}
		giveCoins([]*answer{open, {Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: c.units}}}}, {}})
		if got := open.Value.Quantity.Unit; got != c.want {
			t.Errorf("beside %s: got %s, want %s", c.units, got, c.want)
		}
	}
	open := &answer{Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: noCurrency}}}}
	giveCoins([]*answer{{Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: "NOK"}}}}, open,
		{Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: "SEK"}}}}})
	if got := open.Value.Quantity.Unit; got != noCurrency {
		t.Errorf("beside two: got %s", got)
	}
}
