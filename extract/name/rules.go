package name

import (
	"crosscheck/claim"
	"crosscheck/extract/name/lexicon"
)

const (
	rulePerson       claim.RuleID = "name/person@5"
	ruleOrganization claim.RuleID = "name/organization@4"
	rulePlace        claim.RuleID = "name/place@2"
	ruleOther        claim.RuleID = "name/other@2"
	ruleCountry      claim.RuleID = "name/country@2"
	rulePeople       claim.RuleID = "name/people@4"
	ruleBody         claim.RuleID = "name/body@1"
	ruleAbbreviation claim.RuleID = "name/abbreviation@1"
	ruleCapital      claim.RuleID = "name/capital@1"
	ruleRecall       claim.RuleID = "name/recall@2"
)

// Rules are the rules by which names are read.
func Rules() []claim.Rule {
	return []claim.Rule{
		{Name: "name/person", Version: 5, Intent: "A person, told by the model; titles, roles and one middle initial stand apart, and a surname alone is the person last named in full.",
			Example: "Mayor Anna Keller opened the bridge; Keller had promised it."},
		{Name: "name/organization", Version: 4, Intent: "A company, body or party, told by the model or by its last word; its legal form is no part of its canonical name.",
			Example: "Harbor Freight Lines Inc. hired forty drivers."},
		{Name: "name/place", Version: 2, Intent: "A city, region, river or the like, told by the model.",
			Example: "The ferry from Montevideo crossed the Río de la Plata."},
		{Name: "name/other", Version: 2, Intent: "An event, agreement, law or work, told by the model.",
			Example: "The Lisbon Accords ended the Ten Years War."},
		{Name: "name/country", Version: 2, Intent: "A country by any of its names, from the list of countries.",
			Example: "The U.S. and Ivory Coast signed."},
		{Name: "name/people", Version: 4, Intent: "A nationality, faith or party's followers, from the lists, by its ending, or told by the model; a nationality has its country's name.",
			Example: "Brazilian and Muslim leaders met."},
		{Name: "name/body", Version: 1, Intent: "An international body, from a list.",
			Example: "NATO and the E.U. agreed."},
		{Name: "name/abbreviation", Version: 1, Intent: "An abbreviation that the document explains in brackets has its long form's name.",
			Example: "The Northern Ports Authority (NPA) said so; the NPA is new."},
		{Name: "name/capital", Version: 1, Intent: "A capital that does what governments do stands for its country.",
			Example: "Beijing rejected the offer that Japan had made in Beijing."},
		{Name: "name/recall", Version: 2, Intent: "A name that the document uses elsewhere, where the model passed it over or took it for another kind.",
			Example: "Rosa Tumanguya paid for the new Tumanguya bridge."},
	}
}

func ruleLabel(kind claim.MentionKind) claim.RuleID {
	switch kind {
	case claim.Person:
		return rulePerson
	case claim.Organization:
		return ruleOrganization
	case claim.Place:
		return rulePlace
	case claim.Group:
		return rulePeople
	}
	return ruleOther
}

func ruleOfList(list lexicon.Set) claim.RuleID {
	switch list {
	case lexicon.People:
		return rulePeople
	case lexicon.Organization:
		return ruleBody
	}
	return ruleCountry
}
