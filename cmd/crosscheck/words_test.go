package main

import (
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain words":         "plain words",
		"  two\n\tlines \r\n": "two lines",
		"a\x1b[31mred":        `a\u001b[31mred`,
		"bell\a and \x9b31m":  `bell\u0007 and ` + "\uFFFD" + "31m",
		"\u009b31m":           `\u009b31m`,
		"user\u202egnp.exe":   `user\u202egnp.exe`,
		"naïve – “quoted” 日本 👩\u200d🔬": "naïve – “quoted” 日本 👩\u200d🔬",
		"":  "",
		" ": "",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	for _, c := range []struct {
		n     int
		thing string
		want  string
	}{
		{0, "document", "0 documents"}, {1, "document", "1 document"},
		{12345, "claim", "12,345 claims"}, {2, "copy", "2 copies"}, {1, "copy", "1 copy"},
	} {
		if got := counted(c.n, c.thing); got != c.want {
			t.Errorf("counted(%d, %q) = %q, want %q", c.n, c.thing, got, c.want)
		}
	}
}

func TestEndsOfStrings(t *testing.T) {
	if got := firstRunes("äöü", 2); got != "äö" {
		t.Errorf("firstRunes = %q", got)
	}
	if got := lastRunes("äöü", 2); got != "öü" {
		t.Errorf("lastRunes = %q", got)
	}
	if got := lastRunes("ä", 5) + firstRunes("ü", 5); got != "äü" {
		t.Errorf("short strings: %q", got)
	}
	// A record may hold what is no UTF-8; nothing may be lost or looped over.
	if got := lastRunes(strings.Repeat("\xff", 10), 3); got != "\xff\xff\xff" {
		t.Errorf("invalid bytes: %q", got)
	}
}
