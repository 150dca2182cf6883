package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// event is what ten documents tell of. All of it follows from its number.
type event struct {
	kind, verb   string // "flood", "hit"
	place, mayor string
	cast         []string // places and people of its story
	day          time.Time
	killed       int
	hurt, homes  int
	schools      int
	millions     int
	soldiers     int
}

var kinds = [][2]string{
	{"flood", "hit"}, {"fire", "swept"}, {"earthquake", "shook"}, {"explosion", "tore through"}, {"storm", "struck"},
	{"landslide", "buried part of"}, {"train crash", "shocked"}, {"ferry disaster", "shocked"},
}

// papers publish the documents, in turns.
var papers = func() []string {
	v := &voice{rand.New(rand.NewPCG(3, 3))}
	names := make([]string, 40)
	for i := range names {
		names[i] = v.place() + " " + []string{"Courier", "Gazette", "Herald", "Post", "Tribune"}[i%5]
	}
	return names
}()

func eventOf(n int) event {
	r := rand.New(rand.NewPCG(uint64(n), 0xe7e47))
	v := &voice{r}
	k := kinds[r.IntN(len(kinds))]
	cast := make([]string, 12)
	for i := range cast {
		if cast[i] = v.place(); i%2 == 0 {
			cast[i] = v.person()
		}
	}
	return event{
		cast: cast, kind: k[0], verb: k[1], place: v.place(), mayor: v.person(),
		day:    time.Date(2015, time.January, 1+r.IntN(3600), 0, 0, 0, 0, time.UTC),
		killed: 20 + r.IntN(70), hurt: 101 + r.IntN(300), homes: 1001 + r.IntN(4000), schools: 3 + r.IntN(40),
		millions: 11 + r.IntN(500), soldiers: 201 + r.IntN(700),
	}
}

func (e event) titles() []string {
	kind := strings.ToUpper(e.kind[:1]) + e.kind[1:]
	return []string{
		kind + " in " + e.place, e.place + " counts the cost of the " + e.kind, e.place + " after the " + e.kind,
		"What is known of the " + e.kind + " in " + e.place,
	}
}

// facts are what a report says of its event, the toll first. A dissenting one, and
// one that was edited, gives another toll.
func (e event) facts(dissents bool, edition int) []string {
	killed := e.killed
	if dissents {
		killed += 9
	}
	if edition > 0 {
		killed += 17
	}
	where := "the " + e.kind + " in " + e.place
	return []string{
		fmt.Sprintf("%d people were killed in %s", killed, where),
		fmt.Sprintf("%d people were injured in %s", e.hurt, where),
		fmt.Sprintf("%s destroyed %d homes", where, e.homes),
		fmt.Sprintf("%s closed %d schools", where, e.schools),
		fmt.Sprintf("%s caused damage of $%d million", where, e.millions),
		fmt.Sprintf("%d soldiers were sent to %s", e.soldiers, e.place),
		fmt.Sprintf("%s %s %s on %s", "the "+e.kind, e.verb, e.place, e.day.Format("2 January 2006")),
		fmt.Sprintf("%s is the mayor of %s", e.mayor, e.place),
	}
}

// voice makes sentences.
type voice struct{ *rand.Rand }

func (v *voice) pick(of []string) string { return of[v.IntN(len(of))] }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// told is a fact, and something about who heard it where.
func (v *voice) told(fact string) string {
	switch v.IntN(5) {
	case 0:
		return fmt.Sprintf("%s, %s told reporters outside the %s in %s.", capital(fact), v.person(), v.pick(buildings), v.place())
	case 1:
		return fmt.Sprintf("%s, said %s of the %s %s.", capital(fact), v.person(), v.place(), v.pick(bodies))
	case 2:
		return fmt.Sprintf("According to %s of the %s %s, %s.", v.person(), v.place(), v.pick(bodies), fact)
	case 3:
		return fmt.Sprintf("%s, the %s %s said as %s waited near the %s.", capital(fact), v.place(), v.pick(bodies), v.pick(people), v.pick(buildings))
	}
	return fmt.Sprintf("In a %s to the %s %s, %s wrote that %s.", v.pick(papersOf), v.place(), v.pick(bodies), v.person(), fact)
}

// aside is a sentence of what surrounds the facts in the n-th report of an event.
func (v *voice) aside(e event, n int) string {
	w := func(of []string) string { return v.pick(of) }
	switch v.IntN(9) {
	case 0, 1, 2:
		return v.scene(e)
	case 3:
		return fmt.Sprintf("%s, who runs a %s %s in %s, said that her %s would need a %s %s before the winter.",
			v.person(), w(qualities), w(buildings), v.place(), w(people), w(qualities), w(things))
	case 4:
		return fmt.Sprintf("“We have never had such a %s %s,” said %s outside the %s %s of %s.",
			w(qualities), w(things), v.person(), w(qualities), w(buildings), v.place())
	case 5:
		return fmt.Sprintf("The %s %s of %s want their %s back, and a %s from %s has %s a %s %s for it.",
			w(qualities), w(people), v.place(), w(things), w(trades), v.place(), w(deeds), w(qualities), w(things))
	}
	return v.count(n)
}

