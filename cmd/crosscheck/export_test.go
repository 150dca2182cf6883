package main

import (
	"bytes"
	"regexp"
	"testing"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// The help names every table that there is.
func TestExportHelpNamesTables(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tables, err := s.Tables(t.Context())
	if err != nil || len(tables) == 0 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	help := newExport(newConsole(func(string) string { return "" }, nil, nil, &bytes.Buffer{}, &bytes.Buffer{})).Long
	for _, table := range tables {
		if !regexp.MustCompile(`\b` + table.Name + `\b`).MatchString(help) {
			t.Errorf("help does not name %s: %s", table.Name, table.Means)
		}
	}
}
