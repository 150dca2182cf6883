package main

import (
	"fmt"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"crosscheck/document"
)

// places tells people where in a document a span stands: by line where the
// text is the file itself, by bytes of the text where it is not.
type places struct {
	starts []int // offsets at which lines begin; nil where lines mean nothing
}

// newPlaces knows a file's lines by its text. A page's text has lines that its
// file has not.
func newPlaces(path, text string) places {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".xhtml", ".shtml":
		return places{}
	}
	starts := []int{0}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return places{starts}
		}
		at += i + 1
		starts = append(starts, at)
	}
}

// text is "line 12", or "bytes 98-103".
func (p places) text(s document.Span) string {
	if p.starts == nil {
		return fmt.Sprintf("bytes %d-%d", s.Start, s.End)
	}
	return "line " + strconv.Itoa(p.line(s))
}

// in is the place with the document's name before it, as editors and
// terminals link it: "report.md:12".
func (p places) in(path string, s document.Span) string {
	if p.starts == nil {
		return fmt.Sprintf("%s, bytes %d-%d", path, s.Start, s.End)
	}
	return path + ":" + strconv.Itoa(p.line(s))
}

// line counts from 1.
func (p places) line(s document.Span) int {
	return sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > s.Start })
}
