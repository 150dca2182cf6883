package main

import (
	"runtime/debug"

	"crosscheck/config"
	"crosscheck/fetch"
)

// configuredClient makes the client that fetches as a configuration says, pages
// of at most so many bytes.
func configuredClient(file *config.Config, maxBytes byteSize) (*fetch.Client, error) {
	return fetch.New(fetch.Options{
		Agent:    agent(),
		Contact:  file.Fetch.Contact,
		Allow:    file.Fetch.Allow,
		Pause:    file.Fetch.PauseFor,
		Timeout:  file.Fetch.Timeout,
		MaxBytes: int64(maxBytes),
	})
}

// agent is how this build names itself to servers: "crosscheck/v1.2.0".
func agent() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	return "crosscheck/" + version
}
