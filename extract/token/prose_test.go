package token

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"
)

// TestTagsEqualProse holds our tags to those of the program whose weights we
// use, on this project's own text and on samples beside it where there are any.
func TestTagsEqualProse(t *testing.T) {
	loaded, err := prose.NewDocument("x")
	if err != nil {
		t.Fatal(err)
	}
	tagged := func(line string) []prose.Token {
		doc, err := prose.NewDocument(line, prose.UsingModel(loaded.Model), prose.WithSegmentation(false), prose.WithExtraction(false))
		if err != nil {
			t.Fatal(err)
		}
		return doc.Tokens()
	}
	// Of two tags with equal weights prose takes now the one, now the other: it
	// adds them up in the order of a map.
	undecided := func(line string, i int, ours string) bool {
		for range 20 {
			if tagged(line)[i].Tag == ours {
				return true
			}
		}
		return false
	}
	var sentences, words int
	for _, line := range corpus(t) {
		theirs := tagged(line)
		if len(theirs) == 0 || taggedByOurRules(theirs) {
			continue
		}
		ours := make([]Token, len(theirs))
		seen := map[string]int{}
		for i, tok := range theirs {
			ours[i] = Token{Text: tok.Text, Lower: strings.ToLower(tok.Text), Space: true}
			seen[tok.Text]++
		}
		Tag(ours)
		sentences++
		for i, tok := range theirs {
			if seen[tok.Text] > 1 {
				continue // prose shares one token among repeats: the last tag wins
			}
			words++
			if ours[i].Tag != tok.Tag && !undecided(line, i, ours[i].Tag) {
				t.Errorf("%q: %s, prose says %s, in %q", tok.Text, ours[i].Tag, tok.Tag, line)
			}
		}
	}
	t.Logf("%d words in %d sentences have prose's tags", words, sentences)
	if sentences < 200 {
		t.Errorf("only %d sentences were compared", sentences)
	}
}

// taggedByOurRules holds for a sentence with a token on which we differ on
// purpose, as the comment of [Tag] says: tags lean on the tags before.
func taggedByOurRules(tokens []prose.Token) bool {
	for _, tok := range tokens {
		text := tok.Text
		if text == "0" || len(text) > 1 && text[0] == '.' || isDigit(text[0]) && strings.IndexByte(text, '.') > 0 || isAddress(text) {
			return true
		}
		if isMark(text) && !strings.Contains(" , . ; : ? ! ( ) -- ... $ % & ", " "+text+" ") {
			return true
		}
		if len(text) > 3 && strings.Contains(text[1:len(text)-1], ".") {
			return true // prose takes much with a stop inside for a web address
		}
		if strings.ContainsAny(text, "‘’“”—–…½") {
			return true
		}
	}
	return false
}

// corpus is English sentences, roughly cut: comments of this project's Go
// files, its documents, and sample texts.
func corpus(t testing.TB) []string {
	t.Helper()
	var lines []string
	for _, pattern := range []string{"../../*/*.go", "../../*/*/*.go", "../../*.md", "../../seeds/*", "../../../shared/seeds/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Logf("no %s", pattern)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			text := string(b)
			if strings.HasSuffix(file, ".go") {
				text = comments(text)
			}
			for _, part := range strings.SplitAfter(strings.ReplaceAll(text, "\n\n", ". "), ". ") {
				if n := len(part); n > 20 && n < 600 {
					lines = append(lines, strings.Join(strings.Fields(part), " "))
				}
			}
		}
	}
	return lines
}

func comments(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "// "); ok {
			b.WriteString(text + "\n")
		} else {
			b.WriteString("\n")
		}
	}
	return b.String()
}
