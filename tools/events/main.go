// Command events unfolds labelled events: documents about one thing, written
// for this, in which every value that matters is marked with the question that
// it answers.
//
// In come files such as those in the folder labelled; out come, below a folder,
// for each event its documents and gold.json, which is what the program in
// ../questions learns from. From the tools folder:
//
//	go run ./events OUT events/labelled/*.txt
//
// A file is a txtar archive. Its comment is the event in words and then a line a
// question, with the kind of its answers (number, money, percent, measure,
// duration, date, entity or negation):
//
//	Fire on the ferry Astrild
//
//	killed: number
//	sailed: date
//
// In the documents {{34 people|killed 1}} marks an answer. Answers with one
// number agree, those with another contradict them; {{more than 30|killed 1,2}}
// fits two. Where the text dates an answer so that a later one replaces it, @
// tells their order: {{at least 12|killed 3@1}} of the first night, {{34|killed 1@2}}.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "events:", err)
		os.Exit(1)
	}
}

func run(args []string, report io.Writer) error {
	if len(args) < 2 {
		return errors.New("want a folder and labelled files: events OUT FILE")
	}
	for _, file := range args[1:] {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return err
		}
		e, err := read(archive)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		e.Event = strings.TrimSuffix(filepath.Base(file), ".txt")
		if err := e.write(filepath.Join(args[0], e.Event)); err != nil {
			return err
		}
		counts := map[string]int{}
		for _, p := range e.Pairs {
			counts[p.Label]++
		}
		fmt.Fprintf(report, "%s: %d documents, %d claims, pairs: %d conflict, %d superseded, %d agree\n",
			e.Event, len(e.docs), len(e.Claims), counts[conflict], counts[superseded], counts[agree])
	}
	return nil
}

// write stores the documents, without their marks, and gold.json.
func (e *event) write(folder string) error {
	docs := filepath.Join(folder, "docs")
	if err := os.MkdirAll(docs, 0o755); err != nil {
		return err
	}
	for _, d := range e.docs {
		if err := os.WriteFile(filepath.Join(docs, d.name), []byte(d.text), 0o644); err != nil {
			return err
		}
	}
	gold, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "gold.json"), append(gold, '\n'), 0o644)
}
