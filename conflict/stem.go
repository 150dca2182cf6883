package conflict

import (
	"strings"
	"sync"
)

// irregular lists verbs whose forms no ending tells: a line a verb. Forms that
// are mostly another word's are left out: "wound", "ground", "born", "fallen".
const irregular = `arise arose arisen|awake awoke awoken|become became|begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|
bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|
draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|
forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|give gave given|get got gotten|go went gone|grow grew grown|hang hung|hide hid hidden|
hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|lose lost|make made|meet met|overtake overtook overtaken|pay paid|
ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|
shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|spend spent|spring sprang sprung|stand stood|steal stole stolen|
stick stuck|strike struck stricken|strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|
tell told|think thought|throw threw thrown|undergo underwent undergone|undertake undertook undertaken|wake woke woken|wear wore worn|weave wove woven|
win won|withdraw withdrew withdrawn|withhold withheld|write wrote written|overthrow overthrew overthrown|overrun overran|oversee oversaw overseen`

// baseOf gives an irregular form the stem of its verb.
var baseOf = sync.OnceValue(func() map[string]string {
	of := map[string]string{}
	for line := range strings.SplitSeq(irregular, "|") {
		forms := strings.Fields(line)
		for _, f := range forms[1:] {
			of[f] = regular(forms[0])
		}
	}
	return of
})

// stem cuts a lower-case word to what its inflections share: "killed" and
// "killing" to "kill", "countries" and "country" to "country", "announces" and
// "announced" to "announc". It is weaker than Porter's on purpose: "general"
// and "generation" stay apart. Irregular verbs have one stem: "went" and "gone".
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	if base, ok := baseOf()[w]; ok {
		return base
	}
	return regular(w)
}

// regular is the stem by the endings alone.
func regular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"), len(w) > 4 && strings.HasSuffix(w, "ied"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
	case len(w) > 3 && strings.HasSuffix(w, "s"):
		w = w[:len(w)-1]
	}
	switch {
	case len(w) > 3 && strings.HasSuffix(w, "eed"):
	case len(w) > 3 && strings.HasSuffix(w, "ed") && hasVowel(w[:len(w)-2]):
		w = single(w[:len(w)-2])
	case len(w) > 5 && strings.HasSuffix(w, "ing") && hasVowel(w[:len(w)-3]):
		w = single(w[:len(w)-3])
	}
	if len(w) > 2 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "ee") {
		w = w[:len(w)-1]
	}
	return w
}

func hasVowel(w string) bool { return strings.ContainsAny(w, "aeiouy") }

// single undoes the doubling before -ed and -ing: "stopp" to "stop", but
// "kill", "pass" and "buzz" double by themselves.
func single(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
