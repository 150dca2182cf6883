package fetch

import (
	"bytes"
	"fmt"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html/charset"
)

const (
	// maxEntries bounds what is taken of a feed. Feeds hold 10 to 100 entries.
	maxEntries = 1000
	// maxEntry bounds an entry, in bytes: full articles have 100 kB. It bounds
	// besides how deep elements may nest, which costs the parser its stack.
	maxEntry = 512 << 10
	// maxRoot bounds the start of a feed's first element, in bytes. It names a
	// dozen namespaces at most.
	maxRoot = 8 << 10
	// maxFindings bounds what is told of one feed or sitemap.
	maxFindings = 100
	// maxField bounds a title, a name or an identifier, in bytes.
	maxField = 1000
)

// Entry is a page that a feed or a sitemap names.
type Entry struct {
	URL       string    // normalised
	ID        string    // by which the feed knows it; "" where it gives none
	Title     string    // "" where it has none
	Publisher string    // whose entry it is, as the feed says where it passes on others'; "" where it does not
	Site      string    // the host of that publisher; "" where it does not say
	Published time.Time // the zero time where it does not say
	Modified  time.Time // the same
}

// Finding is something wrong with one entry, which does not harm the others.
type Finding struct {
	Where  string // "entry 3", or an address
	Reason string
}

// Listing is what a feed or a sitemap names.
type Listing struct {
	Entries  []Entry
	Sitemaps []string // the further sitemaps of an index of sitemaps
	Findings []Finding
}

func (l *Listing) find(where, reason string) {
	if len(l.Findings) < maxFindings {
		l.Findings = append(l.Findings, Finding{where, reason})
	}
}

// ListError says that something is no feed or no sitemap.
type ListError struct{ Reason string }

func (e *ListError) Error() string { return e.Reason }

// feedRoots are the first elements of feeds, and what each calls an entry.
var feedRoots = map[string]struct{ entry, open, close string }{
	"rss":  {"item", "<channel>", "</channel>"},
	"RDF":  {"item", "", ""},
	"feed": {"entry", "", ""},
}

// ReadFeed reads an RSS or Atom feed that was found at base. Each entry is read
// by itself, so that a broken one is a finding and takes no other with it. A
// [*ListError] says that it is no feed.
func ReadFeed(body []byte, contentType, base string) (*Listing, error) {
	at, err := web(base)
	if err != nil {
		return nil, err
	}
	body = utf8Of(body, contentType)
	root, rest := firstElement(body)
	prefix, name := elementName(bytes.TrimPrefix(root, []byte("<")))
	kind, ok := feedRoots[name]
	if !ok {
		return nil, &ListError{"it is neither an RSS nor an Atom feed"}
	}
	l := &Listing{}
	head := string(root) + kind.open
	tail := kind.close + "</" + prefix + name + ">"
	seen := make(map[string]bool)
	number := 0
	for entry, whole := range entries(rest, kind.entry) {
		number++
		where := fmt.Sprintf("entry %d", number)
		switch {
		case number > maxEntries:
			l.find(where, fmt.Sprintf("the feed has more than %d entries; this one and those behind it were left", maxEntries))
			return l, nil
		case !whole:
			l.find(where, "it does not end")
			continue
		case len(entry) > maxEntry:
			l.find(where, fmt.Sprintf("its %d bytes are over the limit of %d", len(entry), maxEntry))
			continue
		}
		e, err := readEntry(head+string(entry)+tail, at)
		if err != nil {
			l.find(where, err.Error())
			continue
		}
		if !seen[e.URL] {
			seen[e.URL] = true
			l.Entries = append(l.Entries, e)
		}
	}
	return l, nil
}

// readEntry reads a feed of one entry.
func readEntry(feed string, base *url.URL) (Entry, error) {
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	read, err := parser.Parse(strings.NewReader(feed))
	if err != nil {
		return Entry{}, fmt.Errorf("it cannot be read: %w", err)
	}
	if len(read.Items) == 0 {
		return Entry{}, fmt.Errorf("it is empty")
	}
	item := read.Items[0]
	link := item.Link
	if link == "" && isWeb(item.GUID) {
		link = item.GUID // RSS: an identifier is a link unless it says otherwise
	}
	if strings.TrimSpace(link) == "" {
		return Entry{}, fmt.Errorf("it has no link%s", called(item.Title))
	}
	to, err := base.Parse(strings.TrimSpace(link))
	if err != nil {
		return Entry{}, fmt.Errorf("its link is no address%s", called(item.Title))
	}
	address, err := Normalise(to.String())
	if err != nil {
		return Entry{}, fmt.Errorf("its link: %w%s", err, called(item.Title))
	}
	e := Entry{URL: address, ID: brief(item.GUID), Title: brief(item.Title)}
	e.Publisher, e.Site = publisher(read)
	if item.PublishedParsed != nil {
		e.Published = item.PublishedParsed.UTC()
	}
	if item.UpdatedParsed != nil {
		e.Modified = item.UpdatedParsed.UTC()
	}
	return e, nil
}

