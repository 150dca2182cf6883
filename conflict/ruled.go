package conflict

import (
	"maps"

	"crosscheck/claim"
)

// What rulings come to among the answers of an event: see [Rulings].

// ruled is what the rulings say of an answer.
type ruled struct {
	by     *Rulings
	things []thing   // its claim, and of whom or what it tells
	name   []thing   // the name that it gives
	kin    []kinship // of that name
}

// of is what the rulings say of an answer, nil for nothing.
func (r *Rulings) of(n *answer) *ruled {
	if r == nil {
		return nil
	}
	out := ruled{by: r}
	if t, ok := r.claims[n.ID()]; ok {
		out.things = append(out.things, t)
	}
	if len(r.declared) > 0 {
		out.things = append(out.things, r.thingsOf(n.tellsOf())...)
		if e := n.Value.Entity; e != nil {
			out.name, out.kin = r.thingsOf(e.Name), r.kinshipsOf(e.Name, e.Type == claim.Person)
		}
	}
	if len(out.things)+len(out.name)+len(out.kin) == 0 {
		return nil
	}
	return &out
}

// tellsOf names of whom or what an answer tells: the subject, or where the text
// tells of none the only name that takes part.
func (n *answer) tellsOf() string {
	if n.Subject != "" {
		return n.Subject
	}
	only := ""
	for _, e := range n.Entities {
		switch {
		case n.Value.Entity != nil && e == n.Value.Entity.Name:
		case only != "" && only != e:
			return ""
		default:
			only = e
		}
	}
	return only
}

// parted reports whether a ruling sets two answers apart.
func parted(a, b *answer) bool {
	return a.ruled != nil && b.ruled != nil && a.ruled.by.part(a.ruled.things, b.ruled.things)
}

// bearersMeet reports whether the names that two answers give can be one bearer's:
// by what was declared of them, else by the names.
func bearersMeet(a, b *answer, person bool) bool {
	return !declaredTwo(a, b) &&
		(declaredOne(a, b) || bearerOf(a.called, b.called, person))
}

// declaredTwo reports whether the names that two answers give were declared different.
func declaredTwo(a, b *answer) bool {
	x, y := a.ruled, b.ruled
	return x != nil && y != nil && x.by.part(x.name, y.name)
}

// declaredOne reports whether a ruling makes them names of one bearer.
func declaredOne(a, b *answer) bool {
	x, y := a.ruled, b.ruled
	return x != nil && y != nil && byRuling(x.kin, y.kin) && !declaredTwo(a, b)
}

var declaredRung = &rung{
	name:   "declared one name",
	intent: "people have ruled that the two names are one bearer's",
	try: func(a, b *answer) outcome {
		if !declaredOne(a, b) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string { return show(a) + " and " + show(b) },
}

// company is what is set apart among the answers of a group: their things, and
// what goes with none of these. Without rulings both are nil.
type company struct{ things, shunned map[thing]bool }

// companyOf is that of one answer.
func companyOf(n *answer) (c company) {
	if n.ruled == nil || len(n.ruled.things) == 0 {
		return c
	}
	c = company{map[thing]bool{}, map[thing]bool{}}
	for _, t := range n.ruled.things {
		c.things[t] = true
		for _, o := range n.ruled.by.against[t] {
			c.shunned[o] = true
		}
	}
	return c
}

// shuns reports whether a ruling keeps two groups from being one.
func (c company) shuns(o company) bool {
	if len(o.things) < len(c.things) {
		c, o = o, c
	}
	for t := range c.things {
		if o.shunned[t] {
			return true
		}
	}
	return false
}

// with is the company of two groups that have become one.
func (c company) with(o company) company {
	if len(c.shunned)+len(c.things) < len(o.shunned)+len(o.things) {
		c, o = o, c
	}
	if len(o.things) > 0 {
		maps.Copy(c.things, o.things)
		maps.Copy(c.shunned, o.shunned)
	}
	return c
}
