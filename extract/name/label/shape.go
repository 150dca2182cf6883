package label

import (
	"unicode"
	"unicode/utf8"
)

// shape is what a word looks like, whatever its letters are.
type shape uint8

const (
	shapeOther   shape = iota
	shapeLower         // "house"
	shapeTitle         // "House"
	shapeUpper         // "NATO"
	shapeSingle        // "A"
	shapeInitial       // "J."
	shapeDotted        // "U.S."
	shapeAbbrev        // "Gen."
	shapeMixed         // "McDonald", "iPhone"
	shapeNumber        // "1999"
	shapeCode          // "F-35", "139th", "G7"
	shapeMark          // ","
	shapeFolded        // a capital that tells nothing
	shapeCapital       // as first gives it: begins with a capital
)

// first tells whether a word begins with a capital or a small letter;
// shapeOther for neither.
func first(s string) shape {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsUpper(r):
		return shapeCapital
	case unicode.IsLower(r):
		return shapeLower
	}
	return shapeOther
}

// shapeOf a word's text.
func shapeOf(s string) shape {
	switch {
	case isSmall(s):
		return shapeLower
	case s != "" && 'A' <= s[0] && s[0] <= 'Z' && isSmall(s[1:]):
		return shapeTitle
	}
	var upper, lower, digits, dots, count int
	first := shapeOther
	for i, r := range s {
		count++
		switch {
		case 'a' <= r && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
			lower++
			if i == 0 {
				first = shapeLower
			}
		case 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			upper++
			if i == 0 {
				first = shapeCapital
			}
		case '0' <= r && r <= '9':
			digits++
		case r == '.':
			dots++
		}
	}
	switch {
	case upper+lower+digits == 0:
		return shapeMark
	case digits > 0 && upper+lower == 0:
		return shapeNumber
	case digits > 0:
		return shapeCode
	case upper == 0:
		return shapeLower
	case count == 1:
		return shapeSingle
	case upper == 1 && dots == 1 && count == 2:
		return shapeInitial
	case dots > 1 && lower == 0:
		return shapeDotted
	case lower == 0:
		return shapeUpper
	case first == shapeCapital && upper == 1 && dots > 0:
		return shapeAbbrev
	case first == shapeCapital && upper == 1:
		return shapeTitle
	}
	return shapeMixed
}

// isSmall reports whether a text is plain small letters, as most words are.
func isSmall(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i]-'a' > 'z'-'a' {
			return false
		}
	}
	return s != ""
}

// capital reports whether a word of this shape may begin a name.
func (s shape) capital() bool {
	switch s {
	case shapeTitle, shapeUpper, shapeSingle, shapeInitial, shapeDotted, shapeAbbrev, shapeMixed:
		return true
	}
	return false
}
