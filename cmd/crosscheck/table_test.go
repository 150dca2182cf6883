package main

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

var plain = func(s string) string { return s }

func TestTableFitsItsWidth(t *testing.T) {
	columns := []column{{"kind", 6}, {"quote", 12}, {"subject", 10}, {"attribute", 10}, {"value", 12}, {"where", 9}}
	long := strings.Repeat("a long run of words ", 50)
	rows := [][]string{
		{"number", "$3.8 billion", "United States", "military aid", "3.8 billion USD per year", "line 12"},
		{"number", long, long, "x", strings.Repeat("日本", 100), "bytes 1200-1300"},
		{"entity", strings.Repeat("unbroken", 1000), "", "", "\x1b]0;title\a", "line 1"},
	}
	for _, width := range []int{40, 80, 100, 200} {
		out := layOut(columns, rows, width, plain)
		for _, line := range strings.Split(out, "\n") {
			if w := text.StringWidth(line); w > width {
				t.Errorf("width %d: a line of %d: %q", width, w, line)
			}
		}
		if strings.ContainsAny(out, "\x1b\a") {
			t.Errorf("width %d: control characters in the table", width)
		}
		if !strings.Contains(out, "…") {
			t.Errorf("width %d: a cell of a thousand words was not shortened", width)
		}
	}
}

func TestTableKeepsShortCellsWhole(t *testing.T) {
	got := layOut([]column{{"rule", 4}, {"version", 7}}, [][]string{{"money/rate", "3"}, {"date/iso", "1"}}, 80, plain)
	want := "rule        version\nmoney/rate  3\ndate/iso    1"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFit(t *testing.T) {
	columns := []column{{"a", 5}, {"b", 5}, {"c", 5}}
	for _, c := range []struct {
		natural []int
		room    int
		want    []int
	}{
		{[]int{5, 6, 7}, 20, []int{5, 6, 7}},
		{[]int{5, 40, 40}, 25, []int{5, 10, 10}},
		{[]int{5, 6, 100}, 25, []int{5, 6, 14}},
		{[]int{9, 9, 9}, 12, []int{4, 4, 4}},
		{[]int{9, 2, 9}, 3, []int{3, 2, 3}},
	} {
		got := fit(c.natural, columns, c.room)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("fit(%v, %d) = %v, want %v", c.natural, c.room, got, c.want)
				break
			}
		}
	}
}
