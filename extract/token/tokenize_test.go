package token

import (
	"strings"
	"testing"

	"crosscheck/document"
	"crosscheck/extract/golden"
)

// whole tokenizes and tags all of a text.
func whole(text string) []Token {
	tokens := Tokenize(text, document.Span{End: len(text)}, nil, nil)
	Tag(tokens)
	return tokens
}

// show writes tokens with their tags; "~" stands where no space does.
func show(tokens []Token) string {
	var b strings.Builder
	for i, t := range tokens {
		switch {
		case t.Space:
			b.WriteByte(' ')
		case i > 0:
			b.WriteString(" ~")
		}
		b.WriteString(t.Text + "/" + t.Tag)
	}
	return b.String()
}

// TestTokens holds tokens and tags to testdata/*.txt. In each archive a file
// holds lines of text, each followed by its tokens after "= ".
func TestTokens(t *testing.T) {
	golden.Each(t, func(_ *testing.T, _, data string) string {
		var got strings.Builder
		for line := range strings.Lines(data) {
			if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "= ") {
				got.WriteString(line + "\n= " + show(whole(line)) + "\n")
			}
		}
		return got.String()
	})
}

func TestMarkupIsSpace(t *testing.T) {
	text := "- **$3.8 billion** a [year](http://a.example/x)"
	skip := []document.Span{{Start: 0, End: 2}, {Start: 2, End: 4}, {Start: 16, End: 18}, {Start: 21, End: 22}, {Start: 26, End: len(text)}}
	tokens := Tokenize(text, document.Span{End: len(text)}, skip, nil)
	Tag(tokens)
	if got, want := show(tokens), " $/$ ~3.8/CD billion/CD a/DT year/NN"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLower(t *testing.T) {
	for _, c := range []struct{ text, token, lower string }{
		{"The Café’s TERMS", "Café", "café"},
		{"The Café’s TERMS", "’s", "'s"},
		{"The Café’s TERMS", "TERMS", "terms"},
		{"O’Brien", "O’Brien", "o'brien"},
		{"DON’T", "N’T", "n't"},
		{"İstanbul’s MAYOR", "MAYOR", "mayor"}, // İ takes three bytes in lower case
		{"ȺȺȺȺ's X", "X", "x"},
	} {
		found := false
		for _, tok := range whole(c.text) {
			if tok.Text == c.token {
				found = true
				if tok.Lower != c.lower {
					t.Errorf("%q in %q: lower %q, want %q", c.token, c.text, tok.Lower, c.lower)
				}
			}
		}
		if !found {
			t.Errorf("%q: no token %q", c.text, c.token)
		}
	}
}

// wellFormed checks what every caller builds on.
func wellFormed(t *testing.T, text string, span document.Span, skip []document.Span, tokens []Token) {
	t.Helper()
	at := span.Start
	for i, tok := range tokens {
		switch {
		case tok.Start < at || tok.End <= tok.Start || tok.End > span.End:
			t.Fatalf("token %d %v out of place after %d, span %v", i, tok.Span, at, span)
		case tok.Text != text[tok.Start:tok.End]:
			t.Fatalf("token %d is %q, the text has %q", i, tok.Text, text[tok.Start:tok.End])
		case tok.Lower == "" || tok.Tag == "":
			t.Fatalf("token %d %q: lower %q, tag %q", i, tok.Text, tok.Lower, tok.Tag)
		case i > 0 && !tok.Space && tok.Start != at:
			t.Fatalf("token %d %q: a gap before it, and no Space", i, tok.Text)
		}
		for _, m := range skip {
			if m.Overlaps(tok.Span) {
				t.Fatalf("token %d %q overlaps markup %v", i, tok.Text, m)
			}
		}
		at = tok.End
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{
		"Israel's $3.8bn", "ȺȺȺȺ's", "'s's", "U.S.-led", "10-12", "a@b.c", "http://x", "½ °C’90s", "\xff\xfe.", "No.5 I. A.B.c", "n't N’T", "www.\"", "é́-é",
	} {
		f.Add(s, uint8(0), uint8(3), uint8(5))
	}
	f.Fuzz(func(t *testing.T, text string, from, skipFrom, skipLen uint8) {
		span := document.Span{Start: min(int(from), len(text)), End: len(text)}
		var skip []document.Span
		if start := span.Start + int(skipFrom); start < len(text) {
			skip = append(skip, document.Span{Start: start, End: min(start+int(skipLen), len(text))})
		}
		tokens := Tokenize(text, span, skip, nil)
		Tag(tokens)
		wellFormed(t, text, span, skip, tokens)
		covered := 0
		for _, tok := range tokens {
			covered += tok.Len()
		}
		if len(skip) == 0 && covered < len(strings.Join(strings.Fields(strings.Map(dropZeroWidth, text[span.Start:])), "")) {
			t.Fatal("a byte that is no space is in no token")
		}
	})
}

func dropZeroWidth(r rune) rune {
	if isSpace(r) {
		return ' '
	}
	if r == '\ufffd' { // an invalid byte would grow here
		return '?'
	}
	return r
}
