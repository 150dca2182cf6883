package document

import (
	"context"
	"fmt"
	"mime"
	"path"
	"strings"
)

// DefaultLimit is how many bytes a document may have where nothing else is said: 16 MiB.
const DefaultLimit = 16 << 20

// Options say how to read. The zero value is good for a file.
type Options struct {
	Limit       int64  // in bytes; 0 means DefaultLimit
	ContentType string // as an HTTP server declared it, or ""
}

// Read turns raw, which was found under name (a path or an address), into a
// document. The format follows from the content first and from the name second:
// a file called .txt that holds Markdown is read as Markdown. Bytes that are no
// text give an [*UnreadableError]; otherwise only ctx can make it fail.
func Read(ctx context.Context, name string, raw []byte, o Options) (*Document, error) {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if int64(len(raw)) > o.Limit {
		return nil, OverLimit(int64(len(raw)), o.Limit)
	}
	if err := unreadable(raw); err != nil {
		return nil, err
	}
	text, err := decode(raw, o.ContentType)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	if strings.TrimSpace(text.text) == "" {
		return nil, &UnreadableError{Empty, "The file is empty: there is nothing to read"}
	}
	d := &Document{Text: text.text, Encoding: text.encoding, Invalid: text.invalid}
	switch format(name, o.ContentType, d.Text) {
	case "html":
		err = readHTML(ctx, d)
	case "markdown":
		err = readMarkdown(ctx, d)
	default:
		err = readText(ctx, d)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	d.Language = language(d)
	return d, nil
}

// format decides on the reader. A name or a server may call a text what they
// like: content that is plainly one thing is read as that.
func format(name, contentType, text string) string {
	head := text[:min(len(text), 64<<10)]
	if isPage(head) {
		return "html"
	}
	said := declaredFormat(name, contentType)
	switch {
	case said == "html" && hasTag(head):
		return "html"
	case said == "markdown", isMarkdown(head):
		return "markdown"
	}
	return "text"
}

// declaredFormat is what the server or the name's ending calls the format, or "".
func declaredFormat(name, contentType string) string {
	media, _, _ := mime.ParseMediaType(contentType)
	switch media {
	case "text/html", "application/xhtml+xml":
		return "html"
	case "text/markdown", "text/x-markdown":
		return "markdown"
	}
	if at := strings.IndexAny(name, "?#"); at >= 0 && strings.Contains(name[:at], "://") {
		name = name[:at]
	}
	switch strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/"))) {
	case ".html", ".htm", ".xhtml", ".shtml":
		return "html"
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd":
		return "markdown"
	}
	return ""
}

// isPage reports whether a text is HTML whatever its name: whether it opens as
// a page does, or opens with an element and closes elements later.
func isPage(head string) bool {
	for {
		head = strings.TrimLeft(head, " \t\r\n\ufeff")
		rest, found := strings.CutPrefix(head, "<!--")
		if !found {
			rest, found = strings.CutPrefix(head, "<?xml")
		}
		if !found {
			break
		}
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return false
		}
		head = rest[end+1:]
	}
	opening := strings.ToLower(head[:min(len(head), 16)])
	for _, whole := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if strings.HasPrefix(opening, whole) {
			return true
		}
	}
	for _, part := range []string{"div", "p", "h1", "h2", "h3", "article", "main", "section", "title", "meta", "table", "ul", "ol", "nav", "header"} {
		rest, found := strings.CutPrefix(opening, "<"+part)
		if found && rest != "" && strings.ContainsAny(rest[:1], " >\t\r\n") {
			return strings.Count(head, "</") >= 2
		}
	}
	return false
}

// hasTag reports whether something in the text looks like an element.
func hasTag(head string) bool {
	for at := strings.IndexByte(head, '<'); at >= 0 && at+1 < len(head); {
		c := head[at+1] | 0x20
		if c >= 'a' && c <= 'z' || head[at+1] == '/' || head[at+1] == '!' {
			return strings.IndexByte(head[at:], '>') > 0
		}
		next := strings.IndexByte(head[at+1:], '<')
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}

// isMarkdown reports whether a text is plainly Markdown: it has front matter,
// or two signs that other texts do not show by chance. Bullets are no sign, a
// plain text has them too.
func isMarkdown(head string) bool {
	if _, _, ok := frontMatter(head); ok {
		return true
	}
	signs := 0
	for line := range strings.Lines(head) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case isATX(line):
			signs++
		case isDelimiterRow(line):
			signs += 2
		}
		if strings.Contains(line, "](http") || strings.Contains(line, "[[") && strings.Contains(line, "]]") {
			signs++
		}
		if bold := strings.Count(line, "**"); bold >= 2 {
			signs++
		}
		if signs >= 2 {
			return true
		}
	}
	return false
}

// isATX reports whether a line is a heading as in "## Result".
func isATX(line string) bool {
	rest := strings.TrimLeft(line, "#")
	n := len(line) - len(rest)
	return n >= 1 && n <= 6 && strings.HasPrefix(rest, " ") && strings.TrimSpace(rest) != ""
}

// isDelimiterRow reports whether a line parts a table's header from its rows: "|---|:-:|".
func isDelimiterRow(line string) bool {
	dashes, bars := 0, 0
	for _, c := range line {
		switch c {
		case '-':
			dashes++
		case '|':
			bars++
		case ':', ' ', '\t':
		default:
			return false
		}
	}
	return bars >= 1 && dashes >= 3*max(1, bars-1)
}
