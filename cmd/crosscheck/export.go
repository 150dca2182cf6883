package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/desk"
	"crosscheck/export"
	"crosscheck/store"
)

func newExport(c *console) *cobra.Command {
	format := newChoice("csv", "jsonl", "parquet", "sqlite")
	var out string
	cmd := &cobra.Command{
		Use:   "export TABLE...",
		Short: "Write what is stored for other programs",
		Long: `export writes whole tables, all of one moment, with a row a thing:

  conflicts    questions that sources answer differently, with the verdicts
  positions    the answers to each; places: where each answer stands
  claims       what is said, once; appearances: every place where it is said
  verdicts     what the desk decided, in order; stances: who said what
  sources, documents, versions, quiet_edits: who published what, and when
  runs, run_sources, run_failures, calendar: the nights
  all          every one of them

They are the views of the schema "report", with the same columns. Offsets are
bytes into the text, days are 2026-11-22, times are in UTC.

CSV is for spreadsheets. A cell that a spreadsheet would calculate, because it
begins with = + - @ or a tab, has an apostrophe before it; a number never has.
jsonl has decimals as strings, with all their digits; parquet as doubles, and
as strings in columns that end in _exact; sqlite as numbers of 15 digits. SQLite
comes with keys, full-text search and what every column means, and a file
NAME.metadata.json for Datasette.

One table as CSV, and any number as JSON lines, go to standard output unless -o
names a file. Several tables as CSV or Parquet go into a folder. A file appears
under its name when it is whole, and takes the place of one that was there.`,
		Example: `  crosscheck export conflicts > conflicts.csv
  crosscheck export all -o tables/             # a CSV file a table
  crosscheck export claims appearances --format jsonl | jq .quote
  crosscheck export appearances -o appearances.parquet
  crosscheck export all -o news.sqlite
  datasette news.sqlite -m news.metadata.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("export: say which table; 'crosscheck export --help' lists them, all is every one")
			}
			return nil
		},
	}
	cmd.AddCommand(newExportConflict(c), newExportAppearance(c))
	format.bind(cmd, "format", "how to write it, where the ending of the file's name does not say")
	cmd.Flags().StringVarP(&out, "out", "o", "", "the file or folder to write to")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		if slices.Contains(names, "all") {
			names = nil
		}
		job := exportJob{console: c, names: names, format: format.value, out: out}
		if by := formatEndings[strings.ToLower(filepath.Ext(out))]; by != "" && !cmd.Flags().Changed("format") {
			job.format = by
		}
		if err := job.settle(); err != nil {
			return err
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			return job.run(ctx, s)
		})
	}
	return cmd
}

// formatEndings are endings of file names that say how to write.
var formatEndings = map[string]string{
	".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".sqlite": "sqlite", ".db": "sqlite",
}

// exportJob is one export of tables.
type exportJob struct {
	*console
	names  []string // as given; nil for all
	tables []desk.Table
	format string
	out    string // a file or a folder; "" for standard output
	folder bool   // out is a folder
}

// settle decides whether it is to be a folder, and refuses what cannot be.
func (j *exportJob) settle() error {
	binary := j.format == "parquet" || j.format == "sqlite"
	if binary && j.out == "" {
		return usagef("--format %s makes a file: name it with -o", j.format)
	}
	info, err := os.Stat(j.out)
	there := err == nil && info.IsDir()
	j.folder = j.out != "" && (there || strings.HasSuffix(j.out, string(os.PathSeparator)))
	switch {
	case j.format == "sqlite" && j.folder:
		return usagef("--format sqlite makes one file, and %s is a folder: name a file with -o", j.out)
	case j.format == "sqlite", j.format == "jsonl", len(j.names) == 1:
		return nil
	case j.out == "":
		return usagef("several tables as CSV are several files: name a folder with -o, or use --format jsonl")
	case !j.folder && filepath.Ext(j.out) != "":
		return usagef("several tables as %s are several files, and %s looks like one: name a folder with -o", j.format, j.out)
	}
	j.folder = true
	return nil
}

// choose finds the tables by their names.
func (j *exportJob) choose(ctx context.Context, s *store.Store) error {
	tables, err := s.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if j.names == nil || slices.Contains(j.names, t.Name) {
			j.tables = append(j.tables, t)
		}
	}
	for _, name := range j.names {
		if !slices.ContainsFunc(tables, func(t desk.Table) bool { return t.Name == name }) {
			return usagef("there is no table %q; 'crosscheck export --help' lists them", name)
		}
	}
	return nil
}

// run writes the tables, to files that are kept when all went well.
func (j *exportJob) run(ctx context.Context, s *store.Store) error {
	if err := j.choose(ctx, s); err != nil {
		return err
	}
	if j.out == "" {
		return j.copy(ctx, s, j.writer(func(string) (io.Writer, error) { return j.console.out, nil }))
	}
	base := filepath.Dir(j.out)
	if j.folder {
		base = j.out
		if err := os.MkdirAll(base, 0o777); err != nil {
			return err
		}
	}
	files, err := export.NewFiles(base)
	if err != nil {
		return err
	}
	defer files.Drop()
	if j.format == "sqlite" {
		err = j.database(ctx, s, files)
	} else {
		var shared io.Writer // by all tables, where it is no folder
		err = j.copy(ctx, s, j.writer(func(table string) (io.Writer, error) {
			if j.folder {
				return files.Create(filepath.Join(base, table+"."+j.format))
			}
			if shared == nil {
				shared, err = files.Create(j.out)
			}
			return shared, err
		}))
	}
	if err != nil {
		return err
	}
	return files.Keep()
}

// database writes the tables as SQLite, and beside it what they mean.
func (j *exportJob) database(ctx context.Context, s *store.Store, files *export.Files) error {
	at, err := files.Reserve(j.out)
	if err != nil {
		return err
	}
	w, err := export.SQLite(at, tableNames(j.tables))
	if err != nil {
		return err
	}
	if err := j.copy(ctx, s, w); err != nil {
		return err
	}
	stem := strings.TrimSuffix(j.out, filepath.Ext(j.out))
	meaning, err := export.Metadata(filepath.Base(stem), j.tables)
	if err != nil {
		return err
	}
	out, err := files.Create(stem + ".metadata.json")
	if err != nil {
		return err
	}
	_, err = out.Write(append(meaning, '\n'))
	return err
}

func tableNames(tables []desk.Table) []string {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name
	}
	return names
}

// copy writes the tables to w, and ends it.
func (j *exportJob) copy(ctx context.Context, s *store.Store, w export.Writer) error {
	err := s.Export(ctx, tableNames(j.tables), &counting{Taker: w, console: j.console, due: time.Now().Add(sayEvery)})
	if err != nil {
		w.Drop()
		return err
	}
	return w.Close()
}

// writer is what writes tables to what open gives.
func (j *exportJob) writer(open export.Open) export.Writer {
	switch j.format {
	case "jsonl":
		return export.Lines(open)
	case "parquet":
		return export.Parquet(open)
	}
	return export.CSV(open)
}

// counting hands tables on, and says now and then how far it is.
type counting struct {
	desk.Taker
	*console
	table string
	rows  int
	due   time.Time
}

// Table begins to count anew.
func (t *counting) Table(table desk.Table) error {
	t.table, t.rows = table.Name, 0
	return t.Taker.Table(table)
}

// Row counts.
func (t *counting) Row(cells []any) error {
	t.rows++
	if t.rows%1024 == 0 && time.Now().After(t.due) {
		t.due = time.Now().Add(sayEvery)
		t.tellf("%s: %s", t.table, counted(t.rows, "row"))
	}
	return t.Taker.Row(cells)
}
