// Package golden holds tests to what is written down in testdata.
//
// In come the archives testdata/*.txt (txtar) of the package under test, each a
// list of cases with what is to be read out of them; a test fails where reading
// them again gives something else. "go test -update" writes down what is read
// now: read the difference before it is kept.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata with what is read now")

// Check holds every archive to what redo makes of its files: the same files
// with the results read anew. Each archive is a subtest by its name.
func Check(t *testing.T, redo func(t *testing.T, files []txtar.File) []txtar.File) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := redo(t, archive.Files)
			if !*update {
				compare(t, got, archive.Files)
				return
			}
			archive.Files = got
			if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Each is Check where every file is a case of its own that holds its result:
// redo returns the whole file with the result read anew.
func Each(t *testing.T, redo func(t *testing.T, name, data string) string) {
	t.Helper()
	Check(t, func(t *testing.T, files []txtar.File) []txtar.File {
		out := make([]txtar.File, len(files))
		for i, f := range files {
			out[i] = txtar.File{Name: f.Name, Data: []byte(redo(t, f.Name, string(f.Data)))}
		}
		return out
	})
}

func compare(t *testing.T, got, want []txtar.File) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(want) || i < len(got) && got[i].Name != want[i].Name:
			t.Fatalf("there is no %q where it should be; run with -update and read it", got[i].Name)
		case i >= len(got):
			t.Fatalf("%q belongs to no case", want[i].Name)
		case string(got[i].Data) != string(want[i].Data):
			t.Errorf("%s:\ngot\n%swant\n%s", got[i].Name, got[i].Data, want[i].Data)
		}
	}
}
