package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestTableIsCurrent holds the table in the project to what this program makes.
func TestTableIsCurrent(t *testing.T) {
	made := filepath.Join(t.TempDir(), "tags.bin")
	if err := run([]string{made}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../extract/token/tags.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("extract/token/tags.bin is not what taggermodel makes: run go generate in extract/token")
	}
}

func TestUnknownFeature(t *testing.T) {
	if _, err := featureOf("i+9 word x"); err == nil {
		t.Error("a feature of no known kind was taken")
	}
}
