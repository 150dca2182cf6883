package name_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/golden"
	"crosscheck/extract/name"
	"crosscheck/extract/token"
)

// sentencesOf takes each line of a text for a sentence.
func sentencesOf(text string) []token.Sentence {
	var sentences []token.Sentence
	at := 0
	for line := range strings.Lines(text) {
		span := document.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}
		at += len(line)
		tokens := token.Tokenize(text, span, nil, nil)
		token.Tag(tokens)
		if len(tokens) > 0 {
			sentences = append(sentences, token.Sentence{Span: span, Tokens: tokens, Role: document.Paragraph, Cell: -1})
		}
	}
	return sentences
}

func find(text string) []claim.Mention {
	d := &document.Document{Text: text}
	var all []claim.Mention
	for _, mentions := range name.Find(d, sentencesOf(text)) {
		all = append(all, mentions...)
	}
	return all
}

// A case in testdata is a file with a text, each line a sentence, and one of the
// same name and ".names" with a line a mention: its kind, its words, and its
// canonical name where that differs.
func TestFind(t *testing.T) {
	golden.Check(t, func(_ *testing.T, files []txtar.File) []txtar.File {
		var out []txtar.File
		for _, f := range files {
			if !strings.HasSuffix(f.Name, ".names") {
				out = append(out, f, txtar.File{Name: f.Name + ".names", Data: []byte(show(string(f.Data)))})
			}
		}
		return out
	})
}

func show(text string) string {
	var out strings.Builder
	for _, m := range find(text) {
		fmt.Fprintf(&out, "%s: %s", m.Kind, m.Of(text))
		if m.Value.Entity.Name != m.Of(text) {
			fmt.Fprintf(&out, " = %s", m.Value.Entity.Name)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// Every rule that a mention can name is in the contents page, and every example
// there is read by its rule.
func TestRulesHaveExamplesThatTheyRead(t *testing.T) {
	for _, r := range name.Rules() {
		id := claim.RuleID(fmt.Sprintf("%s@%d", r.Name, r.Version))
		read := false
		for _, m := range find(r.Example) {
			read = read || m.Rule == id
		}
		if !read {
			t.Errorf("%s does not read its example %q:\n%s", id, r.Example, show(r.Example))
		}
	}
}

// The documents that the project began with: their people, places and bodies.
func TestFirstDocuments(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "seeds")
	paths, _ := filepath.Glob(filepath.Join(folder, "*.txt"))
	if len(paths) == 0 {
		t.Logf("%s is absent: nothing to read", folder)
		return
	}
	found := map[string]bool{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range find(strings.ReplaceAll(string(b), ". ", ".\n")) {
			found[string(m.Kind)+" "+m.Value.Entity.Name] = true
		}
	}
	for _, want := range []string{
		"person Benjamin Netanyahu", "person Donald Trump", "person Hugo Chávez", "person Evo Morales", "person Daniel Noboa",
		"place Guatemala", "place United States", "place Israel", "place Latin America", "place Buenos Aires", "place Jerusalem",
		"group Israel", "group Iran", "group Jew",
		"organization MERCOSUR", "organization Hezbollah", "organization Institute for National Security Studies",
		"organization Israeli Defense Forces", "organization Iranian Revolutionary Guard Corps", "organization Vente Venezuela Party", "organization Hoover Institution",
		"other Abraham Accords", "other Cold War", "other Yom Kippur War", "other Camp David Accords", "other Nobel Peace Prize", "other National Security Strategy",
	} {
		if !found[want] {
			t.Errorf("not found: %s", want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Israeli Prime Minister Benjamin Netanyahu met Mr. O'Brien of the Harbor Trust (HT).\nTHE U.S.-LED TALKS")
	f.Add("A-B-C- -- X-y (ABC) of of The The and, Jr.")
	f.Add("ȺȺȺ's İ. Ǆ-ǅ (ǄǄ) ﬁ-Ab’s\x00\xff")
	f.Fuzz(func(t *testing.T, text string) {
		sentences := sentencesOf(text)
		result := name.Find(&document.Document{Text: text}, sentences)
		if len(result) != len(sentences) {
			t.Fatalf("%d results for %d sentences", len(result), len(sentences))
		}
		for i, mentions := range result {
			at := sentences[i].Start
			for _, m := range mentions {
				if m.Start < at || m.End <= m.Start || m.End > sentences[i].End {
					t.Fatalf("mention %v in the sentence %v, after %d: %q", m.Span, sentences[i].Span, at, text)
				}
				if !m.Kind.IsName() || m.Value.Entity == nil || m.Value.Entity.Name == "" || m.Rule == "" {
					t.Fatalf("mention %+v says too little: %q", m, text)
				}
				at = m.End
			}
		}
	})
}