// count is a sentence with a number. Each report of an event has its own way of
// saying what it counts, because sentences that are alike but for names and numbers
// are taken for answers to one question.
func (v *voice) count(n int) string {
	w := func(of []string) string { return v.pick(of) }
	switch n {
	case 0:
		return fmt.Sprintf("The %s %s of %s had asked for a new %s in %d.", w(qualities), w(people), v.place(), w(buildings), 1950+v.IntN(60))
	case 1:
		return fmt.Sprintf("The %s %s, which has %d members in %s, %s the %s after a %s debate.",
			v.place(), w(bodies), 100+v.IntN(9000), v.place(), w(deeds), w(things), w(qualities))
	case 2:
		return fmt.Sprintf("Shares of %s %s fell by %d.%d percent when its %s %s the %s.",
			v.place(), w(firms), 1+v.IntN(9), v.IntN(10), w(trades), w(deeds), w(things))
	case 3:
		return fmt.Sprintf("On %s the %s %s of %s asked for $%d.%d million for the %s of its %s %s.",
			w(weekdays), w(qualities), w(buildings), v.place(), 1+v.IntN(80), v.IntN(10), w(things), w(qualities), w(people))
	case 4:
		return fmt.Sprintf("%s joined the %s %s in %s %d and %s its %s.",
			v.person(), v.place(), w(firms), w(months), 1980+v.IntN(40), w(deeds), w(things))
	case 5:
		return fmt.Sprintf("Some %d percent of the %s %s of %s own a %s %s, the %s %s found.",
			1+v.IntN(90), w(qualities), w(people), v.place(), w(qualities), w(things), v.place(), w(bodies))
	case 6:
		return fmt.Sprintf("From %s to %s the %s road is %d kilometres long, and its %s is %s.",
			v.place(), v.place(), w(qualities), 5+v.IntN(200), w(things), w(qualities))
	case 7:
		return fmt.Sprintf("%d of the %s %s in %s work for %s %s.", 100+v.IntN(900), w(qualities), w(people), v.place(), v.place(), w(firms))
	case 8:
		return fmt.Sprintf("A ticket to the %s %s of %s costs $%d, the %s of a %s wrote.",
			w(qualities), w(buildings), v.place(), 3+v.IntN(90), w(trades), w(things))
	}
	return fmt.Sprintf("%s became %s of the %s %s on %d %s %d.",
		v.person(), w(trades), v.place(), w(bodies), 1+v.IntN(28), w(months), 1980+v.IntN(40))
}

// scene is a sentence about those who have a part in the event.
func (v *voice) scene(e event) string {
	who, where := e.cast[2*v.IntN(len(e.cast)/2)], e.cast[1+2*v.IntN(len(e.cast)/2)]
	w := func(of []string) string { return v.pick(of) }
	switch v.IntN(4) {
	case 0:
		return fmt.Sprintf("%s saw the %s from the %s of %s and called the %s, whose %s %s were %s.",
			who, e.kind, w(buildings), where, w(people), w(qualities), w(things), w(deeds))
	case 1:
		return fmt.Sprintf("Between %s and %s the %s %s still waited beside the %s %s, and %s with them.",
			e.place, where, w(qualities), w(people), w(qualities), w(things), who)
	case 2:
		return fmt.Sprintf("After the %s the %s of %s opened to %s, and %s brought them a %s %s.",
			e.kind, w(buildings), where, w(people), who, w(qualities), w(things))
	}
	return fmt.Sprintf("With %s went the %s from %s, past the %s %s of %s, to look for the %s %s.",
		who, w(people), where, w(qualities), w(buildings), e.place, w(qualities), w(things))
}

// place makes up a name of two to four syllables, so that few are equal.
func (v *voice) place() string {
	var b strings.Builder
	for range 2 + v.IntN(3) {
		b.WriteByte("bdfgklmnprstvz"[v.IntN(14)])
		b.WriteByte("aeiou"[v.IntN(5)])
	}
	b.WriteString(v.pick([]string{"", "n", "r", "ston", "ford", "l", "s", "mouth"}))
	return capital(b.String())
}

func (v *voice) person() string { return v.pick(forenames) + " " + v.place() }

var (
	forenames = strings.Fields("Anna Peter Maria John Clara David Ruth Thomas Helen Martin Laura Simon Eva Paul Irene George Nina Mark Julia Frank")
	firms     = strings.Fields("Motors Steel Airlines Energy Foods Textiles Shipping Insurance Railways Chemicals")
	bodies    = strings.Fields("council parliament police hospital university court ministry union agency committee")
	buildings = strings.Fields("bridge school station library factory harbour market church hotel museum stadium warehouse")
	people    = strings.Fields("farmers teachers nurses students residents drivers engineers fishermen traders families volunteers pensioners")
	trades    = strings.Fields("director farmer teacher nurse lawyer engineer spokeswoman doctor carpenter pilot baker surveyor")
	things    = strings.Fields("plan budget report harvest contract inquiry warning wall pipeline vote shelter timetable loan permit survey road")
	qualities = strings.Fields("quiet costly old narrow promised broken northern rural careful empty second late public private wooden steep")
	deeds     = strings.Fields("rejected praised repaired delayed approved abandoned counted inspected sold restored measured closed doubted rebuilt")
	papersOf  = strings.Fields("letter report statement note message")
	weekdays  = strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	months    = strings.Fields("January March April June July September October December")
)
