package extract

import "crosscheck/words"

// Who won a prize, told by its being given.

// prizes are nouns for what one wins without buying it.
var prizes = words.NewSet("prize award medal trophy cup crown title honour honor gold silver bronze championship laurel oscar scholarship fellowship statuette shield accolade honours honors")

// given are verbs, by participle, of those who give a prize, taken of those who
// get it, and spurned of those who will not have it.
var (
	given   = words.NewSet("awarded given handed presented gone conferred bestowed")
	taken   = words.NewSet("received taken collected claimed scooped lifted landed gotten got earned secured bagged carried picked")
	spurned = words.NewSet("declined refused rejected spurned")
)

// awards reads who won a prize that was given: "Ana Ruiz was awarded the medal",
// "the jury gave the prize to Ana Ruiz", "the prize went to Ana Ruiz".
func (l *line) awards(d *deed) bool {
	object := l.objectOf(d.v)
	who, what := run{}, run{}
	switch to := l.behind(d.v, "to"); {
	case (taken.Has(d.done) || spurned.Has(d.done)) && !d.passive:
		who, what = d.who, d.what
	case !given.Has(d.done):
		return false
	case d.passive && !object.empty():
		who, what = d.what, object
	case d.passive:
		who, what = to, d.what
	case d.done == "gone":
		who, what = to, d.who
	default:
		who, what = to, object
	}
	if who.empty() || what.empty() || !l.namesBearer(who) {
		return false
	}
	if head := &l.tokens[l.phrases[what.first].last-1]; !prizes.Has(head.Lower) && (d.done != "awarded" || !l.definite(what)) {
		return false
	}
	if spurned.Has(d.done) {
		d.negated = !d.negated
	}
	d.done, d.with, d.who, d.what, d.passive = "won", "", who, what, false
	return true
}
