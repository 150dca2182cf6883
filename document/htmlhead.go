package document

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHead takes from a page what it says of itself in its head, in elements
// that name a time, and in linked data. What is said for machines wins over
// what is said for people.
func readHead(root *html.Node, m *Meta) {
	h := head{said: map[string]string{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			h.element(n)
		}
	}
	first := func(keys ...string) string {
		for _, k := range keys {
			if v := strings.TrimSpace(h.said[k]); v != "" {
				return v
			}
		}
		return ""
	}
	m.Title = first("og:title", "ld:headline", "twitter:title", "dc.title", "title")
	m.Source = first("og:site_name", "ld:publisher", "application-name", "dc.publisher", "publisher")
	m.Author = first("author", "ld:author", "article:author", "dc.creator", "byl")
	if strings.Contains(m.Author, "://") {
		m.Author = first("author", "ld:author")
	}
	m.Language = first("lang", "og:locale", "ld:language", "content-language")
	m.URL = first("canonical", "og:url")
	for _, key := range []string{"article:published_time", "ld:published", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate",
		"publishdate", "publish-date", "sailthru.date", "parsely-pub-date", "time"} {
		if m.Published == "" {
			m.Published = dayOf(h.said[key])
		}
	}
}

// A head gathers what a page says of itself, under the keys it uses; those of
// linked data start with "ld:".
type head struct {
	said map[string]string
}

// say keeps the first thing said under a key.
func (h *head) say(key, value string) {
	if key = strings.ToLower(key); h.said[key] == "" && len(value) <= 2000 && value != "" && key != "" {
		h.said[key] = strings.Join(strings.Fields(value), " ")
	}
}

func (h *head) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		h.say("lang", attr(n, "lang"))
	case atom.Title:
		if n.FirstChild != nil && (n.Parent == nil || n.Parent.DataAtom != atom.Svg) {
			h.say("title", n.FirstChild.Data)
		}
	case atom.Meta:
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			h.say(attr(n, key), attr(n, "content"))
		}
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") {
			h.say("canonical", attr(n, "href"))
		}
	case atom.Time:
		h.say("time", attr(n, "datetime"))
	case atom.Script:
		if attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
			var data any
			if json.Unmarshal([]byte(n.FirstChild.Data), &data) == nil {
				h.linkedData(data, 0)
			}
		}
	}
}

// linkedData looks for an article in JSON-LD, in lists and graphs too.
func (h *head) linkedData(data any, depth int) {
	const deepest = 4
	if depth > deepest {
		return
	}
	switch data := data.(type) {
	case []any:
		for _, item := range data {
			h.linkedData(item, depth+1)
		}
	case map[string]any:
		h.linkedData(data["@graph"], depth+1)
		h.linkedData(data["mainEntity"], depth+1)
		if data["datePublished"] == nil && data["headline"] == nil {
			return
		}
		h.say("ld:published", nameOf(data["datePublished"]))
		h.say("ld:headline", nameOf(data["headline"]))
		h.say("ld:publisher", nameOf(data["publisher"]))
		h.say("ld:author", nameOf(data["author"]))
		h.say("ld:language", nameOf(data["inLanguage"]))
	}
}

// nameOf gives a string, the name of a thing, or those of a list of things.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["name"].(string)
		return s
	case []any:
		var names []string
		for _, item := range v {
			switch item := item.(type) {
			case string:
				names = append(names, item)
			case map[string]any:
				if s, ok := item["name"].(string); ok {
					names = append(names, s)
				}
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}

// fromTitle parts the site's name from the end of a page's title, where no
// other source is named: behind a bar, or behind a dash if the name stands in
// the page's furniture too.
func fromTitle(d *Document) {
	title := d.Meta.Title
	for _, sep := range []string{" | ", " » ", " · ", " - ", " – ", " — "} {
		at := strings.LastIndex(title, sep)
		if at <= 0 {
			continue
		}
		name := strings.TrimSpace(title[at+len(sep):])
		if name == "" || len(strings.Fields(name)) > 6 || d.Meta.Source != "" && !strings.EqualFold(name, d.Meta.Source) {
			return
		}
		if strings.ContainsAny(sep, "-–—") && d.Meta.Source == "" && !inFurniture(d, name) {
			return
		}
		d.Meta.Title = strings.TrimSpace(title[:at])
		fill(&d.Meta.Source, name)
		return
	}
}

func inFurniture(d *Document, name string) bool {
	name = strings.ToLower(name)
	for _, b := range d.Blocks {
		if b.Role == Furniture && strings.Contains(strings.ToLower(b.Of(d.Text)), name) {
			return true
		}
	}
	return false
}
