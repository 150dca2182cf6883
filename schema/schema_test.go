package schema

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestMigrationsAreNumberedWithoutAGap(t *testing.T) {
	if _, err := migrations(files); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]fstest.MapFS{
		"gap":   {"migrations/0001_a.sql": {}, "migrations/0003_b.sql": {}},
		"twice": {"migrations/0001_a.sql": {}, "migrations/0001_b.sql": {}},
		"bare":  {"migrations/first.sql": {}},
	} {
		if _, err := migrations(from); err == nil || !strings.Contains(err.Error(), "want its name to start with") {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}
