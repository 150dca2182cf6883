package claim

import (
	"encoding/json"

	"github.com/shopspring/decimal"
)

// The JSON shapes here are the ones scripts read: decimals are strings, days
// are ISO 8601, an open side is null.

type quantityJSON struct {
	Number      *string `json:"number"`
	Low         *string `json:"low"`
	High        *string `json:"high"`
	LowOpen     bool    `json:"low_open,omitempty"`
	HighOpen    bool    `json:"high_open,omitempty"`
	Unit        string  `json:"unit,omitempty"`
	Per         string  `json:"per,omitempty"`
	Approximate bool    `json:"approximate"`
	Bound       bool    `json:"bound,omitempty"`
	Change      int     `json:"change,omitempty"`
}

type periodJSON struct {
	From  *string `json:"from"`
	To    *string `json:"to"`
	Clock string  `json:"clock,omitempty"`
}

type entityJSON struct {
	Name string      `json:"name"`
	Type MentionKind `json:"type"`
}

func decimalOut(d decimal.NullDecimal) *string {
	if !d.Valid {
		return nil
	}
	s := d.Decimal.String()
	return &s
}

func decimalIn(s *string) (decimal.NullDecimal, error) {
	if s == nil {
		return decimal.NullDecimal{}, nil
	}
	d, err := decimal.NewFromString(*s)
	return Number(d), err
}

// MarshalText writes the ISO 8601 day, and nothing for the zero Day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if *d = 0; len(b) > 0 {
		*d, err = ParseDay(string(b))
	}
	return err
}

func dayOut(d Day) *string {
	if d == 0 {
		return nil
	}
	s := d.String()
	return &s
}

func dayIn(s *string) (Day, error) {
	if s == nil {
		return 0, nil
	}
	return ParseDay(*s)
}

// MarshalJSON writes the one field that is set, or null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Quantity != nil:
		return v.Quantity.MarshalJSON()
	case v.Period != nil:
		return v.Period.MarshalJSON()
	case v.Entity != nil:
		return v.Entity.MarshalJSON()
	}
	return []byte("null"), nil
}

// UnmarshalJSON tells the kinds apart by their fields.
func (v *Value) UnmarshalJSON(b []byte) error {
	var probe map[string]json.RawMessage
	if err := json.Unmarshal(b, &probe); err != nil {
		return err
	}
	*v = Value{}
	if _, ok := probe["name"]; ok {
		v.Entity = new(Entity)
		return json.Unmarshal(b, v.Entity)
	}
	if _, ok := probe["from"]; ok {
		v.Period = new(Period)
		return json.Unmarshal(b, v.Period)
	}
	if _, ok := probe["number"]; ok {
		v.Quantity = new(Quantity)
		return json.Unmarshal(b, v.Quantity)
	}
	return nil
}

// MarshalJSON writes decimals as strings and an open bound as null.
func (q Quantity) MarshalJSON() ([]byte, error) {
	return json.Marshal(quantityJSON{decimalOut(q.Number), decimalOut(q.Low), decimalOut(q.High),
		q.LowOpen, q.HighOpen, q.Unit, q.Per, q.Approximate, q.Bound, q.Change})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	var j quantityJSON
	err := json.Unmarshal(b, &j)
	if err != nil {
		return err
	}
	*q = Quantity{LowOpen: j.LowOpen, HighOpen: j.HighOpen, Unit: j.Unit, Per: j.Per,
		Approximate: j.Approximate, Bound: j.Bound, Change: j.Change}
	if q.Number, err = decimalIn(j.Number); err != nil {
		return err
	}
	if q.Low, err = decimalIn(j.Low); err != nil {
		return err
	}
	q.High, err = decimalIn(j.High)
	return err
}

// MarshalJSON writes both ends, an open one as null, and the time of day where
// one is told.
func (p Period) MarshalJSON() ([]byte, error) {
	return json.Marshal(periodJSON{dayOut(p.From), dayOut(p.To), p.Clock.String()})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Period) UnmarshalJSON(b []byte) error {
	var j periodJSON
	err := json.Unmarshal(b, &j)
	if err != nil {
		return err
	}
	if p.From, err = dayIn(j.From); err != nil {
		return err
	}
	if p.To, err = dayIn(j.To); err != nil {
		return err
	}
	p.Clock, err = ParseClock(j.Clock)
	return err
}

// MarshalJSON writes the name and its type.
func (e Entity) MarshalJSON() ([]byte, error) { return json.Marshal(entityJSON(e)) }

// UnmarshalJSON reads what MarshalJSON writes.
func (e *Entity) UnmarshalJSON(b []byte) error {
	var j entityJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*e = Entity(j)
	return nil
}

// Line is a claim's own fields in JSON: all that makes its identity.
type Line struct {
	Kind      Kind     `json:"kind"`
	Subject   string   `json:"subject"`
	Attribute string   `json:"attribute"`
	Entities  []string `json:"entities"`
	Value     Value    `json:"value"`
	Time      *Period  `json:"time,omitempty"`
	Scope     []string `json:"scope"`
	Polarity  Polarity `json:"polarity"`
}

// Line is the claim as JSON tells it: a list that is empty is a list all the same.
func (c Claim) Line() Line {
	line := Line(c)
	if line.Entities == nil {
		line.Entities = []string{}
	}
	if line.Scope == nil {
		line.Scope = []string{}
	}
	return line
}

// appearanceJSON is an appearance as it stands in a position.
type appearanceJSON struct {
	Document      string   `json:"document"`
	Version       string   `json:"version,omitempty"`
	Start         int      `json:"start"`
	End           int      `json:"end"`
	Quote         string   `json:"quote"`
	Sentence      string   `json:"sentence"`
	SentenceStart int      `json:"sentence_start"`
	SentenceEnd   int      `json:"sentence_end"`
	Attribution   string   `json:"attribution,omitempty"`
	Modality      Modality `json:"modality,omitempty"`
	Said          *string  `json:"said,omitempty"`
	Rule          RuleID   `json:"rule,omitempty"`
}

// MarshalJSON writes the place and the voice of an appearance, not its claim,
// which stands beside it.
func (a Appearance) MarshalJSON() ([]byte, error) {
	return json.Marshal(appearanceJSON{a.Document, a.Version, a.Span.Start, a.Span.End, a.Quote, a.Sentence,
		a.SentenceSpan.Start, a.SentenceSpan.End, a.Attribution, a.Modality, dayOut(a.Said), a.Rule})
}
