package token

import "strings"

// maxLocal is the longest part of an e-mail address before its "@" (RFC 5321).
const maxLocal = 64

// address is the end of the web or e-mail address that starts at the offset
// at; 0 for none.
func (c *cutter) address(at int) int {
	s := c.rest(at)
	if n := webAddress(s); n > 0 {
		return at + n
	}
	if c.mail > at {
		if n := mailAddress(s); n > 0 {
			return at + n
		}
	}
	return 0
}

var schemes = [...]string{"http://", "https://", "ftp://", "mailto:", "www."}

func webAddress(s string) int {
	for _, scheme := range schemes {
		if len(s) <= len(scheme) || s[0]|0x20 != scheme[0] || !strings.EqualFold(s[:len(scheme)], scheme) {
			continue
		}
		n := len(s)
		if stop := strings.IndexAny(s, "<>\"|“”"); stop >= 0 {
			n = stop
		}
		open := strings.Contains(s[:n], "(")
		for n > 0 && (strings.IndexByte(".,;:!?'*_]}", s[n-1]) >= 0 || s[n-1] == ')' && !open) {
			n--
		}
		if n > len(scheme) {
			return n
		}
	}
	return 0
}

func mailAddress(s string) int {
	n := 0
	for n < len(s) && n <= maxLocal && (isASCIIWord(s[n]) || strings.IndexByte("._%+-", s[n]) >= 0) {
		n++
	}
	if n == 0 || n >= len(s) || s[n] != '@' {
		return 0
	}
	masked := n > 3 && s[n-3:n] == "..." // "ann.le...@mail.example", as archives hide it
	if !masked && strings.IndexByte("._%+-", s[n-1]) >= 0 {
		return 0
	}
	host := n + 1
	for n = host; n < len(s) && (isASCIIWord(s[n]) || s[n] == '.' || s[n] == '-'); n++ {
	}
	for n > host && (s[n-1] == '.' || s[n-1] == '-') {
		n--
	}
	if n == host {
		return 0
	}
	return n
}

// isAddress holds for a token that is a web or e-mail address, a handle, or a
// name such as "booking.com".
func isAddress(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '@':
			return len(s) > 1
		case ':':
			if strings.HasPrefix(s[i:], "://") {
				return true
			}
		case '.':
			if i > 0 && isLower(s[i-1]) && len(s) >= i+3 && isLetterByte(s[i+1]) && isASCIIWord(s[len(s)-1]) {
				return true
			}
		}
	}
	return false
}
