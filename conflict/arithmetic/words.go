package arithmetic

import (
	"regexp"
	"slices"
	"strings"
)

// What stands between two values decides whether they are to be added up. A gap
// is plain where it has few words and none that turns the sense.

// turns are words after which the next number is no further part of a list.
var turns = wordSet(`of than per to from by at including include includes included excluding except plus minus aged after before against compared least most
	more less fewer over under but not nor or which that who whom whose while until within since every each than versus out up down another further additional
	other others remaining rest same average about some nearly almost around between`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// mostWords bounds the words between two values of one list.
const mostWords = 8

// plainWords reports whether s is a few words that turn nothing.
func plainWords(s string) bool {
	words := strings.Fields(s)
	if len(words) > mostWords || strings.ContainsAny(s, "0123456789.,;:()[]|\t\"“”—–") {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return turns[w] })
}

var separator = regexp.MustCompile(`^(.*?)\s*(?:[,;]\s*(?:and|plus)?|\s(?:and|plus)|^and|^plus)\s*(?:a |an |the )?$`)

// listed reports whether a gap says that the next value is another part:
// "soldiers and", "for food,".
func listed(gap string) bool {
	m := separator.FindStringSubmatch(gap)
	return m != nil && plainWords(m[1])
}

var (
	opensList   = regexp.MustCompile(`^(.*?)\s*(:|\(|\s-\s|\s?–\s?|—|--)\s*$`)
	closesList  = regexp.MustCompile(`^([^.;:()]*?)\s*(\)|[.;!?]|$)`)
	totalBefore = regexp.MustCompile(`^(.*?)[,;:]?\s*(?:[-–—]\s*)?\b(?:(?:for |making |making up |giving |with )?(?:a |the |their )?(?:combined |overall |grand )?total (?:of|is|was)|totall?ing|which totals?|which total(?:l?ed)?|or a total of|adding up to|which adds? up to|together|altogether|in total|in all)\s*$`)
	totalAfter  = regexp.MustCompile(`^[^,.;:()0-9]{0,40}?\s(?:in all|in total|altogether|together|all told|combined)\b`)
	bareComma   = regexp.MustCompile(`^(.*?)\s*[,–—]\s*(?:or |making |so |that is )?$`)
	holds       = regexp.MustCompile(`^(.*?)[,;]?\s(?:including|among them|of whom|of which|of them)\s*$`)
)
