package sentence

import "crosscheck/claim"

// Rules is this package's part of the contents page. Each example is two
// sentences. A version is raised when the rule cuts in another way: documents are
// then read again.
func Rules() []claim.Rule {
	return []claim.Rule{
		{Name: "sentence/stop", Version: 3,
			Intent:  "A stop, question or exclamation mark ends a sentence, with the quotes and brackets that close after it.",
			Example: "\"We signed (all of it).\" The rest is paper."},
		{Name: "sentence/abbreviation", Version: 3,
			Intent:  "The stop of an abbreviation, an initial or a decimal ends none, but where the next word begins one.",
			Example: "Dr. J. P. Holt paid $3.5 million to the U.S. Treasury. He left."},
		{Name: "sentence/ellipsis", Version: 2,
			Intent:  "Dots that trail off end a sentence where a capital follows that begins one.",
			Example: "The count went on ... and on. Then it stopped..."},
		{Name: "sentence/list", Version: 3,
			Intent:  "An item that a number, letter or Roman number leads is a sentence of its own, also inside a line.",
			Example: "1) The port is shut. 2) The road is open."},
		{Name: "sentence/block", Version: 1,
			Intent:  "A heading, a list's item and a table's cell are sentences of their own.",
			Example: "# What we know\n\nThe ferry sank."},
		{Name: "sentence/lines", Version: 2,
			Intent:  "Wrapped lines are one sentence, and so is one that was broken over two paragraphs.",
			Example: "Ministers want to recalibrate U.S.\n\nstrategy in the region. Nobody objects."},
		{Name: "sentence/lost", Version: 1,
			Intent:  "Where line ends were lost, a mail's head and farewell, an address or a smiley end a sentence.",
			Example: "See you on Friday :) The boat leaves at noon."},
	}
}
