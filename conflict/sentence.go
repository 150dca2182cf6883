package conflict

import "hash/fnv"

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
		said := folded(at.sentence)
		known = &sentence{
			text: at.sentence, start: at.start,
			passing: said.says(provisional) || said.holds(until) && untilThen.MatchString(at.sentence),
			bygone:  said.says(bygone), backward: said.says(lookingBack), denying: said.says(denials),
		}
		s[at] = known
	}
	return known
}

// readSentence reads the words of a sentence of a text.
func (c *corpus) readSentence(s *sentence, body string) {
	if s.worded {
		return
	}
	s.worded = true
	h := fnv.New64a()
	for _, word := range eachWord(s.text) {
		_, _ = h.Write([]byte(word))
		_, _ = h.Write([]byte{0})
	}
	s.key = h.Sum64()
	s.bag = c.bagOf(s.text)
	if s.start > 0 && s.start <= len(body) {
		s.before = c.bagOf(body[max(0, s.start-beforeBytes):s.start])
	}
}
