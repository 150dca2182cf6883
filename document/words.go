package document

import (
	"strings"

	"crosscheck/words"
)

// wordSet makes a set of the words in a list.
func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// A wordKind says what a word is to one who looks for the parts of a page; a
// word may be several things.
type wordKind uint16

const (
	functionWord  wordKind = 1 << iota // holds an English sentence together; headlines and menus do without
	countedThing                       // is counted by pages: "41 comments", "Reads: 3,311"
	counterBefore                      // stands before the number that it numbers: "page 3", "vol. 12"
	pageWord                           // stands in menus and at the feet of pages
	phoneWord                          // stands before a telephone number
	bylineWord                         // opens a line that says who wrote and when
	dateWord                           // belongs to a date or a time of day
	monthWord                          // names a month
	phraseWord                         // opens one of pagePhrases
)

// wordKinds is looked up once a word.
var wordKinds = func() *words.Map[wordKind] {
	kinds := map[string]wordKind{}
	for kind, list := range map[wordKind]string{
		functionWord: `a an the of to in on at by for from with as and or but if than then that this these those it its he his him she
			her they their them we our us you your i my is are was were be been being has have had do does did not no will would can could
			may might must shall should who which what when where why how there here said says after before since into over under about
			more most some any all each every so nor because while during before between through against until up out off`,
		countedThing: `views view reads read reading shares share likes comments comment replies reply followers follower claps
			subscribers photos pictures visits visitors hits watching viewing retweets reposts downloads upvotes votes reactions
			bookmarks responses users online attachments`,
		counterBefore: "page p pg pp pages vol issue article entry",
		pageWord: `home login logout log-in sign-in register rss subscribe unsubscribe newsletter newsletters print printable email
			e-mail share whatsapp cookie cookies advertise advertisement adverts ads classifieds obituaries obituary obits puzzles
			crossword sudoku horoscope horoscopes lottery lotto weather archive archives sitemap search menu basket cart about contact
			donate bookmark bookmarks webmaster guestbook copyright © ® hotline helpdesk helpline tel phone e-paper epaper app podcast
			podcasts forum blog faq jobs privacy imprint terms letters quiz poll webinar edition visitors permalink trackback reblog
			pinterest close expand`,
		phoneWord:  "call tel phone ring text telephone hotline helpline fax line contact dial circulation newsroom desk",
		bylineWord: "by posted published updated filed written reported submitted dated modified",
		dateWord: `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm a.m p.m
			utc gmt est edt pst pdt cet cest bst local time`,
	} {
		for word := range strings.FieldsSeq(list) {
			kinds[word] |= kind
		}
	}
	for word := range months {
		kinds[word] |= monthWord
	}
	for first := range pagePhrases {
		kinds[first] |= phraseWord
	}
	return words.NewMap(kinds)
}()

// labels weigh the openings of lines that lead away from the article.
var labels = map[string]int{
	"related": 3, "related articles": 3, "related stories": 3, "related news": 3, "related posts": 3, "related links": 3, "related topics": 3,
	"related notes": 3, "related content": 3, "related reading": 3,
	"see also": 3, "read more": 3, "read also": 3, "also read": 3, "read next": 3, "most read": 3, "most popular": 3, "most viewed": 3,
	"trending": 3, "trending now": 3, "tags": 3, "tag": 3, "tagged": 3, "tagged with": 3, "filed under": 3, "filed in": 3, "categories": 3,
	"share this": 3, "share on": 3, "share": 3, "follow us": 3, "copyright": 3, "©": 3, "advertisement": 3, "sponsored": 3,
	"also inside": 3, "also today": 3, "in this issue": 3, "you may also like": 3, "recommended": 3, "recommended for you": 3,
	"editor's picks": 3, "editors' picks": 3, "older": 3, "newer": 3, "older posts": 3, "newer posts": 3, "previous post": 3, "next post": 3,
	"previous article": 3, "next article": 3, "leave a comment": 3, "leave a reply": 3, "back to top": 3, "last updated": 3,
	"last modified": 3, "more stories": 3, "more news": 3, "latest news": 3, "up next": 3, "top stories": 3, "skip to content": 3,
	"comments": 3, "comments closed": 3, "no comments": 3, "subscribe": 3, "sign up": 3, "advertise": 3, "<< prev": 3, "<< previous": 3,
	"expand": 3, "overlay image": 3, "close": 3, "share this article": 3, "image": 2, "loading": 2, "toggle navigation": 3, "menu": 3,
	"more": 2, "next": 2, "previous": 2, "previously": 2, "read": 2, "inside": 2, "popular": 2, "category": 2, "topics": 2, "prev": 2,
	"posted": 2, "published": 2, "updated": 2, "posted on": 2, "posted by": 2, "contact": 2, "contact us": 2, "poll": 2,
	"also": 2, "press contact": 2, "media contact": 2,
}

// pagePhrases are said by pages about themselves. They stand under their first
// word, for a look at each word of a text rather than a search for each phrase.
var pagePhrases = func() map[string][][]string {
	phrases := map[string][][]string{}
	for _, phrase := range []string{
		"all rights reserved", "follow us", "unsubscribe", "subscribe to", "subscribe now", "sign up for", "back to top", "click here",
		"read more", "log in", "log out", "sign in", "terms of use", "privacy policy", "cookie policy", "cookie settings", "comments closed",
		"leave a comment", "share this", "share on", "reproduction forbidden", "copyright", "best viewed in", "page not found",
		"for immediate release", "embargoed until", "filed under", "get our newsletter", "download the app", "get the app", "skip to",
	} {
		words := strings.Fields(phrase)
		phrases[words[0]] = append(phrases[words[0]], words[1:])
	}
	return phrases
}()

// linkSections are headings of lists that lead to other pages. Those that
// sources put at the end of a text are furniture only while they hold lists.
var linkSections = wordSet(`see-also related related-notes related-articles related-stories related-posts related-links related-topics
	related-content related-reading related-news related-pages sources references external-links further-reading bibliography read-more
	more-stories most-read most-popular trending recommended backlinks footnotes links citations you-may-also-like works-cited
	recommended-reading read-next also-read latest-news top-stories more-news share share-this tags categories comments`)

// isLinkSection reports whether a heading's words name such a section.
func isLinkSection(words string) bool {
	words = strings.ToLower(strings.Trim(words, " \t\r\n:."))
	if strings.HasPrefix(words, "more from ") {
		return true
	}
	return len(words) < 40 && linkSections[strings.Join(strings.Fields(words), "-")]
}
