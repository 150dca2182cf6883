package main

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/pipeline"
)

// The shapes of JSON lines that scripts read. Fields are added here and never
// renamed or dropped.

// placeLine is what every object of extract begins with.
type placeLine struct {
	Type     string `json:"type"`
	Document string `json:"document"`
	Start    int    `json:"start"` // bytes into the document's text, half open
	End      int    `json:"end"`
	Text     string `json:"text"`
}

func placeIn(l *pipeline.Loaded, kind string, s document.Span) placeLine {
	return placeLine{kind, l.Path, s.Start, s.End, s.Of(l.Document.Text)}
}

type sentenceLine struct {
	placeLine
	Block string `json:"block"`
}

type mentionLine struct {
	placeLine
	Kind       claim.MentionKind `json:"kind"`
	Name       string            `json:"name,omitempty"`
	Value      *claim.Value      `json:"value,omitempty"`
	Unresolved bool              `json:"unresolved,omitempty"`
	Rule       string            `json:"rule,omitempty"`
	Rules      []string          `json:"rules,omitempty"`
}

// newMentionLine gives a name its name and anything else its value.
func newMentionLine(at placeLine, m claim.Mention) mentionLine {
	line := mentionLine{placeLine: at, Kind: m.Kind, Unresolved: m.Unresolved, Rule: firstRule(m.Rule), Rules: ruleList(m.Rule)}
	switch {
	case m.Value.Entity != nil:
		line.Name = m.Value.Entity.Name
	case !m.Value.IsZero():
		line.Value = &m.Value
	}
	return line
}

// appearanceLine is a claim where it appears.
type appearanceLine struct {
	placeLine
	claim.Line
	Sentence      string         `json:"sentence"`
	SentenceStart int            `json:"sentence_start"`
	SentenceEnd   int            `json:"sentence_end"`
	Said          string         `json:"said,omitempty"`
	Attribution   string         `json:"attribution,omitempty"`
	Modality      claim.Modality `json:"modality"`
	Rule          string         `json:"rule"`
	Rules         []string       `json:"rules,omitempty"`
}

func newAppearanceLine(at placeLine, a claim.Appearance) appearanceLine {
	return appearanceLine{
		placeLine: at, Line: a.Claim.Line(),
		Sentence: a.Sentence, SentenceStart: a.SentenceSpan.Start, SentenceEnd: a.SentenceSpan.End,
		Said: a.Said.String(), Attribution: a.Attribution, Modality: a.Modality,
		Rule: firstRule(a.Rule), Rules: ruleList(a.Rule),
	}
}

// firstRule is the name, without its version, of the rule that read the value.
func firstRule(id claim.RuleID) string {
	first, _, _ := strings.Cut(string(id), " ")
	name, _, _ := strings.Cut(first, "@")
	return name
}

// ruleList is every rule that took part, with its version.
func ruleList(id claim.RuleID) []string { return strings.Fields(string(id)) }
