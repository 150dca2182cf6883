package label

import "crosscheck/words"

// runs finds the runs of capitals and opens to names the words in them, and the
// small words and numbers that join them ("Bank of England", "Apollo 11").
func (r *Reader) runs() {
	n := len(r.places)
	for i := 0; i < n; {
		p := &r.places[i]
		if !p.shape.capital() || r.isDay(i) {
			p.start, p.end = int32(i), int32(i+1)
			i++
			continue
		}
		j := i + 1
		for j < n && r.places[j].shape.capital() && !r.isDay(j) {
			j++
		}
		for k := i; k < j; k++ {
			r.places[k].start, r.places[k].end, r.places[k].open = int32(i), int32(j), true
		}
		i = j
	}
	last := -n - reach // the last capital or code
	for i := range r.places {
		p := &r.places[i]
		switch {
		case p.open:
			last = i
		case p.shape == shapeLower && i-last > reach: // most words of any text
		case p.shape == shapeCode:
			p.open, last = true, i
		case p.shape == shapeNumber:
			p.open = r.capitalAt(i-1) || r.capitalAt(i+1)
		default:
			p.open = i-last <= reach && joins.Has(r.Words[i].Lower) && r.capitalNear(i, -1) && r.capitalNear(i, 1)
		}
	}
	r.close()
}

// close closes the stretches of open words of which none could name anything by
// itself: "The", "In March 1999".
func (r *Reader) close() {
	for i := 0; i < len(r.places); {
		if !r.places[i].open {
			i++
			continue
		}
		start, idle := i, true
		for ; i < len(r.places) && r.places[i].open; i++ {
			idle = idle && r.idle(i)
		}
		for j := start; idle && j < i; j++ {
			r.places[j].open = false
		}
	}
}

// idle reports whether word i names nothing by itself.
func (r *Reader) idle(i int) bool {
	lower := r.Words[i].Lower
	return r.places[i].shape == shapeNumber || grammar.Has(lower) || days.Has(lower)
}

// isDay reports whether the capital of word i is that of a day or month, and
// takes it from it: unlike "Black Friday" and "March 14 Alliance", nothing
// beside it has a capital of its own.
func (r *Reader) isDay(i int) bool {
	if !days.Has(r.Words[i].Lower) {
		return false
	}
	next := i + 1
	if next < len(r.places) && r.places[next].shape == shapeNumber {
		next++
	}
	if r.mayName(i-1) || r.mayName(next) {
		return false
	}
	r.places[i].shape = shapeFolded
	return true
}

func (r *Reader) mayName(i int) bool { return r.capitalAt(i) && !r.idle(i) }

// days are the names of days and months.
var days = words.NewSet(`
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
`)

// grammar are the words that hold sentences together, and begin many.
var grammar = words.NewSet(`
the a an this that these those it he she they we i you there here what who which when where while if as at in on of for from to by with
after before during since until between among under over about against despite although though because but and or so yet however
his her its their our my your some many most all both each no not nor only even still now then once also more such one two
`)

// joins are the small words that stand inside names.
var joins = words.NewSet(`of the and for in on to at a with from & ' 's ! , by upon against
	de la le les del della di da do dos das du des van von der den zu zur y e et und i
	al el bin ibn bint abu ul ur ben ter ten af av`)

func (r *Reader) capitalAt(i int) bool {
	return i >= 0 && i < len(r.places) && r.places[i].shape.capital()
}

// reach is how far a joining word may be from a capital on either side.
const reach = 3

// capitalNear looks for a capital in a direction, over at most two more joining words.
func (r *Reader) capitalNear(i, step int) bool {
	for k := 1; k <= reach; k++ {
		j := i + k*step
		if j < 0 || j >= len(r.places) {
			return false
		}
		if s := r.places[j].shape; s.capital() || s == shapeCode {
			return true
		}
		if !joins.Has(r.Words[j].Lower) && r.places[j].shape != shapeNumber {
			return false
		}
	}
	return false
}
