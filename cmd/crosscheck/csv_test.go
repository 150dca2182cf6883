package main

import (
	"strings"
	"testing"
)

func TestSheetDefusesFormulas(t *testing.T) {
	var b strings.Builder
	s, err := newSheet(&b, "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{
		{"=1+1", "plain"}, {"+cmd|' /C calc'!A0", "-2+3"}, {"@SUM(A1)", "-12.5"}, {"\t=1", "a = b, \"c\""}, {"", "1e5"},
	} {
		if err := s.row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	want := "a,b\n'=1+1,plain\n'+cmd|' /C calc'!A0,'-2+3\n'@SUM(A1),-12.5\n'\t=1,\"a = b, \"\"c\"\"\"\n,1e5\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
