package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crosscheck/desk"
	"crosscheck/review"
)

// paths are the addresses of all pages of the desk, one of each kind at least.
func (o *office) paths(t *testing.T) (paths []string) {
	t.Helper()
	worst := o.ferry(t)
	c, err := o.store.Case(t.Context(), worst.ID)
	if err != nil {
		t.Fatal(err)
	}
	place := c.Sides[0].Places[0]
	kinds := map[string][]string{
		"/{$}":            {"/", "/?severity=any&box=all&text=nothing+has+this", "/?kind=number&severity=high"},
		"/conflicts/{id}": {"/conflicts/" + worst.ID},
		"/documents/{id}": {fmt.Sprintf("/documents/%d", place.DocumentID)},
		"/sources/{id}":   {fmt.Sprintf("/sources/%d", place.SourceID)},
		"/claims/{id}":    {"/claims/" + place.ClaimID},
		"/runs/{id}":      {"/runs/1"},
	}
	for _, row := range o.rows(t) { // each kind of conflict has pictures of its own
		kind := "/conflicts/" + row.ID
		if !slices.ContainsFunc(kinds["/conflicts/{id}"], func(p string) bool { return p == kind }) && len(kinds["/conflicts/{id}"]) < 4 {
			kinds["/conflicts/{id}"] = append(kinds["/conflicts/{id}"], kind)
		}
	}
	for _, pattern := range review.Pages() {
		here := kinds[pattern]
		if here == nil {
			here = []string{pattern}
		}
		for _, path := range here {
			if strings.Contains(path, "{") {
				t.Errorf("no address is known for the page %s", pattern)
				continue
			}
			paths = append(paths, path)
		}
	}
	// Whoever is signed in is not asked to do so again.
	paths = slices.DeleteFunc(paths, func(p string) bool { return p == "/login" })
	return append(paths, "/nowhere")
}

// rows are all conflicts.
func (o *office) rows(t *testing.T) []desk.Row {
	t.Helper()
	page, err := o.store.Queue(t.Context(), desk.Filter{Box: desk.Everything, Severity: -1, Size: 500}, o.now)
	if err != nil {
		t.Fatal(err)
	}
	return page.Rows
}

const rowCount = `document.querySelectorAll("[data-walk] > li").length`
