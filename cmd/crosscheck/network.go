package main

import (
	"runtime/debug"

	"crosscheck/config"
	"crosscheck/fetch"
)

// configuredClient makes the client that fetches as a configuration says.
func configuredClient(file *config.Config) (*fetch.Client, error) {
	return fetch.New(fetch.Options{
		Agent:    agent(),
		Contact:  file.Fetch.Contact,
		Allow:    file.Fetch.Allow,
		Pause:    file.Fetch.PauseFor,
		Timeout:  file.Fetch.Timeout,
		MaxBytes: file.Limits.DocumentBytes,
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
