package review

import (
	_ "embed" // the description of the API
	"net/http"
	"sync"

	"github.com/goccy/go-yaml"

	"crosscheck/desk"
)

//go:embed openapi.yaml
var openAPI []byte

var openAPIJSON = sync.OnceValues(func() ([]byte, error) { return yaml.YAMLToJSON(openAPI) })

// describe serves the description of the API as it was written.
func (s *Server) describe(w http.ResponseWriter, _ *http.Request, _ desk.Person) error {
	w.Header().Set("Content-Type", "application/yaml")
	_, _ = w.Write(openAPI) // who asked may have gone
	return nil
}

// describeJSON serves the same for programs that read no YAML.
func (s *Server) describeJSON(w http.ResponseWriter, _ *http.Request, _ desk.Person) error {
	b, err := openAPIJSON()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(b) // who asked may have gone
	return nil
}
