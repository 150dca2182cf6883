package main

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crosscheck/config"
)

// fieldKey annotates a flag with the field of crosscheck.yaml that stands in for it.
const fieldKey = "crosscheck_field"

// fileSettings are the settings of a file that stand in for flags: the field of
// the file, and the flag's value in it, "" where it is silent.
var fileSettings = map[string]func(*config.Config) string{
	"database_url": func(c *config.Config) string { return c.DatabaseURL },
	"data_dir":     func(c *config.Config) string { return c.DataDir },
	"rates":        func(c *config.Config) string { return c.Rates },
	"limits.document_size": func(c *config.Config) string {
		return strconv.FormatInt(c.Limits.DocumentBytes, 10)
	},
	"limits.workers": func(c *config.Config) string { return strconv.Itoa(c.Limits.Workers) },
}

// fromFile lets a field of the configuration file set a flag where neither the
// command line nor the environment did.
func fromFile(flags *pflag.FlagSet, flag, field string) {
	f := flags.Lookup(flag)
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[fieldKey] = []string{field}
}

// applyFile sets every flag of cmd that has a field in the file and was set
// neither by the command line nor by the environment. Only the fields that
// are needed are read, so that a password that serve has, and this shell does
// not, is not missed.
func applyFile(cmd *cobra.Command, getenv func(string) string) error {
	var open []*pflag.Flag
	var top []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if len(f.Annotations[fieldKey]) > 0 && !f.Changed {
			open = append(open, f)
			field, _, _ := strings.Cut(f.Annotations[fieldKey][0], ".")
			top = append(top, field)
		}
	})
	if len(open) == 0 {
		return nil
	}
	file, err := loadConfig(cmd, getenv, top...)
	if err != nil || file == nil {
		return err
	}
	for _, f := range open {
		field := f.Annotations[fieldKey][0]
		if value := fileSettings[field](file); value != "" {
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				return usagef("%s: %s: %v", file.Path, field, err)
			}
		}
	}
	return nil
}

// configPath is the configuration file that a command uses: the one that was
// named, else the one in the current folder, "" where there is none.
func configPath(cmd *cobra.Command) (string, error) {
	path, err := cmd.Flags().GetString("config")
	if err != nil || path != "" {
		return path, err
	}
	if _, err := os.Stat(config.DefaultPath); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return config.DefaultPath, nil
}

// loadConfig reads the configuration file that a command uses, or some fields
// of it; nil where there is none.
func loadConfig(cmd *cobra.Command, getenv func(string) string, fields ...string) (*config.Config, error) {
	path, err := configPath(cmd)
	if err != nil || path == "" {
		return nil, err
	}
	file, err := config.Load(path, getenv, fields...)
	if err != nil {
		return nil, configError(err)
	}
	return file, nil
}

// needConfig is loadConfig for a command that can do nothing without a file.
func needConfig(cmd *cobra.Command, getenv func(string) string, fields ...string) (*config.Config, error) {
	file, err := loadConfig(cmd, getenv, fields...)
	if err == nil && file == nil {
		return nil, usagef("there is no %s here: 'crosscheck config init' writes one to begin with, --config names another", config.DefaultPath)
	}
	return file, err
}

// mistakenError is a configuration with mistakes. Each is a line of its own.
type mistakenError struct{ mistakes config.Mistakes }

// Error counts the mistakes; they are told before.
func (e mistakenError) Error() string {
	return counted(len(e.mistakes), "mistake") + " in " + e.mistakes[0].Path
}

// configError makes wrong usage of a file that cannot be used.
func configError(err error) error {
	var mistakes config.Mistakes
	if errors.As(err, &mistakes) {
		return mistakenError{mistakes}
	}
	return usagef("%v", err)
}
