package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A corpus is the same each time, says nothing twice but where copies are meant, and
// its documents are as long as they should be.
func TestCorpus(t *testing.T) {
	const n = 60
	dirs := []string{t.TempDir(), t.TempDir()}
	var written *corpus
	for _, dir := range dirs {
		c, err := options{}.write(t.Context(), dir, n)
		if err != nil {
			t.Fatal(err)
		}
		written = c
		if c.copies != 2 || c.events() != 6 {
			t.Errorf("%d copies, %d events", c.copies, c.events())
		}
	}
	ends := regexp.MustCompile(`\. |\n+`)
	said := make(map[string]int)
	texts := make(map[string]int)
	for i := range n {
		one, err := os.ReadFile(filepath.Join(dirs[0], written.path(i)))
		if err != nil {
			t.Fatal(err)
		}
		two, err := os.ReadFile(filepath.Join(dirs[1], written.path(i)))
		if err != nil {
			t.Fatal(err)
		}
		if string(one) != string(two) {
			t.Errorf("document %d is another one the second time", i)
		}
		if len(one) < size || len(one) > size+size/10 {
			t.Errorf("document %d has %d bytes", i, len(one))
		}
		if texts[string(one)]++; texts[string(one)] > 1 {
			continue // a copy
		}
		_, body, _ := strings.Cut(string(one), "\n\n# ")
		_, body, _ = strings.Cut(body, "\n\n") // headlines may be alike
		for _, s := range ends.Split(body, -1) {
			if s = strings.TrimSpace(s); s == "" {
				continue
			}
			if said[s]++; said[s] > 1 {
				t.Errorf("document %d says once more: %s", i, s)
			}
		}
	}
	if copies := n - len(texts); copies != 2 {
		t.Errorf("%d documents have the bytes of another one", copies)
	}
}
