# The two that matter are run and test. Each installs what it lacks.

GO ?= go
FUZZTIME ?= 20s
BENCHTIME ?= 1s

# Pinned, so that an unchanged source is judged the same tomorrow.
GOLANGCI_LINT := v2.15.0
LINTER := bin/golangci-lint-$(GOLANGCI_LINT)

.DEFAULT_GOAL := help

.PHONY: help
help: ## list these
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: run
run: build ## read the sample in seeds/, print the conflicts in it and its claims
	@test -n "$(DATABASE_URL)" || scripts/install-postgresql
	bin/crosscheck run seeds
	@echo
	@echo "What the documents claim, and where (bin/crosscheck claims):"
	@bin/crosscheck claims

# What the race detector has found is printed at once; without this every program that
# a test starts sleeps for a second at its end, in case more is found.
test: export GORACE = atexit_sleep_ms=20

.PHONY: test
test: postgresql browser ## run every test, against a real PostgreSQL and in a real browser
	$(GO) test -race ./...
	cd tools && $(GO) test ./...

.PHONY: build
build: ## build bin/crosscheck
	$(GO) build -o bin/crosscheck ./cmd/crosscheck

.PHONY: lint
lint: $(LINTER) ## hold the code to .golangci.yml
	$(LINTER) run ./...
	cd tools && ../$(LINTER) run --config ../.golangci.yml ./...

.PHONY: fuzz
fuzz: ## run every fuzz target, each for FUZZTIME (20s)
	scripts/fuzz $(FUZZTIME)

.PHONY: bench
bench: postgresql ## run every benchmark, each for BENCHTIME (1s)
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

.PHONY: containers
containers: ## check Dockerfile and docker-compose.yml with Docker's own parsers
	cd tools && $(GO) run ./composecheck ../docker-compose.yml

.PHONY: postgresql
postgresql: ## install PostgreSQL's server programs where they are missing
	@scripts/install-postgresql

.PHONY: browser
browser: ## install what the tests of the pages need: Chromium and axe-core
	@scripts/install-browser

.PHONY: clean
clean: ## remove what was built here; the data in .crosscheck stay
	rm -rf bin

$(LINTER):
	mkdir -p bin
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT)
	mv bin/golangci-lint $@
