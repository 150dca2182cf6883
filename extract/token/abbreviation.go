package token

import (
	"strings"
	"sync"
)

// Class says how an abbreviation is used, which decides whether the stop after
// it belongs to it, and whether a sentence may end there.
type Class uint8

// The classes of abbreviation. NoAbbreviation is any other word.
const (
	NoAbbreviation Class = iota
	// Title stands before a name and ends no sentence: "Mr.", "Gen.", "Mt.".
	Title
	// Suffix stands after a name: "Inc.", "Jr.", "Calif.", "Ave.", "Ph.D.".
	Suffix
	// Calendar is a month or a day of the week: "Sept.", "Mon.".
	Calendar
	// Reference stands before a number, and is a word of its own elsewhere: "No. 5", "p. 12".
	Reference
	// Unit stands after a number, and is a word of its own elsewhere: "6 ft.", "20 min.".
	Unit
	// Inner stands in the middle of a sentence: "e.g.", "vs.", "approx.".
	Inner
	// Closing is often a sentence's last word: "etc.".
	Closing
	// Clock is "a.m." and "p.m.".
	Clock
	// Dotted is letters with stops between: "U.S.", "D.C.".
	Dotted
	// Initial is one capital with its stop: "E.".
	Initial
)

// abbreviationLists hold words without their last stop. A "^" marks one that
// is an abbreviation only with a capital: "Sat." is a day, "sat." a verb at the
// end of its sentence.
var abbreviationLists = []struct {
	class Class
	words string
}{
	{Title, `mr mrs ms mx dr drs prof profs messrs mme mlle ^fr ^rev ^hon ^pres ^gov ^govs ^gen ^gens ^sen ^sens ^rep ^reps
		^amb ^lt ^col ^cols ^capt ^cmdr ^cdr ^maj ^sgt ^cpl ^pvt ^pfc ^adm ^brig ^insp ^supt ^det ^atty ^asst ^dep ^dir
		^msgr ^ald ^cllr ^treas st ste mt mts ^ft mohd ^wm ^chas ^geo ^jas ^jos ^thos`},
	{Suffix, `inc corp ltd co cos bros plc llc jr sr esq al intl assn assoc univ dept mfg mgmt bldg ave blvd rd hwy pkwy
		^ala ^ariz ^ark ^calif ^cal ^colo ^conn ^del ^fla ^ga ^ill ^ind ^kan ^kans ^ky ^la ^mass ^md ^mich ^minn ^miss ^mo ^mont
		^neb ^nebr ^nev ^okla ^ore ^pa ^penn ^tenn ^tex ^va ^vt ^wash ^wis ^wisc ^wyo ^ont ^que ^sask
		ph.d`},
	{Calendar, `^jan ^feb ^mar ^apr ^jun ^jul ^aug ^sep ^sept ^oct ^nov ^dec ^mon ^tue ^tues ^wed ^thu ^thur ^thurs ^fri ^sat ^sun`},
	{Reference, `no nos nr n° p pp pg pgs fig figs sec secs art arts ch chap chaps vol vols eq eqs ex par para paras
		ref refs ser app appx cl pt pts apt rm b c d r fl rs`},
	{Unit, `in ft yd yds mi oz lb lbs gal gals pt qt min mins sec secs hr hrs wk wks mo mos yr yrs tsp tbsp km kg cm mm sq cu deg`},
	{Inner, `e.g i.e eg ie vs v cf approx ca viz est incl excl resp ibid op aka abbr trans rev max avg temp tel ext dist govt natl`},
	{Closing, `etc`},
	{Clock, `a.m p.m`},
}

// abbreviation is what the lists say of a word.
type abbreviation struct {
	small, capital Class // written with a small letter, with a capital
	before, after  bool  // one only before a number, only after a number
}

var abbreviations = sync.OnceValue(func() map[string]abbreviation {
	table := map[string]abbreviation{}
	for _, list := range abbreviationLists {
		for word := range strings.FieldsSeq(list.words) {
			word, capitalOnly := strings.CutPrefix(word, "^")
			a := table[word]
			switch {
			case list.class == Reference:
				a.before = true
			case list.class == Unit:
				a.after = true
			case capitalOnly:
				a.capital = list.class
			default:
				a.small, a.capital = list.class, list.class
			}
			table[word] = a
		}
	}
	return table
})

// Abbreviation is the class of a token that carries its own stop, and
// NoAbbreviation for every other token.
func (t Token) Abbreviation() Class {
	word, stopped := strings.CutSuffix(t.Lower, ".")
	if !stopped || word == "" || !isLetterByte(word[0]) && word[0] < 0x80 {
		return NoAbbreviation
	}
	if len(word) == 1 && isUpper(t.Text[0]) {
		return Initial
	}
	a := abbreviations()[word]
	class := a.small
	if isUpper(t.Text[0]) {
		class = a.capital
	}
	switch {
	case class != NoAbbreviation:
		return class
	case a.before:
		return Reference
	case a.after:
		return Unit
	case strings.Contains(word, "."):
		return Dotted
	case len(word) == 1:
		return Reference
	}
	return NoAbbreviation
}
