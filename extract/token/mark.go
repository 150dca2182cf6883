package token

import (
	"unicode"
	"unicode/utf8"
)

// mark is a kind of mark, of which the treebank has one spelling and one tag.
type mark uint8

const (
	openQuote mark = iota
	closeQuote
	openSingle
	closeSingle
	possessive
	openBracket
	closeBracket
	dash
	ellipsis
	currency
	pound
	percent
	ampersand
	stop
	question
	shout
	comma
	colon
	semicolon
	symbol
	markCount
)

// marks are the treebank's spelling and tag of each mark.
var marks = [markCount]struct {
	word, tag string
}{
	openQuote:    {"``", "``"},
	closeQuote:   {"''", "''"},
	openSingle:   {"`", "``"},
	closeSingle:  {"'", "''"},
	possessive:   {"'", "POS"},
	openBracket:  {"(", "("},
	closeBracket: {")", ")"},
	dash:         {"--", ":"},
	ellipsis:     {"...", ":"},
	currency:     {"$", "$"},
	pound:        {"#", "#"},
	percent:      {"%", "NN"},
	ampersand:    {"&", "CC"},
	stop:         {".", "."},
	question:     {"?", "."},
	shout:        {"!", "."},
	comma:        {",", ","},
	colon:        {":", ":"},
	semicolon:    {";", ":"},
	symbol:       {"*", "SYM"},
}

// isMark holds for a token without letters or digits, which stands first in
// every token that has some, but for clitics and the like.
func isMark(text string) bool {
	if c := text[0]; c < utf8.RuneSelf {
		if isLetterByte(c) || isDigit(c) {
			return false
		}
		if len(text) == 1 {
			return true
		}
	}
	for _, r := range text {
		if isWordRune(r) {
			return false
		}
	}
	return true
}

// markOf tells what the mark at tokens[i] is. Its neighbours show which side a
// plain quotation mark stands on.
func markOf(tokens []Token, i int) mark {
	text := tokens[i].Text
	r, _ := utf8.DecodeRuneInString(text)
	switch r {
	case ',':
		return comma
	case '.':
		if len(text) > 1 {
			return ellipsis
		}
		return stop
	case '…':
		return ellipsis
	case '?':
		return question
	case '!':
		return shout
	case ':':
		return colon
	case ';':
		return semicolon
	case '-', '–', '—', '―', '−', '‐', '‑':
		return dash
	case '"':
		if opens(tokens, i) {
			return openQuote
		}
		return closeQuote
	case '“', '«', '„':
		return openQuote
	case '”', '»':
		return closeQuote
	case '‘', '`', '‹', '‚':
		return openSingle
	case '\'', '’', '›':
		return apostropheMark(tokens, i)
	case '(', '[', '{':
		return openBracket
	case ')', ']', '}':
		return closeBracket
	case '%', '‰':
		return percent
	case '&':
		return ampersand
	case '#':
		return pound
	}
	if unicode.Is(unicode.Sc, r) {
		return currency
	}
	return symbol
}

// apostropheMark tells an apostrophe that stands alone: it opens a quotation,
// closes one, or makes a plural possessive ("the workers' rights").
func apostropheMark(tokens []Token, i int) mark {
	switch {
	case opens(tokens, i):
		return openSingle
	case i+1 < len(tokens) && tokens[i+1].Space && !isMark(tokens[i+1].Text):
		return possessive
	}
	return closeSingle
}

// opens holds where a plain quotation mark has space before it and none after.
func opens(tokens []Token, i int) bool {
	return (i == 0 || tokens[i].Space) && i+1 < len(tokens) && !tokens[i+1].Space
}
