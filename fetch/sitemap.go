package fetch

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	// MaxPages bounds the pages that are taken of a sitemap with all that it
	// leads to. The protocol allows 50,000 in each file.
	MaxPages = 50_000
	// maxSitemaps bounds the files that an index leads to.
	maxSitemaps = 500
	// maxDepth bounds how deep an index leads to others. The protocol knows no
	// index of indexes; some sites have one all the same.
	maxDepth = 2
)

// ReadSitemap reads a sitemap, or an index of sitemaps, packed with gzip or not,
// of at most limit bytes. What comes before a mistake is taken, and the mistake
// is a finding. A [*ListError] says that it is no sitemap.
func ReadSitemap(body []byte, contentType string, limit int64) (*Listing, error) {
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		var err error
		if body, err = gunzip(&counter{from: bytes.NewReader(body)}, limit); err != nil {
			return nil, err
		}
	}
	d := xml.NewDecoder(bytes.NewReader(utf8Of(body, contentType)))
	l := &Listing{}
	var (
		kind    string // the first element: urlset or sitemapindex
		depth   int
		number  int
		text    strings.Builder
		current struct{ loc, lastmod string }
	)
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && kind != "":
			return l, nil
		case err != nil && kind == "":
			return nil, &ListError{"it is no sitemap"}
		case err != nil:
			l.find(fmt.Sprintf("after entry %d", number), fmt.Sprintf("the rest cannot be read: %v", err))
			return l, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			text.Reset()
			switch {
			case depth > 16: // the protocol's depth is 3, and 5 with extensions
				return nil, &ListError{"it is no sitemap: it nests too deep"}
			case depth == 1:
				if kind = t.Name.Local; kind != "urlset" && kind != "sitemapindex" {
					return nil, &ListError{"it is no sitemap"}
				}
			case depth == 2:
				current.loc, current.lastmod = "", ""
			}
		case xml.CharData:
			if depth == 3 && text.Len()+len(t) <= 2*maxURL {
				text.Write(t)
			}
		case xml.EndElement:
			switch {
			case depth == 3 && t.Name.Local == "loc":
				current.loc = strings.TrimSpace(text.String())
			case depth == 3 && t.Name.Local == "lastmod":
				current.lastmod = strings.TrimSpace(text.String())
			case depth == 2 && (t.Name.Local == "url" || t.Name.Local == "sitemap"):
				number++
				where := fmt.Sprintf("entry %d", number)
				if number > MaxPages {
					l.find(where, fmt.Sprintf("the sitemap has more than %d entries; this one and those behind it were left", MaxPages))
					return l, nil
				}
				address, err := Normalise(current.loc)
				if err != nil {
					l.find(where, err.Error())
				} else if kind == "sitemapindex" {
					l.Sitemaps = append(l.Sitemaps, address)
				} else {
					l.Entries = append(l.Entries, Entry{URL: address, Modified: w3cTime(current.lastmod)})
				}
			}
			depth--
		}
	}
}

// w3cTime reads a time as W3C's note on them has it, from a year to fractions
// of seconds; the zero time where it is none.
func w3cTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// Feed gets a feed and reads it. It asks for it whatever it was before: who is to
// know which pages are expected needs the entries even where none is new.
func (c *Client) Feed(ctx context.Context, address string) (*Listing, error) {
	page, err := c.Get(ctx, address, Validators{})
	if err != nil {
		return nil, err
	}
	return ReadFeed(page.Body, page.ContentType, page.URL)
}

// Sitemap gets a sitemap with all that it leads to. One that cannot be had is a
// finding, but for the first.
func (c *Client) Sitemap(ctx context.Context, address string) (*Listing, error) {
	type place struct {
		address string
		depth   int
	}
	all := &Listing{}
	seen := make(map[string]bool) // pages and sitemaps
	queue := []place{{address, 0}}
	for asked := 0; len(queue) > 0; asked++ {
		next := queue[0]
		queue = queue[1:]
		if asked == maxSitemaps {
			all.find(next.address, fmt.Sprintf("more than %d sitemaps; this one and those behind it were left", maxSitemaps))
			break
		}
		one, err := c.sitemap(ctx, next.address)
		if err != nil {
			if asked == 0 || ctx.Err() != nil {
				return nil, err
			}
			all.find(next.address, err.Error())
			continue
		}
		for _, f := range one.Findings {
			if asked > 0 {
				f.Where = next.address + ", " + f.Where
			}
			all.find(f.Where, f.Reason)
		}
		for _, e := range one.Entries {
			if len(all.Entries) == MaxPages {
				all.find(next.address, fmt.Sprintf("more than %d pages in all; those behind them were left", MaxPages))
				return all, nil
			}
			if !seen[e.URL] {
				seen[e.URL] = true
				all.Entries = append(all.Entries, e)
			}
		}
		for _, further := range one.Sitemaps {
			switch {
			case seen[further]:
			case next.depth == maxDepth:
				all.find(further, "it lies too deep in indexes of sitemaps")
			default:
				seen[further] = true
				queue = append(queue, place{further, next.depth + 1})
			}
		}
	}
	return all, nil
}

func (c *Client) sitemap(ctx context.Context, address string) (*Listing, error) {
	page, err := c.Get(ctx, address, Validators{})
	if err != nil {
		return nil, err
	}
	return ReadSitemap(page.Body, page.ContentType, c.o.MaxBytes)
}
