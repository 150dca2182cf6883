package document

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// frontMatterLimit is how many bytes front matter may have.
const frontMatterLimit = 64 << 10

// frontMatter finds the metadata between two rules at the start of a text: the
// length of the whole and what stands between the rules. It must hold a key.
func frontMatter(text string) (length int, inside string, ok bool) {
	head := text[:min(len(text), frontMatterLimit)]
	lead := len(head) - len(strings.TrimLeft(head, " \t\r\n"))
	at, keys := lead, 0
	for line := range strings.Lines(head[lead:]) {
		trimmed := strings.TrimRight(line, " \t\r\n")
		switch {
		case at == lead && trimmed != "---":
			return 0, "", false
		case at > lead && (trimmed == "---" || trimmed == "..."):
			start := lead + strings.IndexByte(head[lead:], '\n') + 1
			return at + len(trimmed), text[start:at], keys > 0
		}
		if key, _, found := strings.Cut(trimmed, ":"); found && isKey(key) {
			keys++
		}
		at += len(line)
	}
	return 0, "", false
}

// isKey reports whether s can be the name of a field.
func isKey(s string) bool {
	for _, c := range s {
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' && c != ' ' {
			return false
		}
	}
	return s != "" && s[0] != ' ' && s[0] != '-' && len(s) < 40
}

// readFrontMatter takes from YAML what [Meta] has a field for. YAML that does
// not parse is read line by line, so that one bad line costs only itself. Of two
// fields for one thing, such as author and authors, the first counts.
func readFrontMatter(inside string, m *Meta) {
	for _, f := range fields(inside) {
		values := f.values
		if len(values) == 0 {
			continue
		}
		first := strings.TrimSpace(values[0])
		switch key := f.key; key {
		case "title":
			fill(&m.Title, first)
		case "source", "publisher", "site", "publication", "outlet", "site_name":
			fill(&m.Source, first)
		case "author", "authors", "by", "creator":
			fill(&m.Author, strings.Join(values, ", "))
		case "published", "date", "pubdate", "publishdate", "date_published", "datepublished", "created", "published_at":
			if key == "published" || m.Published == "" {
				if day := dayOf(first); day != "" {
					m.Published = day
				}
			}
		case "actors":
			for _, v := range values {
				if v = strings.TrimSpace(strings.Trim(strings.TrimSpace(v), `[]"'`)); v != "" {
					m.Actors = append(m.Actors, v)
				}
			}
		case "language", "lang", "locale":
			fill(&m.Language, first)
		case "url", "link", "canonical", "canonical_url", "source_url", "permalink":
			fill(&m.URL, first)
		}
	}
}

// fill sets what is not set yet.
func fill(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// field is a top-level key, in lower case, with its scalars.
type field struct {
	key    string
	values []string
}

// fields gives the top-level keys in the order in which they stand. Only the
// syntax tree is read: aliases are not followed, so nothing can multiply.
func fields(inside string) []field {
	if f, ok := parsed(inside); ok {
		return f
	}
	var f []field
	for line := range strings.Lines(inside) {
		line = strings.TrimRight(line, " \t\r\n")
		if item, found := strings.CutPrefix(strings.TrimSpace(line), "- "); found && len(f) > 0 {
			last := &f[len(f)-1]
			last.values = append(last.values, unquote(item))
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found || !isKey(name) {
			continue
		}
		var values []string
		value = strings.TrimSpace(value)
		if list, ok := strings.CutPrefix(value, "["); ok {
			for item := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
				values = append(values, unquote(item))
			}
		} else if value != "" {
			values = []string{unquote(value)}
		}
		f = append(f, field{strings.ToLower(name), values})
	}
	return f
}

func unquote(s string) string { return strings.Trim(strings.TrimSpace(s), `"'`) }

// parsed reads YAML with a parser; ok is false where that fails.
func parsed(inside string) (f []field, ok bool) {
	if strings.Count(inside, "\n") > 1000 || strings.Count(inside, "[")+strings.Count(inside, "{") > 100 {
		return nil, false
	}
	// The parser has been known to panic on broken input, which documents may well be.
	defer func() {
		if recover() != nil {
			f, ok = nil, false
		}
	}()
	file, err := parser.ParseBytes([]byte(inside), 0)
	if err != nil || len(file.Docs) == 0 {
		return nil, false
	}
	var pairs []*ast.MappingValueNode
	switch body := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		pairs = body.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{body}
	default:
		return nil, false
	}
	for _, pair := range pairs {
		var values []string
		if list, isList := pair.Value.(*ast.SequenceNode); isList {
			for _, item := range list.Values {
				values = append(values, scalar(item)...)
			}
		} else {
			values = scalar(pair.Value)
		}
		f = append(f, field{strings.ToLower(strings.TrimSpace(pair.Key.String())), values})
	}
	return f, true
}

// scalar gives the words of a scalar node as they were written; other nodes give none.
func scalar(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.StringNode:
		return []string{n.Value}
	case *ast.LiteralNode:
		return []string{n.Value.Value}
	case *ast.NullNode:
		return nil
	case ast.ScalarNode:
		if tk := n.GetToken(); tk != nil {
			return []string{strings.TrimSpace(tk.Value)}
		}
	}
	return nil
}
