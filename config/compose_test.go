package config_test

import (
	"path/filepath"
	"testing"

	"crosscheck/config"
)

// The file that docker-compose.yml mounts is right, and runs something.
func TestComposeFile(t *testing.T) {
	c, err := config.Load(filepath.Join("..", "compose", "crosscheck.yaml"), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) == 0 || len(c.Schedules) == 0 {
		t.Errorf("%d sources and %d schedules", len(c.Sources), len(c.Schedules))
	}
}
