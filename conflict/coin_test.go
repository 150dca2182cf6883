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
		{"NOK", "NOK"}, {"USD", claim.NoCurrency}, {"SEK", "SEK"}, {"m", claim.NoCurrency}, {claim.NoCurrency, claim.NoCurrency},
	} {
		open := inCoin(claim.NoCurrency, "7 million crowns")
		giveCoins([]*answer{open, inCoin(c.units, "7 million"), {}})
		if got := open.Value.Quantity.Unit; got != c.want {
			t.Errorf("beside %s: got %s, want %s", c.units, got, c.want)
		}
	}
	open := inCoin(claim.NoCurrency, "7 million crowns")
	giveCoins([]*answer{inCoin("NOK", "7 million"), open, inCoin("SEK", "7 million")})
	if got := open.Value.Quantity.Unit; got != claim.NoCurrency {
		t.Errorf("beside two: got %s", got)
	}
}

// inCoin is a sum in a currency, as it is quoted.
func inCoin(unit, quote string) *answer {
	return &answer{Claim: claim.Claim{Value: claim.Value{Quantity: &claim.Quantity{Unit: unit}}}, appearances: []claim.Appearance{{Quote: quote}}}
}

// TestNameCoins holds that what only says "pesos" is in the pesos of most texts,
// and that what names the country is left alone.
func TestNameCoins(t *testing.T) {
	guessed, named := inCoin("CUP", "two million pesos"), inCoin("CUP", "two million Cuban pesos")
	giveCoins([]*answer{inCoin("COP", "2,000,000 pesos"), guessed, named, inCoin("COP", "80,000 pesos"), {}})
	if got := guessed.Value.Quantity.Unit; got != "COP" {
		t.Errorf("pesos: got %s", got)
	}
	if got := named.Value.Quantity.Unit; got != "CUP" {
		t.Errorf("Cuban pesos: got %s", got)
	}
}
