package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// versionText tells which build this is, from what the Go toolchain stamped
// into it.
func versionText() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "crosscheck (unknown build)"
	}
	return describeBuild(info)
}

// describeBuild is a line such as
// "crosscheck v1.2.0 (revision 4a1ff64, 2025-11-21T23:42:00Z, with changes) go1.26.8 linux/amd64".
func describeBuild(info *debug.BuildInfo) string {
	var revision []string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = append(revision, "revision "+s.Value[:min(12, len(s.Value))])
		case s.Key == "vcs.time":
			revision = append(revision, s.Value)
		case s.Key == "vcs.modified" && s.Value == "true":
			revision = append(revision, "with changes")
		}
	}
	version := info.Main.Version
	if version == "" || version == "(devel)" {
		version = "development build"
	}
	if len(revision) > 0 {
		version += " (" + strings.Join(revision, ", ") + ")"
	}
	return fmt.Sprintf("crosscheck %s %s %s/%s", version, info.GoVersion, runtime.GOOS, runtime.GOARCH)
}
