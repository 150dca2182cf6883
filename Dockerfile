# Builds crosscheck into an image that holds the program and nothing else: no
# shell, no package manager, no root. It has no PostgreSQL either, so give it a
# server with DATABASE_URL; docker-compose.yml shows how.

FROM golang:1.26-bookworm AS build
WORKDIR /src
# Modules first: they change less often than the source and stay cached.
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/crosscheck ./cmd/crosscheck

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/crosscheck /usr/local/bin/crosscheck
# Mount the documents to be read here.
WORKDIR /documents
USER nonroot:nonroot
ENTRYPOINT ["/usr/local/bin/crosscheck"]
CMD ["--help"]
