package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// dockerfile is a file to build an image from.
type dockerfile struct {
	context string // the folder whose files it may copy
	path    string
	target  string // the stage wanted; "" for the last
}

// check parses the file as BuildKit does, collects the warnings of its linter,
// and follows the names of stages and of copied files.
func (d dockerfile) check() error {
	text, err := os.ReadFile(d.path)
	if err != nil {
		return err
	}
	tree, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return err
	}
	var problems []error
	for _, w := range tree.Warnings {
		problems = append(problems, errors.New(w.Short))
	}
	lint := linter.New(&linter.Config{
		Warn: func(rule, _, _, message string, at []parser.Range) {
			line := 0
			if len(at) > 0 {
				line = at[0].Start.Line
			}
			problems = append(problems, fmt.Errorf("line %d: %s (%s)", line, message, rule))
		},
	})
	stages, _, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		return errors.Join(append(problems, err)...)
	}
	checkForm(stages, lint)
	problems = append(problems, d.checkStages(stages)...)
	return errors.Join(problems...)
}

// checkForm applies those of the linter's rules that BuildKit itself applies
// only while it builds.
func checkForm(stages []instructions.Stage, lint *linter.Linter) {
	names := map[string]bool{}
	for _, stage := range stages {
		if names[stage.Name] {
			rule := linter.RuleDuplicateStageName
			lint.Run(&rule, stage.Location, rule.Format(stage.Name))
		}
		names[stage.Name] = stage.Name != ""

		inShell := func(c instructions.Command, line instructions.ShellDependantCmdLine) {
			if line.PrependShell {
				rule := linter.RuleJSONArgsRecommended
				lint.Run(&rule, c.Location(), rule.Format(c.Name()))
			}
		}
		rooted := false
		for _, c := range stage.Commands {
			switch c := c.(type) {
			case *instructions.CmdCommand:
				inShell(c, c.ShellDependantCmdLine)
			case *instructions.EntrypointCommand:
				inShell(c, c.ShellDependantCmdLine)
			case *instructions.WorkdirCommand:
				rooted = rooted || path.IsAbs(c.Path)
				if !rooted {
					rule := linter.RuleWorkdirRelativePath
					lint.Run(&rule, c.Location(), rule.Format(c.Path))
				}
			}
		}
	}
}

// checkStages finds copies from stages that do not exist or come later, copies
// of files that the build's folder lacks, and a program that runs as root.
func (d dockerfile) checkStages(stages []instructions.Stage) []error {
	var problems []error
	var names []string
	for i, stage := range stages {
		for _, c := range stage.Commands {
			if cp, ok := c.(*instructions.CopyCommand); ok {
				problems = append(problems, d.checkCopy(cp, names)...)
			}
		}
		names = append(names, strings.ToLower(stage.Name), fmt.Sprint(i))
	}
	if len(stages) > 0 && user(stages[len(stages)-1]) == "root" {
		problems = append(problems, errors.New("the last stage runs as root: name another USER"))
	}
	if d.target != "" && !slices.Contains(names, strings.ToLower(d.target)) {
		problems = append(problems, fmt.Errorf("there is no stage %q to build", d.target))
	}
	return problems
}

// user is as whom a stage's program runs. What the base image says of that is
// not known here, and taken for root.
func user(stage instructions.Stage) string {
	name := "root"
	for _, c := range stage.Commands {
		if u, ok := c.(*instructions.UserCommand); ok {
			name, _, _ = strings.Cut(u.User, ":")
		}
	}
	if name == "0" {
		return "root"
	}
	return name
}

func (d dockerfile) checkCopy(c *instructions.CopyCommand, earlier []string) []error {
	if c.From != "" {
		// A name with a dot, slash or colon is an image, not a stage.
		if !strings.ContainsAny(c.From, "./:") && !slices.Contains(earlier, strings.ToLower(c.From)) {
			return []error{fmt.Errorf("COPY --from=%s: no stage of that name comes before", c.From)}
		}
		return nil
	}
	var problems []error
	for _, source := range c.SourcePaths {
		found, err := filepath.Glob(filepath.Join(d.context, source))
		if err != nil || len(found) == 0 {
			problems = append(problems, fmt.Errorf("COPY %s: no such file in %s", source, d.context))
		}
	}
	return problems
}
