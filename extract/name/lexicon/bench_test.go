package lexicon_test

import (
	"testing"

	"crosscheck/extract/name/lexicon"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		lexicon.Load()
	}
}
