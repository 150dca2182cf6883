package label

import (
	"strings"
	"testing"
)

// The lanes that score adds in hold every sum: it is that of the weights one by one.
func TestScore(t *testing.T) {
	for name, table := range map[string]string{
		"learned":  Default().table,
		"least":    strings.Repeat("\x80", Rows*Labels),
		"greatest": strings.Repeat("\x7f", Rows*Labels),
	} {
		m := &Model{table: table}
		var r Reader
		r.Read([]Word{
			{Text: "The", Lower: "the", Tag: "DT"}, {Text: "University", Lower: "university", Tag: "NNP", Space: true}, {Text: "of", Lower: "of", Tag: "IN", Space: true},
			{Text: "Ghent", Lower: "ghent", Tag: "NNP", Space: true}, {Text: "hired", Lower: "hired", Tag: "VBD", Space: true}, {Text: "Ann", Lower: "ann", Tag: "NNP", Space: true},
		})
		for i := range r.Words {
			var got, want [Labels]int32
			m.score(&r, i, &got)
			rows, _ := r.Rows(i)
			for _, row := range rows {
				for k := range want {
					want[k] += int32(int8(table[int(row)*Labels+k]))
				}
			}
			if got != want {
				t.Errorf("%s weights, word %d, %d rows: %v, want %v", name, i, len(rows), got, want)
			}
		}
	}
}
