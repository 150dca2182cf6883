package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample reads a real page from the folder of samples that stands beside the
// project on some machines.
func sample(t *testing.T, prefix string) *Document {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join("..", "..", "shared", "seeds", prefix+"*"))
	if len(paths) != 1 {
		t.Skipf("no sample %s beside the project", prefix)
	}
	raw, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, paths[0], string(raw))
	check(t, d)
	if d.Text != strings.TrimPrefix(string(raw), "\ufeff") {
		t.Error("offsets are not into the file")
	}
	if d.Language != "en" {
		t.Errorf("language %q", d.Language)
	}
	return d
}

// block finds the block whose words hold s, and its headings' words, nearest first.
func block(t *testing.T, d *Document, s string) (Block, string) {
	t.Helper()
	for i, b := range d.Blocks {
		if !strings.Contains(d.Words(b), s) {
			continue
		}
		var above []string
		for _, h := range d.Headings(i) {
			above = append(above, d.Words(d.Blocks[h]))
		}
		return b, strings.Join(above, " < ")
	}
	t.Fatalf("no block holds %q", s)
	return Block{}, ""
}

func TestSamples(t *testing.T) {
	tests := []struct {
		file, words string
		role        Role
		above       string
	}{
		{"000", "represented only one percent", Paragraph, "Partnering in the Western Hemisphere"},
		{"000", "Expand", Furniture, "Proving the Partnership in Venezuela"},
		{"001", "United States Israel Military Relations", Heading, ""},
		{"001", "The partnership has deep roots", Paragraph, "Historical overview < United States Israel Military Relations"},
		{"002", "Admin 2751 views", Furniture, "*"},
		{"002", "recalibrate U.S.", Paragraph, "*"},
		{"002", "strategy in the Middle East. With", Paragraph, "*"},
		{"002", "Enhanced Military Cooperation", ListItem, "*"},
		{"002", "NFL Free Agency", Furniture, "*"},
		{"002", "US and Saudis near", Furniture, "*"},
		{"002", "Explores a Groundbreaking Move", Furniture, "*"},
		{"002", "Under the Netanyahu ...", Furniture, "*"},
		{"003", "$3.8 billion annually (10-year MOU through 2028)", ListItem, "Military Aid < Foundation < US-Israel Relations"},
		{"003", "60-day deadline", ListItem, "Iran Policy Coordination < Trump Administration 2.0 (2025-) < US-Israel Relations"},
		{"003", "$38B MOU signed (Obama)", TableRow, "Key Milestones < Historical Context < US-Israel Relations"},
		{"003", "Iran-Israel Shadow War", Furniture, "*"},
		{"003", "Carnegie - US-Israeli", Furniture, "*"},
		{"004", "Foreign Relations Of Israel", Heading, ""},
		{"004", "The central partnership is with", ListItem, "United States and Western security partners < Foreign Relations Of Israel"},
		{"004", "See also", Furniture, "*"},
	}
	for _, tt := range tests {
		t.Run(tt.file+" "+tt.words, func(t *testing.T) {
			d := sample(t, tt.file)
			b, above := block(t, d, tt.words)
			if tt.file == "004" && tt.words == "See also" {
				b = d.Blocks[len(d.Blocks)-1]
			}
			if b.Role != tt.role || above != tt.above && tt.above != "*" {
				t.Errorf("a %s under %q; want a %s under %q", b.Role, above, tt.role, tt.above)
			}
		})
	}
}

func TestSampleTable(t *testing.T) {
	d := sample(t, "003")
	b, _ := block(t, d, "$38B MOU")
	head := d.Blocks[b.Header]
	if got := d.Plain(b, b.Cells[0]) + "/" + d.Plain(b, b.Cells[1]) + "/" + d.Plain(head, head.Cells[0]) + "/" + d.Plain(head, head.Cells[1]); got != "2016/$38B MOU signed (Obama)/Year/Event" {
		t.Error(got)
	}
	if d.Format != "markdown" || strings.Join(d.Meta.Actors, ", ") != "United States, Israel" || d.Title() != "US-Israel Relations" {
		t.Errorf("%s: %+v", d.Format, d.Meta)
	}
	if got := sample(t, "001").Title(); got != "United States Israel Military Relations" {
		t.Error(got)
	}
}
