package extract

import (
	"strings"

	"crosscheck/words"
)

// A verb goes by its past participle: "signs", "signing", "will sign" and
// "signed" are all "signed". It is the one form that attributes need ("treaty
// signed"), and the one that regular verbs give without guessing their base.

// irregular lists verbs whose past forms no rule gives: base, past, participle.
const irregular = `arise arose arisen|be was been|bear bore borne|beat beat beaten|become became become|begin began begun|bend bent bent|bet bet bet|bid bid bid
bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred|bring brought brought|build built built|burn burnt burned
burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|cut cut cut
deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt
fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|get got got
give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt
keep kept kept|kneel knelt knelt|know knew known|lay laid laid|lead led led|learn learnt learned|leave left left|lend lent lent|let let let|light lit lit
lose lost lost|make made made|mean meant meant|meet met met|oversee oversaw overseen|overtake overtook overtaken|pay paid paid|put put put|quit quit quit
read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
set set set|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung
sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spend spent spent|spin spun spun|split split split|spread spread spread
spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|swear swore sworn|sweep swept swept|swim swam swum
swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|undergo underwent undergone
understand understood understood|undertake undertook undertaken|wake woke woken|wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written`

// participles maps every form of an irregular verb to its participle.
var participles = func() *words.Map[string] {
	forms := map[string]string{
		"is": "been", "are": "been", "am": "been", "were": "been", "'s": "been", "'re": "been", "'m": "been", "being": "been",
		"has": "had", "'ve": "had", "does": "done", "goes": "gone", "dying": "died", "lying": "lain", "lies": "lain", "lay": "lain", "tying": "tied", "ink": "inked",
	}
	for _, row := range strings.FieldsFunc(irregular, func(r rune) bool { return r == '|' || r == '\n' }) {
		f := strings.Fields(row)
		base, done := f[0], f[2]
		last := base[len(base)-1:]
		for _, form := range []string{base, f[1], done, base + "s", base + "es", base + "ing", strings.TrimSuffix(base, "e") + "ing", base + last + "ing"} {
			if _, taken := forms[form]; !taken {
				forms[form] = done
			}
		}
	}
	return words.NewMap(forms)
}()

// participle returns the past participle of a verb in any form, in lower case,
// with its Penn tag.
func participle(word, tag string) string {
	if p := participles.Get(word); p != "" {
		return p
	}
	stem := word
	switch tag {
	case "VBD", "VBN":
		return word
	case "VBZ":
		switch {
		case strings.HasSuffix(word, "ies") && len(word) > 4:
			return word[:len(word)-3] + "ied"
		case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "xes"):
			stem = word[:len(word)-2]
		default:
			stem = strings.TrimSuffix(word, "s")
		}
	case "VBG":
		stem = strings.TrimSuffix(word, "ing")
	}
	n := len(stem)
	switch {
	case n == 0:
		return word
	case stem[n-1] == 'e':
		return stem + "d"
	case n > 1 && stem[n-1] == 'y' && strings.IndexByte("aeiou", stem[n-2]) < 0:
		return stem[:n-1] + "ied"
	case tag != "VBG" && doubles.Has(stem):
		return stem + stem[n-1:] + "ed"
	}
	return stem + "ed"
}

// doubles lists common bases that double their last letter: "plan", "planned".
var doubles = words.NewSet(`plan ban stop drop ship rob admit commit permit submit transfer refer occur scrap trap grab step top cap strip control cancel
	kidnap tap trim slip stab equip prefer expel compel tip bar dip rip nod pin plot drag flip skip scan log stun jam dam span ram
	shop wrap pop hop swap whip dub rig mob knit propel repel rebel confer defer incur recur deter omit emit outstrip`)
