package main

import (
	"bufio"
	"io"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crosscheck/config"
	"crosscheck/document"
	"crosscheck/fetch"
	"crosscheck/pipeline"
)

// TestFileSettings holds that every flag for which a field of the file stands in
// names one that there is, and that the field's value can be given to it.
func TestFileSettings(t *testing.T) {
	root := newRoot(newConsole(func(string) string { return "" }, strings.NewReader(""), bufio.NewWriter(io.Discard), io.Discard, io.Discard))
	used := map[string]bool{}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			for _, field := range f.Annotations[fieldKey] {
				value, ok := fileSettings[field]
				if !ok {
					t.Errorf("%s --%s: there is no field %s", cmd.CommandPath(), f.Name, field)
					continue
				}
				used[field] = true
				if text := value(config.Default()); text != "" {
					if err := f.Value.Set(text); err != nil {
						t.Errorf("%s --%s: %v", cmd.CommandPath(), f.Name, err)
					}
				}
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if len(used) != len(fileSettings) {
		t.Errorf("flags use %v of %d fields", used, len(fileSettings))
	}
}

// TestConfigDefaults holds that a silent file changes nothing.
func TestConfigDefaults(t *testing.T) {
	c := config.Default()
	if c.Limits.DocumentBytes != document.DefaultLimit || c.Limits.DocumentTime != pipeline.DefaultTimeout ||
		c.Fetch.Pause != fetch.DefaultPause || c.Fetch.Timeout != fetch.DefaultTimeout || c.SilentAfter != pipeline.SilentAfter {
		t.Errorf("%+v", c)
	}
}

func TestByteSize(t *testing.T) {
	for in, want := range map[string]int64{
		"1": 1, "16777216": 16 << 20, "16MiB": 16 << 20, "1 GiB": 1 << 30, "200MB": 200e6, "3kB": 3000, "7B": 7,
	} {
		var b byteSize
		if err := b.Set(in); err != nil || int64(b) != want {
			t.Errorf("%q: %d, %v; want %d", in, b, err, want)
		}
	}
	for _, in := range []string{"", "0", "-1", "x", "16 MiBs", "1.5MiB", "9999999999GiB"} {
		var b byteSize
		if err := b.Set(in); err == nil {
			t.Errorf("%q was taken for %d", in, b)
		}
	}
}

func TestSeverity(t *testing.T) {
	for _, in := range []string{"-0.1", "1.1", "NaN", "high", ""} {
		var s severity
		if err := s.Set(in); err == nil {
			t.Errorf("%q was taken for %v", in, float64(s))
		}
	}
}

func TestDescribeBuild(t *testing.T) {
	got := describeBuild(&debug.BuildInfo{
		GoVersion: "go1.26.0",
		Main:      debug.Module{Path: "crosscheck", Version: "v1.2.0"},
		Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "4a1ff64aaaabbbbccccddddeeeeffff000011112"},
			{Key: "vcs.time", Value: "2025-11-21T23:42:00Z"},
			{Key: "vcs.modified", Value: "true"},
		},
	})
	want := "crosscheck v1.2.0 (revision 4a1ff64aaaab, 2025-11-21T23:42:00Z, with changes) go1.26.0 "
	if !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q and the platform", got, want)
	}
}
