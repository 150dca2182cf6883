package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// The marks that stand on a span for the element that it was.
const (
	linkMark = "data-link"
	boldMark = "data-bold"
)

const (
	deepest = 120 // elements inside each other; the parser refuses 512
	shallow = 10  // for pages that the parser refuses all the same
)

// parsePage parses a page whose elements were made harmless first.
func parsePage(ctx context.Context, page string) (*html.Node, error) {
	for _, depth := range []int{deepest, shallow, 0} {
		tame, err := tamed(ctx, page, depth)
		if err != nil {
			return nil, err
		}
		root, err := html.ParseWithOptions(strings.NewReader(tame), html.ParseOptionEnableScripting(true))
		if err == nil {
			return root, nil
		}
	}
	return nil, fmt.Errorf("the page nests its elements too deeply to be parsed")
}

// tamed rewrites a page so that parsing it takes time and space in proportion
// to its length. Elements for looks become spans: a parser of HTML must repeat
// those that were left open in every paragraph that follows, which turns a
// small page into a huge tree. Elements deeper than depth lose their tags, and
// attributes that say nothing about the text are dropped.
func tamed(ctx context.Context, page string, depth int) (string, error) {
	z := html.NewTokenizer(strings.NewReader(page))
	var out strings.Builder
	out.Grow(len(page))
	var open []string // elements that do not end by themselves
	for n := 0; ; n++ {
		if n&4095 == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return "", fmt.Errorf("html: %w", err)
			}
			return out.String(), nil
		case html.TextToken:
			out.Write(z.Raw())
			continue
		case html.CommentToken, html.DoctypeToken:
			continue
		}
		t := z.Token()
		mark := formatting[t.Data]
		if mark != "" {
			t.Data = "span"
		}
		if nests := !endsItself[t.Data]; nests && kind == html.StartTagToken {
			if len(open) >= depth {
				open = append(open, "") // its end tag is not written either
				if len(open) > depth+1000 {
					open = open[:depth+1000]
				}
				continue
			}
			open = append(open, t.Data)
		} else if nests && kind == html.EndTagToken {
			if len(open) > depth {
				open = open[:len(open)-1]
				continue
			}
			near := open[max(0, len(open)-16):]
			if at := lastIndex(near, t.Data); at >= 0 {
				open = open[:len(open)-len(near)+at]
			}
		}
		t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return !telling[a.Key] || len(a.Val) > 2000 })
		if mark != "" && mark != "span" {
			t.Attr = append(t.Attr, html.Attribute{Key: mark, Val: "1"})
		}
		out.WriteString(t.String())
	}
}

func lastIndex(list []string, s string) int {
	for i, v := range slices.Backward(list) {
		if v == s {
			return i
		}
	}
	return -1
}

// formatting holds the elements for looks, and the mark that keeps what some of them mean.
var formatting = map[string]string{
	"a": linkMark, "b": boldMark, "strong": boldMark,
	"big": "span", "code": "span", "em": "span", "font": "span", "i": "span", "nobr": "span", "s": "span", "small": "span", "strike": "span",
	"tt": "span", "u": "span",
}

// endsItself holds the elements that have no content, or that the next of their
// kind ends: they do not nest by themselves.
var endsItself = wordSet(`area base br col embed hr img input link meta param source track wbr p li dd dt td th tr tbody thead tfoot
	option optgroup colgroup html head body title script style textarea`)

// telling holds the attributes that say something about the text.
var telling = wordSet(`class id role hidden style open type rel href property name content itemprop datetime lang dir http-equiv charset
	aria-hidden aria-label`)
