package conflict

// What is said again and again in an event, a sentence, an attribute or a name, is read
// once for all answers that have it.

// reading is what has been read of an event's claims. It holds no more than these do, and
// lasts while they are read into answers.
type reading struct {
	corpus     *corpus
	sentences  sentences
	attributes map[string]*attribute
	bearers    map[string]*bearer
}

func newReading(c *corpus) *reading {
	return &reading{c, sentences{}, map[string]*attribute{}, map[string]*bearer{}}
}

// attribute is what answers measure, date or relate, in words.
type attribute struct {
	words passage
	topic topic
	deed  int32 // the term of what was done, the last of the words; none where it has none
	// Read with the wordings, once it is known how rare the event's words are:
	bag      *bag
	measured conceptSet
}

// attribute is that of a claim, by its words.
func (r *reading) attribute(words string) *attribute {
	known := r.attributes[words]
	if known == nil {
		p := r.corpus.read(words)
		known = &attribute{words: p, topic: topicOf(r.corpus.stems(p)), deed: r.corpus.lastWord(p)}
		r.attributes[words] = known
	}
	return known
}

// weigh weighs the words of an attribute.
func (a *attribute) weigh(c *corpus) {
	if a.bag == nil {
		words := c.bagOf(a.words)
		a.bag, a.measured = &words, setOf(a.topic.concepts)
	}
}

// bearer is whom or what a name stands for.
type bearer struct {
	name string // one for all names of the bearer; "" for none
	term int32  // of the name; none until it is asked for
	bag  *bag   // of the words of all names; nil until it is asked for
}

// bearer is that of a name as a claim has it.
func (r *reading) bearer(name string) *bearer {
	known := r.bearers[name]
	if known == nil {
		known = &bearer{name: r.corpus.rulings.one(name), term: none}
		r.bearers[name] = known
	}
	return known
}

// termOf is the term of a bearer's name, none where it has no name.
func (r *reading) termOf(b *bearer) int32 {
	if b.term == none && b.name != "" {
		b.term = r.corpus.id("name " + b.name)
	}
	return b.term
}

// namesOf lists the terms of the names that take part in a claim, but for the one that is
// its value.
func (r *reading) namesOf(n *answer) (out []int32) {
	own := ""
	if e := n.Value.Entity; e != nil {
		own = r.bearer(e.Name).name
	}
	add := func(name string) {
		if b := r.bearer(name); b.name != "" && (n.Value.Entity == nil || b.name != own) {
			out = append(out, r.termOf(b))
		}
	}
	add(n.Subject)
	for _, e := range n.Entities {
		add(e)
	}
	return out
}

// subjectBag weighs the words of a subject, by all names of its bearer.
func (r *reading) subjectBag(name string) bag {
	b := r.bearer(name)
	if b.bag == nil {
		words := r.corpus.bagOf(r.corpus.read(r.corpus.rulings.spelled(name)))
		b.bag = &words
	}
	return *b.bag
}
