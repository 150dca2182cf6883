package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lowered gives tokens their lower case out of one copy of the whole span, so
// that no token needs memory of its own.
type lowered struct {
	text  string
	start int  // where the copy begins in the text
	ascii bool // whether all of it is ASCII
	// uneven says that some letter takes other bytes in lower case: offsets no
	// longer match, and each token is lowered by itself.
	uneven bool
}

func lower(text string, start, end int) lowered {
	part := text[start:end]
	if isASCII(part) {
		return lowered{text: strings.ToLower(part), start: start, ascii: true}
	}
	first := strings.IndexFunc(part, func(r rune) bool { return r != unicode.ToLower(r) })
	if first < 0 {
		return lowered{text: part, start: start}
	}
	var b strings.Builder
	b.Grow(len(part))
	b.WriteString(part[:first])
	for i := first; i < len(part); {
		if c := part[i]; c < utf8.RuneSelf {
			if isUpper(c) {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(part[i:])
		small := unicode.ToLower(r)
		if utf8.RuneLen(small) != size {
			return lowered{uneven: true}
		}
		b.WriteRune(small)
		i += size
	}
	return lowered{text: b.String(), start: start}
}

// of is the lower case of the token text[start:end], with plain quotes.
func (l lowered) of(text string, start, end int) string {
	var low string
	if l.ascii {
		return l.text[start-l.start : end-l.start]
	}
	if l.uneven {
		low = strings.ToLower(text[start:end])
	} else {
		low = l.text[start-l.start : end-l.start]
	}
	if isASCII(low) {
		return low
	}
	switch low {
	case "’s", "‘s":
		return "'s"
	case "n’t", "n‘t":
		return "n't"
	case "’", "‘":
		return "'"
	case "“", "”":
		return `"`
	}
	if strings.Contains(low, "\u2018") || strings.Contains(low, "\u2019") {
		return plainQuotes.Replace(low)
	}
	return low
}
