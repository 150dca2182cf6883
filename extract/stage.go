package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// A date answers when something came to a stage: when the treaty was signed,
// the bridge opened, the silo blew up. A verb says the stage or a noun does, "the
// signing of the treaty", "Signing date:"; both become the same words, "treaty
// signed".

// stages lists nouns of deeds with the participles of their verbs, from general
// language: a row a participle and the nouns that stand for it.
const stages = `signed signing signature|opened opening inauguration|reopened reopening|launched launch launching|closed closure closing|
started start kick-off outset|begun beginning commencement onset|ended end ending|completed completion|finished finish|concluded conclusion|
announced announcement|unveiled unveiling|presented presentation|published publication|released release|disclosed disclosure|
proposed proposal|approved approval|ratified ratification|adopted adoption|rejected rejection|repealed repeal|passed passage|
voted vote voting election elections ballot poll polling referendum plebiscite by-election|elected|inaugurated swearing-in|
appointed appointment|nominated nomination|resigned resignation|retired retirement|dismissed dismissal sacking|ousted ouster|
born birth|died death passing|married wedding marriage|divorced divorce|buried burial funeral|baptised baptism|crowned coronation|
killed killing|murdered murder|assassinated assassination|executed execution|shot shooting|stabbed stabbing|kidnapped kidnapping abduction|
arrested arrest|detained detention|charged charge|indicted indictment|convicted conviction|sentenced sentencing|acquitted acquittal|
pardoned pardon|surrendered surrender|escaped escape|freed freeing|imprisoned imprisonment|extradited extradition|
founded founding foundation|established establishment|created creation|built construction|demolished demolition|restored restoration|
exploded explosion blast detonation|collapsed collapse|crashed crash|sunk sinking|derailed derailment|capsized capsizing|collided collision|
erupted eruption|burned|bombed bombing|invaded invasion|attacked attack|besieged siege|occupied occupation|liberated liberation|
landed landing touchdown|departed departure|arrived arrival|taken-off take-off takeoff|launched lift-off liftoff|docked docking|
moved move relocation|withdrawn withdrawal|evacuated evacuation|deployed deployment|returned return|
bought purchase acquisition takeover buyout|sold sale|merged merger|listed listing flotation|paid payment|delivered delivery|
expired expiry expiration|cancelled cancellation|suspended suspension|postponed postponement|abolished abolition|resumed resumption|
discovered discovery|invented invention|found finding|tested test|broken break-through breakthrough|won victory|defeated defeat|
visited visit|met meeting|merged amalgamation|split split|reunited reunification|seceded secession|declared declaration|installed installation`

// occasions are nouns of what has a day by itself.
const occasions = `accident incident disaster quake earthquake tremor shock storm hurricane cyclone tornado flood floods fire blaze landslide avalanche
		eclipse battle raid strike coup uprising revolt riot massacre ceremony match final game race concert festival parade march rally summit conference
		hearing trial session debate auction marathon premiere anniversary event outage blackout spill leak breach robbery heist flight voyage shift`

// stageOf gives a noun of a deed its participle; "" to what happens by itself.
var stageOf = func() map[string]string {
	of := map[string]string{}
	for row := range strings.SplitSeq(stages, "|") {
		words := strings.Fields(row)
		for _, noun := range words[1:] {
			if _, taken := of[noun]; !taken {
				of[noun] = words[0]
			}
		}
	}
	for _, noun := range strings.Fields(occasions) {
		of[noun] = ""
	}
	return of
}()

// staged puts the words of a deed's noun as those of its verb: "signing of
// treaty", "date of signing" and "signing date" become "treaty signed" and
// "signed". Other words stay as they are.
func staged(words string) string {
	deed := words
	for _, of := range [...]string{"date of ", "day of ", "time of ", "year of ", "month of "} {
		deed = strings.TrimPrefix(deed, of)
	}
	for _, day := range [...]string{" date", " day", " year", " time"} {
		deed = strings.TrimSuffix(deed, day)
	}
	what := ""
	if at := strings.Index(deed, " of "); at > 0 {
		deed, what = deed[:at], deed[at+len(" of "):]
	}
	before, head := "", deed
	if at := strings.LastIndexByte(deed, ' '); at >= 0 {
		before, head = deed[:at], deed[at+1:]
	}
	done, known := stageOf[head]
	switch {
	case !known:
		return words
	case done == "":
		return joinWords(deed, what)
	}
	return joinWords(joinWords(what, before), done)
}

// isEvent reports whether words end with the noun of a deed or of a happening.
func isEvent(words string) bool {
	head := words[strings.LastIndexByte(words, ' ')+1:]
	_, known := stageOf[head]
	return known
}

// takesPlace are verbs, by participle, that say of an event only that it was.
var takesPlace = words.NewSet("been happened occurred fallen followed")

