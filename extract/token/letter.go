package token

import (
	"unicode"
	"unicode/utf8"
)

func isDigit(c byte) bool      { return '0' <= c && c <= '9' }
func isUpper(c byte) bool      { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool      { return 'a' <= c && c <= 'z' }
func isLetterByte(c byte) bool { return isLower(c | 0x20) }

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isWordRune holds for what a word or a number is made of: letters, their
// accents, digits of any script, superscripts and fractions.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetterByte(byte(r)) || isDigit(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '\u00ad' || r == '\u200c' || r == '\u200d'
}

// isSpace holds for white space, and for the marks of no width that stand for it.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\n', '\t', '\r', '\v', '\f':
		return true
	case '\u200b', '\u2060', '\ufeff':
		return true
	}
	return r >= 0x80 && unicode.IsSpace(r)
}

// apostrophe is the length of the apostrophe that s starts with, plain or
// typographic; 0 for none.
func apostrophe(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '\'':
		return 1
	case len(s) >= 3 && s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0x98 || s[2] == 0x99): // ‘ ’
		return 3
	}
	return 0
}

// hyphen is the length of the hyphen that s starts with; 0 for none.
func hyphen(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '-':
		return 1
	case len(s) >= 3 && s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0x90 || s[2] == 0x91): // ‐ ‑
		return 3
	}
	return 0
}

// wordRune is the length of the word rune that s starts with; 0 for none.
func wordRune(s string) int {
	if s == "" {
		return 0
	}
	if c := s[0]; c < utf8.RuneSelf {
		if isLetterByte(c) || isDigit(c) {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	if !isWordRune(r) || r == utf8.RuneError {
		return 0
	}
	return size
}

// startsUpper and startsLower look at the letter that s starts with.
func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsDigit(s string) bool { return s != "" && isDigit(s[0]) }
