package name

import (
	"strings"

	"crosscheck/words"
)

// isTitle reports whether a word that stands before a person's name is a title
// or part of a role, and no name: "Dr.", "Prime", "Minister", "Vice".
func isTitle(lower string) bool { return titles.Has(lower) }

// IsTitle reports whether a word, in small letters, can stand before a person's
// name as a title or part of a role.
func IsTitle(lower string) bool { return isTitle(lower) }

// plainTitle reports whether a word is never a name by itself either.
func plainTitle(lower string) bool { return titles.Has(lower) && !surnames.Has(lower) }

// isCalendar reports whether a word names a day or a month.
func isCalendar(lower string) bool { return calendar.Has(strings.TrimSuffix(lower, ".")) }

var titles = words.NewSet(`
mr mr. mrs mrs. ms ms. miss mx. dr dr. prof prof. professor sir dame lord lady madame madam monsieur mme herr frau señor señora don doña rev rev. reverend
father fr. sister brother pastor rabbi imam sheikh sheik ayatollah mullah cardinal archbishop bishop pope saint st. dalai
president president-elect vice vice-president premier prime minister chancellor secretary secretary-general foreign defense defence interior finance health justice
treasury attorney general solicitor senator sen sen. representative rep rep. congressman congresswoman governor gov gov. lieutenant lt lt. mayor deputy
ambassador envoy commissioner councillor councilman councilwoman speaker leader whip chief chairman chairwoman chair chairperson director executive officer ceo cfo
head spokesman spokeswoman spokesperson judge justice prosecutor sheriff marshal inspector superintendent detective constable
gen gen. maj maj. major col col. colonel capt capt. captain cmdr commander sgt sgt. sergeant cpl. corporal pvt. private admiral adm adm. brigadier brig brig. commodore
king queen prince princess emperor empress sultan emir crown duke duchess earl count countess baron baroness tsar czar
former ex-president then late acting interim senior junior coach manager founder co-founder author actor actress singer economist analyst
`)

// surnames are titles that are also common family names.
var surnames = words.NewSet("king prince pope bishop judge marshal major duke earl baron sheikh rabbi head lord count sheriff dean don miss sister justice saint coach")

var calendar = words.NewSet(`
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
spring summer autumn fall winter today yesterday tomorrow
one two three four five six seven eight nine ten hundred thousand million billion trillion first second third
`)
