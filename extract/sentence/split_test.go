package sentence

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"crosscheck/document"
	"crosscheck/extract/golden"
	"crosscheck/extract/token"
)

// paragraphs makes a document whose blocks are paragraphs parted by empty
// lines. A block that begins with "# " or "- " is a heading or a list item, one
// with "| " a table row, one with "--- " front matter, one with "~ " furniture.
func paragraphs(text string) *document.Document {
	d := &document.Document{Format: "text", Text: text}
	at := 0
	for part := range strings.SplitSeq(text, "\n\n") {
		start, end := at, at+len(part)
		at = end + len("\n\n")
		for start < end && strings.IndexByte(" \r\n", text[start]) >= 0 {
			start++
		}
		for end > start && strings.IndexByte(" \r\n", text[end-1]) >= 0 {
			end--
		}
		if start < end {
			d.Blocks = append(d.Blocks, block(text, start, end))
		}
	}
	return d
}

func block(text string, start, end int) document.Block {
	b := document.Block{Span: document.Span{Start: start, End: end}, Role: document.Paragraph, Parent: -1, Header: -1}
	for prefix, role := range map[string]document.Role{"# ": document.Heading, "- ": document.ListItem, "~ ": document.Furniture, "--- ": document.FrontMatter} {
		if strings.HasPrefix(text[start:end], prefix) {
			b.Role = role
			b.Markup = append(b.Markup, document.Span{Start: start, End: start + len(prefix)})
		}
	}
	if strings.HasPrefix(text[start:end], "| ") {
		b.Role = document.TableRow
		at := start + 2
		for cell := range strings.SplitSeq(text[at:end], " | ") {
			b.Cells = append(b.Cells, document.Span{Start: at, End: at + len(cell)})
			at += len(cell) + 3
		}
	}
	return b
}

func split(t testing.TB, d *document.Document) []token.Sentence {
	t.Helper()
	sentences, err := Split(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return sentences
}

func TestListNumbersAreNoTokens(t *testing.T) {
	text := "2. Bread 3. Milk"
	d := paragraphs(text)
	d.Blocks[0].Role, d.Blocks[0].Markup = document.ListItem, []document.Span{{Start: 0, End: 3}}
	got := split(t, d)
	if len(got) != 2 || got[0].Of(text) != "2. Bread" || got[0].Tokens[0].Text != "Bread" || got[1].Tokens[0].Text != "Milk" {
		t.Errorf("got %+v", got)
	}
}

// TestSplit holds sentences to testdata/*.txt. In each archive a file is a
// text; the file NAME.want after it has its sentences, one a line, with what
// stands out: the role, the cell, line ends as "⏎".
func TestSplit(t *testing.T) {
	golden.Check(t, func(t *testing.T, files []txtar.File) []txtar.File {
		var out []txtar.File
		for _, f := range files {
			if !strings.HasSuffix(f.Name, ".want") {
				out = append(out, f, txtar.File{Name: f.Name + ".want", Data: []byte(show(paragraphs(string(f.Data)), t))})
			}
		}
		return out
	})
}

func show(d *document.Document, t *testing.T) string {
	var b strings.Builder
	for _, s := range split(t, d) {
		if s.Role != document.Paragraph {
			fmt.Fprintf(&b, "[%s] ", s.Role)
		}
		if s.Cell >= 0 {
			fmt.Fprintf(&b, "[%d] ", s.Cell)
		}
		b.WriteString(strings.NewReplacer("\r\n", "⏎", "\n", "⏎").Replace(s.Of(d.Text)) + "\n")
	}
	return b.String()
}

func TestHardWrappedWithCarriageReturns(t *testing.T) {
	text := "The hall opened in\r\nMay of that\r\nyear. It closed\r\nin June.\r\n"
	got := split(t, paragraphs(text))
	if len(got) != 2 || got[1].Of(text) != "It closed\r\nin June." {
		t.Errorf("got %d sentences, the last %q", len(got), got[len(got)-1].Of(text))
	}
}

func TestLastStopOfALetter(t *testing.T) {
	text := "It is rich in Xylol C. They sell it."
	first := split(t, paragraphs(text))[0]
	n := len(first.Tokens)
	if first.Of(text) != "It is rich in Xylol C." || first.Tokens[n-2].Text != "C" || first.Tokens[n-1].Text != "." {
		t.Errorf("%q ends in %+v", first.Of(text), first.Tokens[n-2:])
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Split(ctx, paragraphs("One. Two.")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// sound checks what every caller builds on.
func sound(t *testing.T, d *document.Document, sentences []token.Sentence) {
	t.Helper()
	at := 0
	for i, s := range sentences {
		if s.Start < at || s.End <= s.Start || s.End > len(d.Text) || len(s.Tokens) == 0 {
			t.Fatalf("sentence %d %v is out of place after %d", i, s.Span, at)
		}
		if s.Tokens[0].Start < s.Start || s.Tokens[len(s.Tokens)-1].End != s.End {
			t.Fatalf("sentence %d %v begins or ends elsewhere than its tokens", i, s.Span)
		}
		if b := d.Blocks[s.Block]; !b.Contains(document.Span{Start: s.Start, End: s.Start}) || b.Role != s.Role {
			t.Fatalf("sentence %d %v does not begin in its block %v", i, s.Span, b.Span)
		}
		for _, tok := range s.Tokens {
			if tok.Start < at || tok.End <= tok.Start || tok.Text != d.Text[tok.Start:tok.End] || tok.Tag == "" {
				t.Fatalf("sentence %d: token %+v is out of place after %d", i, tok, at)
			}
			at = tok.End
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"Hello. World", "at 5 p.m. Mr. Lee left.\n\nhe said", "1. a 2. b", "\"A.\" b", "U.S.\n\nand so on", ". . . . A", "• x • y", "a\nb\nc", "| a | b. c\n\n# x. Y", "A. B. C.", "(x) -- Y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := paragraphs(text)
		sound(t, d, split(t, d))
	})
}
