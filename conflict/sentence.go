package conflict

// sentence is what comparing sees of a sentence as such, whichever of its answers it
// looks at. It is read once for all of them.
type sentence struct {
	text  string
	start int // in the text that it stands in

	passing  bool // the words say that something will change
	bygone   bool // the words say that it was so before
	backward bool // the words look back at a moment before the text was written
	denying  bool // one of the words denies whatever they stand with

	// Read with the wordings, once it is known how rare the event's words are:
	worded      bool
	words       passage
	from        int    // where it starts in what the words stand in
	key         uint64 // of its words in order
	bag, before bag    // its words, and those that stand before it in the text
}

// sentenceAt tells the sentences of an event apart.
type sentenceAt struct {
	text     *text
	start    int
	sentence string
}

// sentences are those of an event that have been read.
type sentences map[sentenceAt]*sentence

// of is the sentence in which an answer's first appearance stands.
func (s sentences) of(n *answer) *sentence {
	at := sentenceAt{n.text, n.first.SentenceSpan.Start, n.first.Sentence}
	known := s[at]
	if known == nil {
		tells := hintsOf(folded(at.sentence))
		known = &sentence{
			text: at.sentence, start: at.start,
			passing: tells&tellsPassing != 0 || tells&holdsUntil != 0 && untilThen.MatchString(at.sentence),
			bygone:  tells&tellsBygone != 0, backward: tells&tellsBackward != 0, denying: tells&tellsDenying != 0,
		}
		s[at] = known
	}
	return known
}

// readSentence reads the words of a sentence of a text.
func (c *corpus) readSentence(s *sentence, t *text) {
	if s.worded {
		return
	}
	s.worded = true
	body := passage{t.body, t.words}
	if end := s.start + len(s.text); s.start >= 0 && end <= len(t.body) && t.body[s.start:end] == s.text {
		s.words, s.from = c.part(body, s.start, end), s.start
	} else {
		s.words = c.read(s.text)
	}
	s.key = offset64
	for _, w := range s.words.words {
		s.key = mix(mix(s.key, s.words.word(w)), "\x00")
	}
	s.bag = c.bagOf(s.words)
	if s.start > 0 && s.start <= len(t.body) {
		s.before = c.bagOf(c.part(body, max(0, s.start-beforeBytes), s.start))
	}
}