// publisher is whom an entry names as its source, by name or else by site, and the site.
func publisher(read *gofeed.Feed) (name, site string) {
	link := ""
	switch original := read.OriginalFeed().(type) {
	case *rss.Feed:
		if source := original.Items[0].Source; source != nil {
			name, link = source.Title, source.URL
		}
	case *atom.Feed:
		if source := original.Entries[0].Source; source != nil {
			name = source.Title
			if len(source.Links) > 0 {
				link = source.Links[0].Href
			}
		}
	}
	if u, err := web(link); err == nil {
		site = strings.ToLower(u.Hostname())
	}
	if name = brief(name); name == "" {
		name = strings.TrimPrefix(site, "www.")
	}
	return name, site
}

func called(title string) string {
	if title = brief(title); title == "" {
		return ""
	}
	return fmt.Sprintf(" (%q)", title)
}

// brief is a text of one line within the bound of fields.
func brief(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.ToValidUTF8(s[:min(len(s), maxField)], "")
}

func isWeb(address string) bool {
	_, err := web(address)
	return err == nil
}

var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}\?>`)

var xmlEncoding = regexp.MustCompile(`encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']`)

// utf8Of turns XML into UTF-8, without a declaration that would say otherwise.
// What the server says counts for more than what stands inside (RFC 7303).
func utf8Of(body []byte, contentType string) []byte {
	label := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		label = params["charset"]
	}
	declaration := xmlDeclaration.Find(body)
	if m := xmlEncoding.FindSubmatch(declaration); m != nil && label == "" {
		label = string(m[1])
	}
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		body, label = body[3:], "utf-8"
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		label = "utf-16le"
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		label = "utf-16be"
	}
	if enc, name := charset.Lookup(label); enc != nil && name != "utf-8" {
		if out, err := enc.NewDecoder().Bytes(body); err == nil {
			body = bytes.TrimPrefix(out, []byte("\ufeff"))
		}
	}
	body = bytes.ToValidUTF8(body, []byte("\ufffd"))
	return body[len(xmlDeclaration.Find(body)):]
}

// firstElement is the start of a document's first element, and what follows it.
// Where there is none within the bound, both are empty.
func firstElement(body []byte) (start, rest []byte) {
	for {
		body = bytes.TrimLeft(body, " \t\r\n")
		end := []byte(">")
		if bytes.HasPrefix(body, []byte("<!--")) {
			end = []byte("-->")
		}
		at := bytes.Index(body, end)
		if at < 0 || body[0] != '<' {
			return nil, nil
		}
		at += len(end)
		if body[1] != '!' && body[1] != '?' {
			if at > maxRoot {
				return nil, nil
			}
			return body[:at], body[at:]
		}
		body = body[at:]
	}
}

// elementName is the name that a tag begins with behind its <, and its prefix with the colon.
func elementName(start []byte) (prefix, name string) {
	end := bytes.IndexAny(start, " \t\r\n/>")
	if end < 0 {
		return "", ""
	}
	full := string(start[:end])
	colon := strings.IndexByte(full, ':') + 1
	return full[:colon], full[colon:]
}

// entries cuts a feed at the starts and ends of its entries, as they are
// written, whatever stands between. An entry that is not whole has no end
// before the next begins.
func entries(body []byte, name string) func(yield func(entry []byte, whole bool) bool) {
	return func(yield func([]byte, bool) bool) {
		start := -1
		hidden := []*hiding{{open: "<!--", close: "-->"}, {open: "<![CDATA[", close: "]]>"}}
		for at := 0; at < len(body); {
			next := bytes.IndexByte(body[at:], '<')
			if next < 0 {
				break
			}
			at += next
			if skip := hidden[0].length(body[at:]) + hidden[1].length(body[at:]); skip > 0 {
				at += skip
				continue
			}
			closing, found := tagName(body[at:min(at+maxTag, len(body))])
			if found != name {
				at++
				continue
			}
			end := bytes.IndexByte(body[at:], '>') + 1
			if end == 0 {
				break
			}
			switch {
			case closing && start >= 0:
				if !yield(body[start:at+end], true) {
					return
				}
				start = -1
			case !closing:
				if start >= 0 && !yield(body[start:at], false) {
					return
				}
				start = at
			}
			at += end
		}
		if start >= 0 {
			yield(body[start:], false)
		}
	}
}

// maxTag bounds how far the name of a tag is looked for, in bytes.
const maxTag = 64

// tagName is the name of a tag without its prefix, and whether it closes an element.
func tagName(tag []byte) (closing bool, name string) {
	tag, closing = bytes.CutPrefix(tag[1:], []byte("/"))
	_, name = elementName(tag)
	return closing, name
}

// hiding is a kind of text in which tags are words: a comment, or marked text.
type hiding struct {
	open, close string
	unended     bool // no end was found, and so there is none further on
}

// length is how long the text is, 0 where none begins or where it has no end.
func (h *hiding) length(rest []byte) int {
	if h.unended || !bytes.HasPrefix(rest, []byte(h.open)) {
		return 0
	}
	end := bytes.Index(rest, []byte(h.close))
	if h.unended = end < 0; h.unended {
		return 0
	}
	return end + len(h.close)
}
