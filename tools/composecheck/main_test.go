package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
)

func TestTheProjectsOwnFiles(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{filepath.Join("..", "..", "docker-compose.yml")}, &out); err != nil {
		t.Fatal(err)
	}
	if want := "4 services and 1 Dockerfiles are well formed"; !strings.Contains(out.String(), want) {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// A project without fault, from which the cases below each break one line.
const (
	compose = `services:
  database:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready"]
    volumes:
      - data:/var/lib/postgresql/data
  program:
    build:
      context: .
      target: final
    volumes:
      - ./sample:/sample:ro
    depends_on:
      database:
        condition: service_healthy
      setup:
        condition: service_completed_successfully
  setup:
    build: .
    restart: on-failure
  helper:
    build: .
    restart: always
    healthcheck:
      test: ["CMD", "/program", "ready"]
    deploy:
      replicas: 2
volumes:
  data:
`
	docker = `FROM golang:1.26 AS build
WORKDIR /src
COPY source.go ./
RUN go build -o /program source.go

FROM debian:bookworm-slim AS final
COPY --from=build /program /program
USER 65532
ENTRYPOINT ["/program"]
`
)

// project writes the files of a project and returns its Compose file.
func project(t *testing.T, compose, docker string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "sample"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"docker-compose.yml": compose, "Dockerfile": docker, "source.go": "package main\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "docker-compose.yml")
}

func TestWellFormed(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{project(t, compose, docker)}, &out); err != nil {
		t.Error(err)
	}
}

func TestBrokenFilesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"not YAML", "services:", "services: [", "yaml"},
		{"unknown key", "    image: postgres:17", "    immage: postgres:17", "immage"},
		{"wrong type", "      test: [\"CMD\", \"pg_isready\"]", "      test: 5", "healthcheck.test"},
		{"undefined volume", "volumes:\n  data:\n", "", "data"},
		{"undefined service", "      setup:\n", "      sutep:\n", "sutep"},
		{"unknown condition", "condition: service_healthy", "condition: service_well", "condition"},
		{"circle", "    restart: on-failure", "    depends_on: [program]", "cycle"},
		{"bad port", "    image: postgres:17", "    image: postgres:17\n    ports: [\"12345678:1\"]", "12345678"},
		{"no image", "    image: postgres:17\n", "", "neither"},
		{"health never told", "    healthcheck:\n      test: [\"CMD\", \"pg_isready\"]\n", "", "no health check"},
		{"end never reached", "    restart: on-failure", "    restart: always", "restarted whenever it ends"},
		{"health never asked", "    healthcheck:\n      test: [\"CMD\", \"/program\", \"ready\"]\n", "", "helper stays"},
		{"health by a shell", "[\"CMD\", \"/program\", \"ready\"]", "/program ready", "through a shell"},
		{"a port for two", "      replicas: 2", "      replicas: 2\n    ports: [\"8420:8420\"]", "all publish port 8420"},
		{"a name for two", "      replicas: 2", "      replicas: 2\n    container_name: help", "container_name"},
		{"mount of nothing", "./sample:", "./samples:", "not there"},
		{"no Dockerfile", "    build: .", "    build:\n      context: .\n      dockerfile: Other", "Other"},
		{"no folder to build", "    build: .", "    build: ./elsewhere", "no folder"},
		{"no stage to build", "target: final", "target: finale", `no stage "finale"`},

		{"unknown instruction", "WORKDIR /src", "WORKDIRECTORY /src", "unknown instruction"},
		{"no base image", "FROM golang:1.26 AS build\n", "", "no build stage"},
		{"missing argument", "WORKDIR /src", "WORKDIR", "requires exactly one argument"},
		{"bad flag", "COPY --from=build", "COPY --form=build", "form"},
		{"copy of nothing", "COPY source.go", "COPY sauce.go", "no such file"},
		{"copy from no stage", "--from=build", "--from=built", "no stage of that name"},
		{"copy from itself", "--from=build", "--from=final", "no stage of that name"},
		{"stage named twice", "FROM debian", "FROM debian AS build\n\nFROM debian", "Duplicate stage name"},
		{"runs as root", "USER 65532", "USER 0:0", "runs as root"},
		{"runs as whoever", "USER 65532\n", "", "runs as root"},
		{"shell form", `ENTRYPOINT ["/program"]`, "ENTRYPOINT /program", "JSON"},
		{"casing", "FROM debian:bookworm-slim AS final", "FROM debian:bookworm-slim as final", "casing"},
		{"relative folder", "WORKDIR /src", "WORKDIR src", "Relative workdir"},
		{"obsolete", "USER 65532", "MAINTAINER nobody", "deprecated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			brokenCompose := strings.Replace(compose, c.from, c.to, 1)
			brokenDocker := strings.Replace(docker, c.from, c.to, 1)
			if (brokenCompose == compose) == (brokenDocker == docker) {
				t.Fatalf("the case should break one of the two files")
			}
			var out strings.Builder
			err := run(t.Context(), []string{project(t, brokenCompose, brokenDocker)}, &out)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("no %q in the error:\n%v", c.want, err)
			}
		})
	}
}

// The program's own services are asked whether they are ready, and workers can be many.
func TestTheProjectsServices(t *testing.T) {
	p, err := loadCompose(t.Context(), filepath.Join("..", "..", "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"serve", "worker"} {
		s := p.Services[name]
		if s.HealthCheck == nil || !slices.Contains(s.HealthCheck.Test, "ready") {
			t.Errorf("%s is not asked whether it is ready", name)
		}
		if s.Environment["CROSSCHECK_LISTEN"] == nil {
			t.Errorf("%s does not listen where it could be asked", name)
		}
	}
	if w := p.Services["worker"]; w.GetScale() < 2 || len(w.Ports) > 0 {
		t.Errorf("%d workers with %d ports, want several with none", w.GetScale(), len(w.Ports))
	}
	if serve, worker := p.Services["serve"].Volumes, p.Services["worker"].Volumes; !slices.EqualFunc(serve, worker, func(a, b types.ServiceVolumeConfig) bool {
		return a.Source == b.Source && a.Target == b.Target
	}) {
		t.Errorf("serve and worker see other files: %v, %v", serve, worker)
	}
}

func TestWithoutArguments(t *testing.T) {
	if err := run(t.Context(), nil, &strings.Builder{}); err == nil {
		t.Error("accepted")
	}
}
