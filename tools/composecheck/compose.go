package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// loadCompose reads a Compose file with Docker's own loader, which checks it
// against the schema and resolves every reference from one part to another. The
// environment stays empty, so that a file that leans on it is found out.
func loadCompose(ctx context.Context, path string) (*types.Project, error) {
	options, err := cli.NewProjectOptions([]string{path},
		cli.WithWorkingDirectory(filepath.Dir(path)),
		cli.WithName("crosscheck"),
		cli.WithProfiles([]string{"*"}),
		cli.WithConsistency(true),
		cli.WithResolvedPaths(true),
	)
	if err != nil {
		return nil, err
	}
	return options.LoadProject(ctx)
}

// checkProject finds what the loader lets pass and what would still go wrong
// once the services run.
func checkProject(p *types.Project) error {
	var problems []error
	names := p.ServiceNames()
	slices.Sort(names)
	for _, name := range names {
		s := p.Services[name]
		if s.Image == "" && s.Build == nil {
			problems = append(problems, fmt.Errorf("service %s has neither an image nor a build", name))
		}
		for _, v := range s.Volumes {
			if v.Type == types.VolumeTypeBind {
				if _, err := os.Stat(v.Source); err != nil {
					problems = append(problems, fmt.Errorf("service %s mounts a path that is not there: %w", name, err))
				}
			}
		}
		problems = append(problems, checkCopies(name, s), checkHealth(name, s))
		for other, need := range s.DependsOn {
			problems = append(problems, checkDependency(p, name, other, need.Condition))
		}
	}
	return errors.Join(problems...)
}

// checkCopies finds a service of which there are to be several, and which only one
// can be: the second finds the port taken.
func checkCopies(name string, s types.ServiceConfig) error {
	if s.GetScale() < 2 {
		return nil
	}
	for _, p := range s.Ports {
		if p.Published != "" && !strings.Contains(p.Published, "-") {
			return fmt.Errorf("service %s is scaled to %d, and all publish port %s", name, s.GetScale(), p.Published)
		}
	}
	return nil
}

// checkHealth finds a service that is to stay and cannot be asked how it is, and
// one that is asked through a shell, which an image built here need not have.
func checkHealth(name string, s types.ServiceConfig) error {
	stays := s.Restart == types.RestartPolicyAlways || s.Restart == types.RestartPolicyUnlessStopped
	asked := s.HealthCheck != nil && !s.HealthCheck.Disable && len(s.HealthCheck.Test) > 0
	switch {
	case stays && !asked:
		return fmt.Errorf("service %s stays, and has no health check that would tell when it no longer works", name)
	case asked && s.Build != nil && s.HealthCheck.Test[0] == "CMD-SHELL":
		return fmt.Errorf("service %s is asked for its health through a shell: name the program instead", name)
	}
	return nil
}

// checkDependency finds a service that would wait for ever: for the health of
// one that tells none, or for the end of one that is started anew whenever it ends.
func checkDependency(p *types.Project, name, other, condition string) error {
	o := p.Services[other]
	switch {
	case condition == types.ServiceConditionHealthy && (o.HealthCheck == nil || o.HealthCheck.Disable):
		return fmt.Errorf("service %s waits for the health of %s, which has no health check", name, other)
	case condition == types.ServiceConditionCompletedSuccessfully &&
		(o.Restart == types.RestartPolicyAlways || o.Restart == types.RestartPolicyUnlessStopped):
		return fmt.Errorf("service %s waits for the end of %s, which is restarted whenever it ends", name, other)
	}
	return nil
}

// dockerfiles lists the Dockerfiles that the project's services are built
// from, each once.
func dockerfiles(p *types.Project) ([]dockerfile, error) {
	var files []dockerfile
	names := p.ServiceNames()
	slices.Sort(names)
	for _, name := range names {
		b := p.Services[name].Build
		if b == nil {
			continue
		}
		if info, err := os.Stat(b.Context); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("service %s is built from %s, which is no folder", name, b.Context)
		}
		f := dockerfile{context: b.Context, path: filepath.Join(b.Context, b.Dockerfile), target: b.Target}
		if !slices.Contains(files, f) {
			files = append(files, f)
		}
	}
	return files, nil
}
