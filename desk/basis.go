package desk

import (
	"crypto/sha256"
	"encoding/hex"

	"crosscheck/claim"
)

// Basis is what a verdict was given on. Only what is new against it opens the
// conflict again. It holds no words of documents: values and claims are hashes.
type Basis struct {
	Answers   []string        `json:"answers"`   // the positions' values
	Claims    []string        `json:"claims"`    // those that the positions stand on
	Origins   int             `json:"origins"`   // independent ones
	Documents map[int64]int64 `json:"documents"` // those that took part, by number, each with its version's
}

// Add adds a position: its value, and the IDs of the claims that it stands on.
func (b *Basis) Add(v claim.Value, claims [][32]byte) {
	b.Answers = append(b.Answers, hashed(v))
	for _, id := range claims {
		b.Claims = append(b.Claims, hex.EncodeToString(id[:]))
	}
}

// News reports whether a position was not there: neither its value nor any of
// the claims that it stands on. That claims known before are sorted into other
// positions is no news.
func (b *Basis) News(v claim.Value, claims [][32]byte) bool {
	value := hashed(v)
	for _, known := range b.Answers {
		if known == value {
			return false
		}
	}
	known := make(map[string]bool, len(b.Claims))
	for _, id := range b.Claims {
		known[id] = true
	}
	for _, id := range claims {
		if known[hex.EncodeToString(id[:])] {
			return false
		}
	}
	return true
}

func hashed(v claim.Value) string {
	sum := sha256.Sum256([]byte(ValueKey(v)))
	return hex.EncodeToString(sum[:])
}
