package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"crosscheck/store/storetest"
)

// TestExamplesOfTheAPI runs the commands of docs/api.md in order, on the sample: what
// the page shows below each is part of the answer.
func TestExamplesOfTheAPI(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("the examples are commands for curl, which is not installed here")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "api.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, database := t.TempDir(), storetest.New(t)
	if err := os.CopyFS(filepath.Join(dir, "seeds"), os.DirFS(filepath.Join("..", "..", "seeds"))); err != nil {
		t.Fatal(err)
	}
	shell(t, dir, "crosscheck run seeds", "DATABASE_URL="+database)
	user(t, database, "harbour lamp oatmeal vine\n", "add", "keller", "--role", "admin", "--password-stdin")
	_, file := reports(t, 1)
	server := launch(t, "serve", "--config", file, "--database-url", database, "--listen", "127.0.0.1:0")
	address := server.says(`msg=serving address=(\S+)`)[1]

	begin := regexp.MustCompile("(?s)```sh token\n(.*?)```").FindStringSubmatch(string(text))
	if begin == nil || !strings.Contains(begin[1], "127.0.0.1:8420") {
		t.Fatal("the page does not say how to begin")
	}
	first := strings.ReplaceAll(begin[1], "127.0.0.1:8420", address)
	examples := regexp.MustCompile("(?s)```sh\n(.*?)```\n\n```json\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(examples) != strings.Count(string(text), "```json") || len(examples) < 3 {
		t.Errorf("%d examples", len(examples))
	}
	for _, one := range examples {
		var shown, answer any
		if err := json.Unmarshal([]byte(one[2]), &shown); err != nil {
			t.Errorf("%v:\n%s", err, one[2])
		}
		said := shell(t, dir, "{ "+first+"\n} 2>/dev/null\n"+one[1], "DATABASE_URL="+database)
		if err := json.Unmarshal([]byte(said), &answer); err != nil || !partOf(shown, answer) {
			t.Errorf("%s\nthe page shows\n%s\nthe answer is (%v)\n%s", one[1], one[2], err, said)
		}
	}
	server.end()
}

// partOf reports whether all that is shown stands in an answer: the fields of an
// object, and the elements of a list in their order.
func partOf(shown, answer any) bool {
	switch shown := shown.(type) {
	case map[string]any:
		whole, ok := answer.(map[string]any)
		for name, value := range shown {
			other, there := whole[name]
			ok = ok && there && partOf(value, other)
		}
		return ok
	case []any:
		whole, ok := answer.([]any)
		for _, value := range shown {
			for len(whole) > 0 && !partOf(value, whole[0]) {
				whole = whole[1:]
			}
			if len(whole) == 0 {
				return false
			}
			whole = whole[1:]
		}
		return ok
	}
	return reflect.DeepEqual(shown, answer)
}
