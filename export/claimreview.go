package export

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"crosscheck/claim"
	"crosscheck/desk"
)

// The terms of schema.org that a review uses. Every term stands at most once, and is
// left out where nothing is known.

type graph struct {
	Context string        `json:"@context"`
	Graph   []claimReview `json:"@graph"`
}

type claimReview struct {
	Type          string        `json:"@type"`
	ID            string        `json:"@id,omitempty"`
	URL           string        `json:"url,omitempty"`
	DatePublished string        `json:"datePublished"`
	Author        *organization `json:"author,omitempty"`
	ClaimReviewed string        `json:"claimReviewed"`
	ReviewBody    string        `json:"reviewBody"`
	Citation      []string      `json:"citation,omitempty"`
	ReviewRating  rating        `json:"reviewRating"`
	ItemReviewed  reviewedClaim `json:"itemReviewed"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type rating struct {
	Type          string `json:"@type"`
	AlternateName string `json:"alternateName"`
}

type reviewedClaim struct {
	Type       string         `json:"@type"`
	Text       string         `json:"text"`
	Appearance []creativeWork `json:"appearance,omitempty"`
}

type creativeWork struct {
	Type          string        `json:"@type"`
	URL           string        `json:"url,omitempty"`
	Name          string        `json:"name,omitempty"`
	Publisher     *organization `json:"publisher,omitempty"`
	DatePublished claim.Day     `json:"datePublished,omitzero"`
	Text          string        `json:"text"`
	Status        string        `json:"creativeWorkStatus,omitempty"`
}

// ClaimReview is a conflict that the desk has judged, as schema.org's ClaimReview in
// JSON-LD: one review for each of its answers, because a review is of one claim, and
// the places where the answer is given as the claim's appearances. The rating is in
// words alone: the desk says that sources disagree, and which answer stands, on no
// scale of truth and of nobody that he lies. Notes stay in the house; links that were given
// with the verdict go out as citations.
//
// A conflict without a verdict is refused ([desk.Refused]), and so is one of which the
// desk said that it was misread or is none of its business.
func ClaimReview(c *desk.Case, who desk.Publication) ([]byte, error) {
	switch c.State.Verdict {
	case desk.Real, desk.Same, desk.Different, desk.Superseded:
	case "":
		return nil, &desk.Refused{Why: "conflict " + c.ID + " has no verdict yet: there is no review to publish"}
	default:
		return nil, &desk.Refused{Why: "the verdict on conflict " + c.ID + " says nothing about its claims: there is no review to publish"}
	}
	answers := make([]string, len(c.Sides))
	for i, side := range c.Sides {
		answers[i] = answer(side)
	}
	body := c.Question + "? The answers that sources give: " + strings.Join(answers, " / ") + "."
	all := graph{Context: "https://schema.org", Graph: []claimReview{}}
	for i, side := range c.Sides {
		r := claimReview{
			Type: "ClaimReview", DatePublished: c.State.Judged.UTC().Format(time.DateOnly),
			ClaimReviewed: c.Question + ": " + answers[i], ReviewBody: body, Citation: c.State.Links,
			ReviewRating: rating{"Rating", finding(c, side)},
			ItemReviewed: reviewedClaim{Type: "Claim", Text: c.Question + ": " + answers[i]},
		}
		if who.Name != "" {
			r.Author = &organization{"Organization", who.Name, who.URL}
		}
		if who.URL != "" {
			r.URL = who.URL + "/conflicts/" + url.PathEscape(c.ID)
			r.ID = r.URL + "#answer-" + strconv.Itoa(i+1)
		}
		for _, p := range side.Places {
			r.ItemReviewed.Appearance = append(r.ItemReviewed.Appearance, appearance(p))
		}
		all.Graph = append(all.Graph, r)
	}
	return indented(all)
}

// answer is a position in words.
func answer(s desk.Side) string {
	if len(s.Places) > 0 && s.Places[0].Claim.Polarity == claim.Negated {
		return "not " + s.Value.Words()
	}
	return s.Value.Words()
}

// finding is what the desk found of an answer, in words.
func finding(c *desk.Case, s desk.Side) string {
	switch c.State.Verdict {
	case desk.Same:
		return "Sources agree: one thing, said differently"
	case desk.Different:
		if c.State.Detail == "" {
			return "No contradiction: these are different things"
		}
		return "No contradiction: another " + c.State.Detail
	case desk.Superseded:
		return "A later figure replaces an earlier one"
	}
	switch c.State.Stands {
	case "":
		return "Sources disagree"
	case desk.NoneStands:
		return "Sources disagree; the review found none of the answers to stand"
	case s.Key:
		return "Sources disagree; the review found this answer to stand"
	}
	for _, other := range c.Sides {
		if other.Key == c.State.Stands {
			return "Sources disagree; the review found another answer to stand"
		}
	}
	return "Sources disagree" // what stood is no longer among the answers
}

// appearance is a place as a work of its publisher.
func appearance(p desk.Place) creativeWork {
	w := creativeWork{Type: "CreativeWork", Name: p.Title, DatePublished: p.Published, Text: p.Sentence}
	if webAddress(p.Document) {
		w.URL = p.Document
	}
	// A document that nobody is known to have published is its own source.
	if p.Source != "" && p.Source != p.Document {
		w.Publisher = &organization{Type: "Organization", Name: p.Source}
	}
	if !p.Current {
		w.Status = "It no longer says so"
	}
	return w
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// indented is a value as JSON for people. What would end a script of HTML is escaped,
// so that it can stand in a page.
func indented(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write JSON-LD: %w", err)
	}
	return append(b, '\n'), nil
}
