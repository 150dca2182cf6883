package export

import (
	"strings"
	"testing"
)

func TestSheetDefusesFormulas(t *testing.T) {
	var b strings.Builder
	s, err := NewSheet(&b, "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{
		{"=1+1", "plain"}, {"+cmd|' /C calc'!A0", "-2+3"}, {"@SUM(A1)", "-12.5"}, {"\t=1", "a = b, \"c\""}, {"", "1e5"},
		{"＝1+1", "−3"},
	} {
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.End(); err != nil {
		t.Fatal(err)
	}
	want := "a,b\n'=1+1,plain\n'+cmd|' /C calc'!A0,'-2+3\n'@SUM(A1),-12.5\n'\t=1,\"a = b, \"\"c\"\"\"\n,1e5\n'＝1+1,−3\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
