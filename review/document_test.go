package review

import (
	"strings"
	"testing"

	"crosscheck/desk"
	"crosscheck/document"
)

func TestPiecesAreTheWholeText(t *testing.T) {
	const text = "In 2024 it sold 3% for $2 billion."
	mark := func(id int64, from, to int) desk.Mark {
		return desk.Mark{Span: document.Span{Start: from, End: to}, Appearance: id, ClaimID: "c", Says: "says"}
	}
	for name, marks := range map[string][]desk.Mark{
		"none":        nil,
		"apart":       {mark(1, 3, 7), mark(2, 16, 18)},
		"one in two":  {mark(1, 3, 18), mark(2, 16, 18)},
		"same start":  {mark(1, 3, 7), mark(2, 3, 18)},
		"crossing":    {mark(1, 3, 16), mark(2, 8, 33)},
		"touching":    {mark(1, 3, 7), mark(2, 7, 10)},
		"at the ends": {mark(1, 0, 2), mark(2, 33, len(text))},
		"all of it":   {mark(1, 0, len(text))},
		"outside":     {mark(1, 3, 700), mark(2, 900, 950), mark(3, 5, 5)},
	} {
		var b strings.Builder
		marked, within := 0, 0
		for _, p := range pieces(text, marks) {
			b.WriteString(p.Text)
			marked += len(p.Marks)
			if p.Says != "" {
				within += len(p.Text)
			}
		}
		if b.String() != text {
			t.Errorf("%s: %q", name, b.String())
		}
		covered := make([]bool, len(text))
		want := 0
		for _, m := range marks {
			if m.End <= m.Start || m.End > len(text) {
				continue
			}
			want++
			for i := m.Start; i < m.End; i++ {
				covered[i] = true
			}
		}
		n := 0
		for _, c := range covered {
			if c {
				n++
			}
		}
		if marked != want || within != n {
			t.Errorf("%s: %d marks of %d, %d bytes of %d within claims", name, marked, want, within, n)
		}
	}
}

func TestManyMarksTakeLinearTime(_ *testing.T) {
	text := strings.Repeat("12 ", 300_000)
	var marks []desk.Mark
	for i := range 20_000 {
		marks = append(marks, desk.Mark{Span: document.Span{Start: 3 * i, End: len(text)}, Appearance: int64(i), Says: "says"})
	}
	pieces(text, marks) // a second where every mark looks at every other
}
