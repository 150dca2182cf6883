package password

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// The bounds on a password.
const (
	MinLetters = 12   // NIST SP 800-63B asks for 8, or 15 where nothing stands beside it
	MaxBytes   = 1024 // as much as any manager of passwords makes
)

// common are passwords that everybody tries first, of those that are long enough;
// shorter ones are refused for their length, and repetitions and rows by rule.
var common = []string{
	"passwordpassword", "password1234", "password12345", "password123456", "password123!", "mypassword123", "thisismypassword",
	"letmein12345", "letmeinletmein", "welcome12345", "welcome123456", "iloveyou1234", "iloveyouforever", "correcthorsebatterystaple",
	"administrator", "administrator1", "changemechangeme", "changeme1234", "trustno1trustno1", "qwerty123456", "qwertyqwerty",
	"1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5y6", "zaq12wsxcde3", "1qazxsw23edc", "crosscheck123", "crosscheck1234", "crosscheckcrosscheck",
}

// rows are what lies side by side on a keyboard or in a list.
const rows = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm zyxwvutsrqponmlkjihgfedcba 98765432109876543210"

// leastOwn is how many letters of a password must stand beside the account's name.
const leastOwn = 6

// leastDifferent is how many different letters a password must have.
const leastDifferent = 5

// Check says what makes a password too easy to guess for an account, in a
// sentence; "" where nothing does. It asks for no capitals, digits or signs.
func Check(name, password string) string {
	password = norm.NFKC.String(password)
	plain := cases.Fold().String(password)
	letters := make(map[rune]bool)
	for _, r := range plain {
		letters[r] = true
	}
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return "a password cannot have control characters in it"
	case len(password) > MaxBytes:
		return fmt.Sprintf("the password is longer than %d bytes", MaxBytes)
	case utf8.RuneCountInString(password) < MinLetters:
		return fmt.Sprintf("the password is too short: at least %d letters, such as four words that have nothing to do with each other", MinLetters)
	case utf8.RuneCountInString(strings.ReplaceAll(plain, cases.Fold().String(norm.NFKC.String(name)), "")) < leastOwn && name != "":
		return "the password is little more than the account's name"
	case len(letters) < leastDifferent, strings.Contains(rows, plain), slices.Contains(common, plain):
		return "the password is among the first that anybody tries"
	}
	return ""
}
