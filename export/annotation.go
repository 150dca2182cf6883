package export

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"crosscheck/desk"
)

// around is how many characters before and behind a quote go along with it.
const around = 32

// The terms of the Web Annotation Data Model that an annotation uses.

type annotation struct {
	Context    string        `json:"@context"`
	ID         string        `json:"id"`
	Type       string        `json:"type"`
	Motivation string        `json:"motivation"`
	Creator    *creator      `json:"creator,omitempty"`
	Generator  creator       `json:"generator"`
	Body       textualBody   `json:"body"`
	Target     []annotatedIn `json:"target"`
}

type creator struct {
	Type     string `json:"type"`
	Name     string `json:"name"`
	Homepage string `json:"homepage,omitempty"`
}

type textualBody struct {
	Type   string `json:"type"`
	Value  string `json:"value"`
	Format string `json:"format"`
}

type annotatedIn struct {
	Type     string    `json:"type"`
	Source   string    `json:"source"`
	State    timeState `json:"state"`
	Selector [2]any    `json:"selector"`
}

type timeState struct {
	Type       string    `json:"type"`
	SourceDate time.Time `json:"sourceDate"`
	Cached     string    `json:"cached,omitempty"`
}

type textQuote struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

type textPosition struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Annotation is an appearance as a W3C Web Annotation: the claim in words, on each
// version of a document in which it stands. places are all of one appearance, and
// text is the text of those versions, into which their spans point.
//
// The selectors are the quote with what surrounds it, and its position in characters
// (Unicode code points), where ours are bytes; both are of the text that crosscheck
// reads (crosscheck text), which of a page is what it shows. The version is a TimeState:
// sourceDate is when it was first met, cached names the copy that was read by its
// hash (RFC 6920, ni). The state for HTTP requests has headers alone, and would not
// tell one version from another.
func Annotation(places []desk.Place, text string, who desk.Publication) ([]byte, error) {
	if len(places) == 0 {
		return nil, errors.New("annotation: no place to annotate")
	}
	first := places[0]
	a := annotation{
		Context: "http://www.w3.org/ns/anno.jsonld", ID: identity(first), Type: "Annotation", Motivation: "describing",
		Generator: creator{Type: "Software", Name: "crosscheck"},
		Body:      textualBody{"TextualBody", first.Claim.Words(), "text/plain"},
	}
	if who.Name != "" {
		a.Creator = &creator{"Organization", who.Name, who.URL}
	}
	for _, p := range places {
		start, end := p.Span.Start, p.Span.End
		if start < 0 || end < start || end > len(text) || text[start:end] != p.Quote {
			return nil, fmt.Errorf("annotation: %q does not stand at byte %d of %s", p.Quote, start, p.Document)
		}
		at := utf8.RuneCountInString(text[:start])
		a.Target = append(a.Target, annotatedIn{
			Type: "SpecificResource", Source: iri(p.Document),
			State: timeState{"TimeState", p.Seen.UTC(), named(p.Version)},
			Selector: [2]any{
				textQuote{"TextQuoteSelector", p.Quote, lastRunes(text[:start], around), firstRunes(text[end:], around)},
				textPosition{"TextPositionSelector", at, at + utf8.RuneCountInString(p.Quote)},
			},
		})
	}
	return indented(a)
}

// identity names an annotation: a UUID of version 8 (RFC 9562) made of what is said
// and where, the same whoever exports it.
func identity(p desk.Place) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %d", p.ClaimID, p.Version, p.Span.Start, p.Span.End))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// named is the name of bytes by their hash: "ni:///sha-256;..." for "sha256:...".
func named(version string) string {
	digits, _ := strings.CutPrefix(version, "sha256:")
	sum, err := hex.DecodeString(digits)
	if err != nil || len(sum) == 0 {
		return ""
	}
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(sum)
}

// iri is the address of a document: as it is on the web; of a file its address, or one
// relative to where the program was run, as the file was given.
func iri(document string) string {
	if webAddress(document) {
		return document
	}
	u := url.URL{Path: document}
	if path.IsAbs(document) {
		u.Scheme = "file"
	}
	return u.String()
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
