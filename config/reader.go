package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Mistake is one thing that is wrong in a file.
type Mistake struct {
	Path  string // of the file
	Line  int    // from 1
	Field string // "schedules[2].cron", counted from 1; "" for the file as a whole
	Wrong string // what is wrong, and what would be right
}

// Error is "crosscheck.yaml:12: schedules[2].cron: ...".
func (m Mistake) Error() string {
	if m.Field == "" {
		return fmt.Sprintf("%s:%d: %s", m.Path, m.Line, m.Wrong)
	}
	return fmt.Sprintf("%s:%d: %s: %s", m.Path, m.Line, m.Field, m.Wrong)
}

// Mistakes is all that is wrong in a file, in the order of its lines.
type Mistakes []Mistake

// Error has a line for each mistake.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = mistake.Error()
	}
	return strings.Join(lines, "\n")
}

// maxMistakes bounds the mistakes that are told: with so many, it is another file.
const maxMistakes = 100

// reader takes values from a parsed file and collects what is wrong.
type reader struct {
	path     string
	folder   string // what relative paths start from
	getenv   func(string) string
	fields   []string // of the file, that are read; none means all
	mistakes Mistakes
}

// place is a value in the file: its node, and how to name it.
type place struct {
	node  ast.Node
	line  int
	field string
}

// wrong notes a mistake.
func (r *reader) wrong(at place, format string, args ...any) {
	r.mistakes = append(r.mistakes, Mistake{r.path, at.line, at.field, fmt.Sprintf(format, args...)})
}

// take is what to do with the value of a field.
type take func(at place)

// object reads a mapping whose fields are those of the table.
func (r *reader) object(at place, table map[string]take) {
	values, ok := r.mapping(at)
	if !ok {
		return
	}
	seen := make(map[string]int, len(values))
	for _, value := range values {
		key := value.Key.GetToken()
		inside := place{value.Value, key.Position.Line, key.Value}
		if at.field != "" {
			inside.field = at.field + "." + key.Value
		}
		if first, twice := seen[key.Value]; twice {
			r.wrong(inside, "it is given already, on line %d", first)
			continue
		}
		seen[key.Value] = inside.line
		into, known := table[key.Value]
		switch {
		case !known:
			r.wrong(inside, "there is no such field; %s", instead(key.Value, table))
		case value.Value.Type() == ast.NullType:
			// A name without a value, as in an outline that is to be filled.
		default:
			into(inside)
		}
	}
}

// mapping are the fields of a mapping, in their order.
func (r *reader) mapping(at place) ([]*ast.MappingValueNode, bool) {
	switch n := at.node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	r.wrong(at, "want fields, one a line as in \"name: value\"; found %s", kind(at.node))
	return nil, false
}

// maxInstead is how many letters a misspelt field may differ in from the one
// that is proposed.
const maxInstead = 3

// instead proposes a field for one that does not exist.
func instead(key string, table map[string]take) string {
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	best, nearest := maxInstead+1, ""
	for _, name := range names {
		if d := distance(key, name); d < best {
			best, nearest = d, name
		}
	}
	if nearest != "" && best < len(nearest) {
		return fmt.Sprintf("did you mean %s?", nearest)
	}
	return "there are " + strings.Join(names, ", ")
}

// distance is how many letters have to be put in, taken out or changed to make
// one word of another; words of no sensible length are just far apart.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return maxInstead + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// list reads a sequence, or one value as a sequence of one, and gives each
// member to each. It bounds the number of members.
func (r *reader) list(at place, most int, each take) {
	sequence, ok := at.node.(*ast.SequenceNode)
	if !ok {
		each(at)
		return
	}
	if len(sequence.Values) > most {
		r.wrong(at, "%d in a list; at most %d", len(sequence.Values), most)
		return
	}
	for i, node := range sequence.Values {
		each(place{node, node.GetToken().Position.Line, fmt.Sprintf("%s[%d]", at.field, i+1)})
	}
}

// objects reads a sequence of mappings, and nothing else.
func (r *reader) objects(at place, most int, each take) {
	if _, ok := at.node.(*ast.SequenceNode); !ok {
		r.wrong(at, "want a list, each member on a line that begins with \"- \"; found %s", kind(at.node))
		return
	}
	r.list(at, most, each)
}

// text reads a single value as it is written: a name may look like a number.
func (r *reader) text(at place) (string, bool) {
	switch n := at.node.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(n.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.AliasNode:
		r.wrong(at, "a value that begins with * needs quotes around it")
		return "", false
	case *ast.NullNode:
		r.wrong(at, "the value is missing")
		return "", false
	case ast.ScalarNode:
		return n.GetToken().Value, true
	}
	r.wrong(at, "want one value, found %s", kind(at.node))
	return "", false
}

// kind says what a node is, in words.
func kind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "fields"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		return "an anchor, alias or tag, which are not read here"
	case *ast.NullNode:
		return "nothing"
	}
	return "one value"
}
