package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isHidden reports whether an element shows no text.
func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Canvas,
		atom.Audio, atom.Video, atom.Textarea, atom.Datalist, atom.Noframes, atom.Noembed, atom.Title:
		return true
	case atom.Dialog:
		if !has(n, "open") {
			return true
		}
	}
	if has(n, "hidden") && attr(n, "hidden") != "until-found" {
		return true
	}
	style := attr(n, "style")
	if style == "" {
		return false
	}
	style = strings.Join(strings.Fields(strings.ToLower(style)), "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// isChrome reports whether an element is a part of the page around the article:
// by its kind, by its role, or by the words in its class and id.
func isChrome(n *html.Node, f flow) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Footer, atom.Button, atom.Select, atom.Form, atom.Menu, atom.Search:
		return n.DataAtom != atom.Footer || !f.inside || !hasProse(n)
	case atom.Header:
		return !f.inside && !holds(n, atom.H1)
	case atom.Body, atom.Html, atom.Main, atom.Article, atom.H1:
		return false
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar", "dialog", "alert":
		return !holds(n, atom.H1)
	}
	names := attr(n, "class") + " " + attr(n, "id")
	if len(names) == 1 {
		return false
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(names), func(r rune) bool {
		return r == ' ' || r == '-' || r == '_' || r == ':' || r == '.' || r == '\t' || r == '\n'
	}) {
		if chromeWords[word] {
			return !holds(n, atom.H1) && !holds(n, atom.Article)
		}
	}
	return false
}

// chromeWords are what page builders call the parts around an article.
var chromeWords = wordSet(`nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs related recirc recirculation
	recommended recommendations share sharing sharebar social socials cookie cookies consent gdpr newsletter subscribe subscription signup
	sidebar comment comments disqus advert adverts advertisement advertising ad ads adslot adsense banner promo promos promoted promotion
	sponsor sponsored tags tag taglist taxonomy footer foot masthead toolbar topbar ticker trending popular mostread pagination pager
	paywall popup modal skip skiplink widget widgets teaser teasers byline meta dateline timestamp`)

// holds reports whether there is an element of a kind below n, looking at no
// more than a few hundred nodes.
func holds(n *html.Node, want atom.Atom) bool {
	budget := 300
	var scan func(*html.Node) bool
	scan = func(n *html.Node) bool {
		for c := n.FirstChild; c != nil && budget > 0; c = c.NextSibling {
			budget--
			if c.DataAtom == want || scan(c) {
				return true
			}
		}
		return false
	}
	return scan(n)
}

// hasProse reports whether an element holds a paragraph that is a sentence.
func hasProse(n *html.Node) bool {
	budget := 300
	var scan func(*html.Node) bool
	scan = func(n *html.Node) bool {
		for c := n.FirstChild; c != nil && budget > 0; c = c.NextSibling {
			budget--
			if c.Type == html.TextNode && len(c.Data) > 80 {
				if sh := glance(c.Data); sh.isSentence() {
					return true
				}
			}
			if scan(c) {
				return true
			}
		}
		return false
	}
	return scan(n)
}