// stageQuestion reads of what a date in a clause is: of the deed of its verb, or
// of the noun that it says which, "the blast of 3 May", "Sunday's vote", and of
// one that its verb only says to have been: "the signing took place on 3 May".
func (r *reader) stageQuestion(l *line, m *mention, at place) (subjectName, attribute string) {
	if noun := l.datedNoun(m, at); noun != "" {
		if names := l.datedNames(at); len(names) > 0 {
			subjectName = names[0].Value.Entity.Name
		}
		if papers.Has(noun[strings.LastIndexByte(noun, ' ')+1:]) {
			return subjectName, joinWords(noun, "signed")
		}
		return subjectName, staged(noun)
	}
	v := l.phrases[at.verb].verb
	subjectName, attribute = r.clauseQuestion(l, m, at)
	if takesPlace.Has(v.done) || v.done == "held" && v.passive || l.takesPlace(at.verb) {
		who := l.subjectOf(at.verb)
		if who.empty() || at.role == subject {
			return subjectName, attribute
		}
		words := l.words(l.phrases[who.first].first, l.phrases[who.last-1].last, l.isProper)
		if s := staged(words); s != words || isEvent(words) {
			if subjectName == words {
				subjectName = ""
			}
			return subjectName, s
		}
	}
	if state := l.becomes(at); !strings.Contains(attribute, state) {
		attribute = joinWords(attribute, state)
	}
	return subjectName, attribute
}

// takesPlace reports whether the verb group v is "took place".
func (l *line) takesPlace(v int) bool {
	o := l.objectOf(v)
	return l.phrases[v].verb.done == "taken" && !o.empty() && l.tokens[l.phrases[o.first].first].Lower == "place"
}

// datedNoun is the noun of an event that a date belongs to rather than to the
// verb: "the blast of 3 May killed", "the launch on 3 May went well", "in Sunday's
// vote"; "" where there is none.
func (l *line) datedNoun(m *mention, at place) string {
	if p := l.phrases[at.phrase]; p.kind == nounPhrase && m.last < p.last {
		if words := l.words(m.last, p.last, l.isProper); isEvent(words) {
			return words
		}
		return ""
	}
	if at.governor < 0 {
		return ""
	}
	g := l.phrases[at.governor]
	words := l.words(g.first, g.last, l.isProper)
	switch l.tokens[l.phrases[at.by].first].Lower {
	case "of": // papers are dated by the day on which they were signed
		if isEvent(words) || papers.Has(words[strings.LastIndexByte(words, ' ')+1:]) {
			return words
		}
	case "on", "in":
		if at.verb > at.phrase && isEvent(words) {
			return words
		}
	}
	return ""
}

// datedNames are the names in the noun phrase that a date belongs to.
func (l *line) datedNames(at place) []mention {
	p := l.phrases[at.phrase]
	if at.governor >= 0 && l.phrases[at.phrase].kind != nounPhrase {
		p = l.phrases[at.governor]
	}
	return l.names(p.first, p.last)
}

// makers are verbs, by participle, that say what something was made.
var makers = words.NewSet("made named declared found pronounced ruled called left rendered")

// becomes is what a verb says that something was made: "was declared over",
// "found him guilty", "was made chairman".
func (l *line) becomes(at place) string {
	const most = 6 // tokens
	v := l.phrases[at.verb]
	if !makers.Has(v.verb.done) {
		return ""
	}
	first, last := v.last, l.phrases[at.phrase].first
	if at.by >= 0 {
		last = l.phrases[at.by].first
	}
	if o := l.objectOf(at.verb); !o.empty() && !v.verb.passive {
		first = l.phrases[o.first].last
		if t := first - 1; l.tokens[t].Tag == "JJ" { // "found him guilty" may be one phrase
			first = t
		}
	}
	words := ""
	for t := first; t < min(last, first+most); t++ {
		switch k := &l.tokens[t]; {
		case k.Lower == "over":
			return joinWords(words, "over")
		case l.within[t] >= 0 || k.Tag == "IN" || k.Tag == "TO" || k.Tag == "," || k.Tag == "CC":
			return words
		case k.Tag == "JJ" || k.Tag == "NN" || k.Tag == "VBN":
			words = joinWords(words, k.Lower)
		}
	}
	return words
}

// meanwhile is the verb of a clause that a date's own is only the setting for:
// "it was Saturday when the silo went up", "said on Monday, as he opened the
// bridge"; -1 without one.
func (l *line) meanwhile(m *mention) int {
	t := m.last
	if t < len(l.tokens) && l.tokens[t].Text == "," {
		t++
	}
	if t+1 >= len(l.tokens) {
		return -1
	}
	switch l.tokens[t].Lower {
	case "when": // else what happened when the clause says so is as good
		if m.verb >= 0 && l.phrases[m.verb].verb.done != "been" {
			return -1
		}
	case "as":
		if !m.saying {
			return -1
		}
	default:
		return -1
	}
	for p := l.of[t] + 1; p < len(l.phrases); p++ {
		switch l.phrases[p].kind {
		case verbGroup:
			if v := l.phrases[p].verb; v.participle || v.infinitive {
				return -1
			}
			return p
		case stop, binder:
			return -1
		}
	}
	return -1
}

// settled is the place of a date that a clause behind it is told by.
func (l *line) settled(m *mention, at place) place {
	if m.Kind != claim.Date || m.against > 0 {
		return at
	}
	if v := l.meanwhile(m); v >= 0 {
		return place{phrase: at.phrase, verb: v, role: oblique, governor: -1, by: -1}
	}
	return at
}
