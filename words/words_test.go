package words_test

import (
	"fmt"
	"strings"
	"testing"

	"crosscheck/words"
)

// A Map says what a Go map says, of words that it has and of others.
func TestMap(t *testing.T) {
	values := map[string]int{}
	for i := range 3000 {
		values[strings.Repeat("é", i%5)+fmt.Sprint(i)] = i + 1
		values[fmt.Sprint(i)+strings.Repeat("-long", i%7)] = i + 1
	}
	m := words.NewMap(values)
	if m.Len() != len(values) {
		t.Errorf("%d words, want %d", m.Len(), len(values))
	}
	asked := []string{"", "a", "ab", "the", "house", "houses-long", "0-long-long"}
	for word := range values {
		asked = append(asked, word, word+"x", word[1:], strings.ToUpper(word))
	}
	for _, word := range asked {
		if got := m.Get(word); got != values[word] {
			t.Errorf("%q: %d, want %d", word, got, values[word])
		}
	}
}

func TestEmpty(t *testing.T) {
	var zero words.Map[bool]
	if zero.Get("a") || zero.Len() != 0 || words.NewSet("").Has("") {
		t.Error("an empty list has a word")
	}
}

func TestSet(t *testing.T) {
	s := words.NewSet(" of the\n of Parliament ")
	if s.Len() != 3 || !s.Has("of") || !s.Has("the") || !s.Has("Parliament") || s.Has("parliament") || s.Has("") || s.Has("o") {
		t.Error("the set is not of, the and Parliament")
	}
}

// Words that differ only where no one looks share a place, and are told apart.
func TestSameMark(t *testing.T) {
	s := words.NewSet("12345678-a-12345678 12345678-b-12345678 12345678-c-12345678")
	if !s.Has("12345678-a-12345678") || !s.Has("12345678-c-12345678") || s.Has("12345678-d-12345678") {
		t.Error("words with equal ends are taken for one another")
	}
}

func BenchmarkHas(b *testing.B) {
	list := "of the and for in on to at a with from by upon against de la le les del della di da do dos das du des van von der den zu zur"
	asked := strings.Fields("The ministry said on Monday that 34 fishing boats had been repaired in the old harbour before winter came")
	set, plain := words.NewSet(list), map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		plain[word] = true
	}
	n := 0
	b.Run("set", func(b *testing.B) {
		for b.Loop() {
			for _, w := range asked {
				if set.Has(w) {
					n++
				}
			}
		}
	})
	b.Run("map", func(b *testing.B) {
		for b.Loop() {
			for _, w := range asked {
				if plain[w] {
					n++
				}
			}
		}
	})
}
