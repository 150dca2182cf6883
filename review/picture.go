package review

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// picture is who says what, drawn: a row a source, the earliest at the top, and
// its answer as a mark with its interval on an axis, or in the column of its
// answer where answers cannot be measured. Lengths are in units of the view box.
type picture struct {
	layout
	Height      int
	Title, Desc string
	Unit        string // what the axis measures, in words; "" where its labels say so
	Log         bool
	Ticks       []tick
	Rows        []pictureRow
	Bottom      int
	More        int      // rows left out
	Small       *picture // the same for a phone; nil in that one
}

// layout is where things are in a picture.
type layout struct {
	Width       int
	Left, Right int  // ends of the axis
	Row         int  // height of a row
	Above       bool // names stand above the axis, not to its left
	apart       int  // least room between two labels of the axis
}

// Foot is how far below the middle of a row it ends.
func (l layout) Foot() int { return l.Row/2 - 1 }

// The layouts of a picture that has room, and of one on a phone.
var (
	roomy = layout{Width: 860, Left: 230, Right: 840, Row: 38}
	slim  = layout{Width: 344, Left: 12, Right: 332, Row: 56, Above: true, apart: 76}
)

// tick is a labelled line across the rows.
type tick struct {
	X     int
	Words string
	Shape int // of the answer whose column it is; -1 on an axis of values
}

// pictureRow is what one source says.
type pictureRow struct {
	Y        int
	Source   string
	When     string
	Day      claim.Day
	Words    string // the answer
	Number   int    // of the answer, from 1
	Shape    int
	X        int  // of the mark
	From, To int  // of the interval
	Interval bool // is wide enough to be seen
	OpenLow  bool // has no lower end
	OpenHigh bool
	Quote    string
	side     int
	value    claim.Value
	in       layout
}

// Measures of the picture.
const (
	topRoom    = 30
	bottomRoom = 14
	maxDrawn   = 24 // rows
	maxLabel   = 30 // characters of a source's name
	shapes     = 6  // shapes of marks; later answers take them again
	leastSeen  = 7  // width from which an interval is drawn
)

// draw makes the picture; nil where there are not two answers to show.
func draw(sides []sideView) *picture {
	p := drawIn(roomy, sides)
	if p != nil {
		p.Small = drawIn(slim, sides)
	}
	return p
}

func drawIn(in layout, sides []sideView) *picture {
	rows := drawnRows(sides)
	if len(sides) < 2 || len(rows) < 2 {
		return nil
	}
	p := &picture{layout: in}
	if len(rows) > maxDrawn {
		p.More = len(rows) - maxDrawn
		rows = rows[:maxDrawn]
	}
	for i := range rows {
		rows[i].Y, rows[i].in = topRoom+in.Row*i+in.Row/2, in
	}
	p.Rows = rows
	p.Bottom = topRoom + in.Row*len(rows)
	p.Height = p.Bottom + bottomRoom
	switch {
	case p.onNumbers():
	case p.onDays():
	default:
		p.inColumns(sides)
	}
	p.thin()
	p.tell(sides)
	return p
}

