package review

import "testing"

func TestEveryPageIsATemplate(t *testing.T) {
	all, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range all {
		if page.Lookup("main") == nil {
			t.Errorf("%s.html says nothing: it defines no main", name)
		}
	}
}

func TestNothingUnseenIsLeftInText(t *testing.T) {
	for in, want := range map[string]string{
		"plain words, naïve – “quoted” 日本": "plain words, naïve – “quoted” 日本",
		"user\u202egnp.exe":                "user⟨U+202E⟩gnp.exe",
		"a\x1b[31mred\x00":                 "a␛[31mred␀",
		"two\nlines\t":                     "two\nlines\t",
		"zero\u200bwidth\ufeff":            "zero⟨U+200B⟩width⟨U+FEFF⟩",
		"نص\u2067":                         "نص⟨U+2067⟩",
		"\u0085\u2028":                     "⟨U+0085⟩⟨U+2028⟩",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
	if got := short("  one \n two  three", 7); got != "one two…" {
		t.Errorf("short: %q", got)
	}
}

func TestNoAddressLeadsElsewhere(t *testing.T) {
	for in, want := range map[string]string{
		"/conflicts/7?in=a": "/conflicts/7?in=a", "": "/", "https://evil.test/": "/", "//evil.test": "/", `/\evil.test`: "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: b": "/",
	} {
		if got := within(in); got != want {
			t.Errorf("within(%q) = %q, want %q", in, got, want)
		}
	}
}
