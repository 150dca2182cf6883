package conflict

import (
	"testing"

	"crosscheck/claim"
)

func TestTheQuestionInWords(t *testing.T) {
	said := func(doc, sentence, subject, attribute string, entities ...string) *answer {
		return &answer{text: texts[doc], sentence: sentence, Claim: claim.Claim{Subject: subject, Attribute: attribute, Entities: entities}}
	}
	people := claim.Value{Quantity: &claim.Quantity{Unit: "passenger"}}
	for name, test := range map[string]struct {
		answers []*answer
		want    string
	}{
		"the subject of most sentences, not of a title": {
			[]*answer{
				said("a", "Sales of Oster were 8.7 million crowns.", "Oster", "sales"),
				said("b", "- Oster revenue: 8.7m", "MORNING NOTE", "oster revenue", "MORNING NOTE", "Oster"),
				said("c", "The union puts Oster's sales at 7.8 million.", "Oster", "sales"),
			}, "sales, Oster",
		},
		"spelled as in a sentence": {
			[]*answer{
				said("a", "Oster had sales of 8.7 million.", "oster", "sales"),
				said("b", "Sales of Oster: 7.8 million.", "oster", "sales"),
			}, "sales, Oster",
		},
		"what the attribute says is not said twice": {
			[]*answer{
				said("a", "Steel in the deck: 46 tonnes", "deck", "steel in deck"),
				said("b", "A deck of 64 tonnes of steel", "deck", "steel in deck"),
			}, "steel in deck",
		},
		"an answer is no subject": {
			[]*answer{
				{text: texts["a"], sentence: "The prize was founded by Ada Holm.",
					Claim: claim.Claim{Subject: "prize", Attribute: "founded by", Entities: []string{"Ada Holm"}, Value: claim.Value{Entity: &claim.Entity{Name: "Ada Holm"}}}},
				said("b", "Its founder was not Ada Holm but the town.", "prize", "founded by"),
			}, "founded by, prize",
		},
		"a common word that says something": {
			[]*answer{
				said("a", "The ferry Vela is owned by Holm Lines.", "Vela", "owned by"),
				said("b", "The Vela's owner is Strand Works.", "Vela", "owned by"),
			}, "owned by, Vela",
		},
		"what is counted, where the verb could be any": {
			[]*answer{
				{text: texts["a"], sentence: "It had 40 passengers.", Claim: claim.Claim{Attribute: "had", Value: people}},
				{text: texts["b"], sentence: "There were 44 passengers.", Claim: claim.Claim{Attribute: "", Value: people}},
			}, "passenger",
		},
		"words in common, where nothing is counted": {
			[]*answer{
				said("a", "Bridge tolls for Lena Dahl: 40", "", "/"),
				{text: texts["b"], sentence: "The tolls on the bridge came to 44 for Dahl.", quote: "44 for Dahl", Claim: claim.Claim{Attribute: "had"}},
			}, "Bridge tolls",
		},
		"of a claim alone its own words": {
			[]*answer{{Claim: claim.Claim{Subject: "Oster", Attribute: "sales"}}}, "sales, Oster",
		},
		"of one without words nothing": {[]*answer{{}}, ""},
	} {
		if got := question(test.answers); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

var texts = map[string]*text{"a": {}, "b": {}, "c": {}}
