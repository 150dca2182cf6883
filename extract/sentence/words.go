package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/token"
	"crosscheck/words"
)

// Lists of words, in lower case.

// starters begin sentences far more often than they continue a name: after an
// abbreviation, one with a capital shows that the abbreviation ended its sentence.
var starters = words.NewSet(`the this that these those it he she they we you there here his her its their our my your
	but and or so yet if when while although though however meanwhile moreover after before since until unless once
	in on at for from with without by as to of under over during among between despite because according
	how what who why where which is are was were do does did can could would should has have had
	not no then now some many most both all each another every few several one two three other others an a i
	also still even just only last next earlier later nearly about more less officials experts police critics
	please thanks thank hi hello yes let see`)

// afterName are the starters that end a sentence even after an initial or a
// title, where a name is expected: no name is written like them.
var afterName = words.NewSet(`the this that these those it he she they we there his her its their our but and so if when while although
	however meanwhile after before since in at for from with by as then how what why where which is are was were did`)

// subjects begin sentences, and do not go on after an abbreviation, even where
// they are written small.
var subjects = words.NewSet(`i you he she it we they the this that these those there here my your his her its our their
	what how why who where is are was were do does did can could would should please thanks`)

// speech are verbs that join a quotation to its speaker.
var speech = words.NewSet(`said says say asked asks told tells added adds replied replies answered wrote writes shouted cried
	yelled whispered exclaimed recalled recalls declared declares joked warned insisted explained noted remarked`)

// zones follow a time of day without beginning a sentence.
var zones = words.NewSet(`est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest ist jst eastern central mountain pacific greenwich
	local monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`)

// filed join a document to its day: "Updated 06/02/2001 10:53".
var filed = words.NewSet(`posted published updated modified created edited printed sent date time`)

// farewells are the words before a letter's signature.
var farewells = words.NewSet(`best kind kindest warm warmest with my many regards wishes thanks thx thank you again so much very
	sincerely truly faithfully respectfully cordially yours cheers love always in advance take care all the`)

// files are the endings of files that people attach.
var files = words.NewSet(`pdf doc docx rtf odt txt htm html xls xlsx csv ppt pptx jpg jpeg gif png bmp tif zip mp3 wav`)

func isSmallRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLower(r)
}

func isCapital(s string) bool {
	if s[0] < utf8.RuneSelf {
		return 'A' <= s[0] && s[0] <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func isDigit(s string) bool {
	if s[0] < utf8.RuneSelf {
		return '0' <= s[0] && s[0] <= '9'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsNumber(r)
}

// isWord holds for a token that starts with a letter or a digit.
func isWord(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// isCloser holds for a mark that closes a bracket or a quotation. A plain
// quotation mark closes where no space stands before it.
func isCloser(t *token.Token) bool {
	switch t.Text {
	case ")", "]", "}", "”", "’", "»":
		return true
	case `"`, "'":
		return !t.Space
	}
	return false
}

// isQuote holds for a closing quotation mark.
func isQuote(text string) bool {
	switch text {
	case "”", "’", "»", `"`, "'":
		return true
	}
	return false
}

// isOpener holds for a mark that may stand before a sentence's first word.
func isOpener(text string) bool {
	switch text {
	case "(", "[", "{", "“", "‘", "«", "„", `"`, "'", "``", "`", "¿", "¡", "*", "_":
		return true
	}
	return false
}

// isBullet holds for a mark that begins a list's item.
func isBullet(text string) bool {
	switch text {
	case "•", "⁃", "▪", "◦", "‣", "●", "■", "∙", "◆", "➢", "✓":
		return true
	}
	return false
}

func isDash(text string) bool {
	switch text {
	case "-", "--", "–", "—", "―":
		return true
	}
	return false
}

// isVowelless holds for a short name-like word that no one could say, and so is
// an abbreviation, in the lists or not: "Mohd.", "Bhd.".
func isVowelless(s string) bool {
	if len(s) < 2 || len(s) > 5 || !isCapital(s) {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return !strings.ContainsAny(s, "AEIOUYaeiouy")
}

// isRule holds for a run of marks drawn as a line; three hyphens are a dash.
func isRule(text string) bool {
	switch {
	case len(text) < 3 || text[0] != text[1]:
		return false
	case text[0] == '-':
		return len(text) > 3
	}
	return strings.IndexByte("_=*~", text[0]) >= 0
}

func isWebAddress(text string) bool {
	return len(text) > len("www.") && (text[0] == 'h' || text[0] == 'w') && (strings.HasPrefix(text, "www.") || strings.Contains(text, "://"))
}