// drawnRows are the rows of a picture: for each answer each source once, with the
// first day on which it gave it.
func drawnRows(sides []sideView) (rows []pictureRow) {
	for i, side := range sides {
		first := make(map[string]int) // source → index in rows
		for _, p := range side.Places {
			day := p.Day
			if j, ok := first[p.Source]; ok {
				if day != 0 && (rows[j].Day == 0 || day < rows[j].Day) {
					rows[j].Day, rows[j].When = day, whenWords(p)
				}
				continue
			}
			first[p.Source] = len(rows)
			rows = append(rows, pictureRow{Source: short(sourceName(p.Source), maxLabel), Day: day, When: whenWords(p), Words: answerWords(p.Claim.Value, side.Denied), Number: i + 1, Shape: i % shapes,
				Quote: short(p.Quote, maxValue), side: i, value: given(p.Claim.Value, side.Value)})
			if last := &rows[len(rows)-1]; last.Words == "" {
				last.Words = side.Words
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b pictureRow) int { return cmp.Compare(a.Day, b.Day) })
	return rows
}

// whenWords is the day of a place, and that it is only when it was first read.
func whenWords(p placeView) string {
	if p.Met && p.Day != 0 {
		return "read " + p.Day.Words()
	}
	return p.Day.Words()
}

// given is what the claim gives, else what its position does.
func given(own, side claim.Value) claim.Value {
	if own.IsZero() {
		return side
	}
	return own
}

// onNumbers sets the rows on an axis of numbers, where all are of one measure.
func (p *picture) onNumbers() bool {
	var unit, per string
	var all []float64
	quantities := make([]claim.Quantity, len(p.Rows))
	for i, r := range p.Rows {
		q := r.value.Quantity
		if q == nil {
			return false
		}
		if i == 0 {
			unit, per = q.Unit, q.Per
		}
		c := *q
		if c.Unit != unit {
			var ok bool
			if c, ok = claim.Convert(c, unit); !ok {
				return false
			}
		}
		if c.Per != per {
			return false
		}
		quantities[i] = c
		for _, d := range []decimal.NullDecimal{c.Number, c.Low, c.High} {
			if d.Valid {
				all = append(all, d.Decimal.InexactFloat64())
			}
		}
	}
	if len(all) == 0 {
		return false
	}
	a := numberAxis(all)
	p.Log = a.log
	for _, v := range a.ticks() {
		p.Ticks = append(p.Ticks, tick{X: p.x(a.at(v)), Words: tickWords(v, unit), Shape: -1})
	}
	for i := range p.Rows {
		p.Rows[i].place(p, a, quantities[i])
	}
	return true
}

func (r *pictureRow) place(p *picture, a axis, q claim.Quantity) {
	end := func(d decimal.NullDecimal, open int) int {
		if !d.Valid {
			return open
		}
		return p.x(a.at(d.Decimal.InexactFloat64()))
	}
	r.From, r.To = end(q.Low, p.Left), end(q.High, p.Right)
	r.OpenLow, r.OpenHigh = !q.Low.Valid, !q.High.Valid
	r.X = (r.From + r.To) / 2
	switch {
	case q.Number.Valid:
		r.X = end(q.Number, r.X)
	case r.OpenLow:
		r.X = r.To
	case r.OpenHigh:
		r.X = r.From
	}
	r.Interval = r.To-r.From >= leastSeen
}

// onDays sets the rows on an axis of time.
func (p *picture) onDays() bool {
	var all []float64
	for _, r := range p.Rows {
		if r.value.Period == nil {
			return false
		}
		for _, d := range []claim.Day{r.value.Period.From, r.value.Period.To} {
			if d != 0 {
				all = append(all, float64(d))
			}
		}
	}
	if len(all) == 0 {
		return false
	}
	a := plainAxis(bounds(all))
	days, words := dayTicks(a)
	for _, d := range days {
		p.Ticks = append(p.Ticks, tick{X: p.x(a.at(float64(d))), Words: words(d), Shape: -1})
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		v := *r.value.Period
		r.From, r.To, r.OpenLow, r.OpenHigh = p.Left, p.Right, v.From == 0, v.To == 0
		if v.From != 0 {
			r.From = p.x(a.at(float64(v.From)))
		}
		if v.To != 0 {
			r.To = p.x(a.at(float64(v.To)))
		}
		r.X, r.Interval = (r.From+r.To)/2, r.To-r.From >= leastSeen
	}
	return true
}

// inColumns gives each answer a column.
func (p *picture) inColumns(sides []sideView) {
	wide := (p.Right - p.Left) / len(sides)
	for i, side := range sides {
		p.Ticks = append(p.Ticks, tick{X: p.Left + wide*i + wide/2, Words: short(side.Words, max(6, wide/8)), Shape: i % shapes})
	}
	for i := range p.Rows {
		p.Rows[i].X = p.Ticks[p.Rows[i].side].X
	}
}

// Beside reports whether the answer is written beside its mark: not in a column,
// whose head says it.
func (r pictureRow) Beside() bool { return r.value.Entity == nil && r.From != r.To || r.From != 0 }

// TextX is where the answer is written: to the side of the mark that has more room.
func (r pictureRow) TextX() int {
	if r.Anchor() == "end" {
		return min(r.X, r.leftEnd()) - 12
	}
	return max(r.X, r.rightEnd()) + 12
}

func (r pictureRow) leftEnd() int {
	if r.Interval {
		return r.From
	}
	return r.X
}

func (r pictureRow) rightEnd() int {
	if r.Interval {
		return r.To
	}
	return r.X
}

// TextY is below the line's middle by what makes the words stand on it.
func (r pictureRow) TextY() int { return 5 }

// Anchor is which end of the words stands at TextX.
func (r pictureRow) Anchor() string {
	if r.leftEnd()-r.in.Left > r.in.Width-r.rightEnd() {
		return "end"
	}
	return "start"
}

// thin takes away labels of the axis that stand too close to the one before.
func (p *picture) thin() {
	last := -p.apart
	for i := range p.Ticks {
		if t := &p.Ticks[i]; t.Shape < 0 && t.X-last < p.apart {
			t.Words = ""
		} else {
			last = t.X
		}
	}
}

func (p *picture) x(f float64) int { return p.Left + int(f*float64(p.Right-p.Left)+0.5) }

// tell puts the picture into words for who does not see it.
func (p *picture) tell(sides []sideView) {
	p.Title = counted(len(p.Rows)+p.More, "source") + ", " + counted(len(sides), "answer")
	var b strings.Builder
	for i, r := range p.Rows {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(r.Source)
		if r.When != "" {
			b.WriteString(" on " + r.When)
		}
		b.WriteString(": " + r.Words)
	}
	if p.More > 0 {
		b.WriteString("; and " + strconv.Itoa(p.More) + " more")
	}
	p.Desc = b.String() + "."
}
