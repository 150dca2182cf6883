package conflict

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Ten copies are one voice. Texts that share passages are found by winnowing
// (Schleimer, Wilkerson and Aiken, 2003): of every window of hashes of word
// sequences the smallest is kept, so that any passage long enough leaves the
// same mark wherever it is copied.
const (
	shingle = 6   // words in one hash
	window  = 4   // hashes of which one is kept
	perMark = 32  // texts looked at for one mark
	enough  = 0.5 // of a text's marks that a copy of it has
)

// fingerprints returns the marks of a text, sorted. A text too short for one
// shingle has none.
func (c *corpus) fingerprints(body passage) []uint64 {
	var last [shingle]uint64
	var recent [window]uint64
	var marks []uint64
	n := 0
	for _, w := range body.words {
		last[n%shingle] = c.spellings[w.as].hash
		n++
		if n < shingle {
			continue
		}
		var sum uint64
		for i := range shingle {
			sum = sum*1099511628211 + last[(n+i)%shingle]
		}
		sum ^= sum >> 29
		recent[n%window] = sum
		if n >= shingle+window-1 {
			if least := slices.Min(recent[:]); len(marks) == 0 || marks[len(marks)-1] != least {
				marks = append(marks, least)
			}
		}
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}

// findVoices joins texts that share passages.
func (c *corpus) findVoices() {
	marks := make([][]uint64, len(c.texts))
	for i, t := range c.texts {
		marks[i] = t.marks
	}
	groups := copiesAmong(marks).groups()
	for i, t := range c.texts {
		t.voice = groups[i]
		c.voices = max(c.voices, groups[i]+1)
	}
}

// copiesAmong joins texts, by their marks, of which the shorter shares half its
// marks with the longer. Texts are taken in their order and each is held against
// the first few that carry its marks: copies of one text all carry them, so the
// first will do, and a thousand copies cost no more than a thousand texts.
func copiesAmong(marks [][]uint64) union {
	joined := newUnion(len(marks))
	number := inSeveral(marks)
	carriers := make([][]int32, len(number))
	shared := make([]int, len(marks)) // text → marks that it has in common with the one at hand
	for i, own := range marks {
		var with []int32
		for _, m := range own {
			n, several := number[m]
			if !several {
				continue
			}
			for _, o := range carriers[n] {
				if shared[o] == 0 {
					with = append(with, o)
				}
				shared[o]++
			}
			if len(carriers[n]) < perMark {
				carriers[n] = append(carriers[n], int32(i))
			}
		}
		for _, o := range with {
			if n := shared[o]; float64(n) >= enough*float64(min(len(own), len(marks[o]))) && n > 1 {
				joined.join(i, int(o))
			}
			shared[o] = 0
		}
	}
	return joined
}

// inSeveral numbers the marks that several texts have, which are few.
func inSeveral(marks [][]uint64) map[uint64]int32 {
	all := slices.Concat(marks...)
	slices.Sort(all)
	number := map[uint64]int32{}
	for i, m := range all {
		if i > 0 && all[i-1] == m {
			if _, known := number[m]; !known {
				number[m] = int32(len(number))
			}
		}
	}
	return number
}

// agencies are the wires that texts credit and the services that send press
// releases out, by the name under which they are counted.
var agencies = map[string]string{
	"ap": "AP", "associated press": "AP", "afp": "AFP", "agence france-presse": "AFP", "reuters": "Reuters", "thomson reuters": "Reuters",
	"upi": "UPI", "united press international": "UPI", "dpa": "dpa", "efe": "EFE", "ansa": "ANSA", "xinhua": "Xinhua", "tass": "TASS", "pti": "PTI",
	"press trust of india": "PTI", "ani": "ANI", "pa": "PA", "pa media": "PA", "press association": "PA", "bloomberg": "Bloomberg", "kyodo": "Kyodo",
	"yonhap": "Yonhap", "interfax": "Interfax", "anadolu": "Anadolu", "anadolu agency": "Anadolu",
	"pr newswire": "PR Newswire", "prnewswire": "PR Newswire", "business wire": "Business Wire", "businesswire": "Business Wire", "globe newswire": "GlobeNewswire", "globenewswire": "GlobeNewswire",
}

const agencyName = `(AP|AFP|Reuters|REUTERS|UPI|dpa|DPA|EFE|ANSA|Xinhua|XINHUA|TASS|PTI|ANI|PA|PA Media|Bloomberg|Kyodo|Yonhap|Interfax|Anadolu(?: Agency)?|` +
	`(?:The )?Associated Press|Agence France-Presse|Thomson Reuters|United Press International|Press Trust of India|Press Association|` +
	`PR ?Newswire|PRNEWSWIRE|Business ?Wire|BUSINESS WIRE|Globe ?Newswire|GLOBE NEWSWIRE)`

// credit finds the agency that a text credits at its head or its foot: in
// brackets ("LONDON (AFP) -", "/PRNewswire/"), as a line of its own, behind a
// byline, "Source:" or a sign of copyright.
var credit = regexp.MustCompile(`(?:[(/]` + agencyName + `[)/]` +
	`|(?m:^\W*(?:By |Source: |Agency: )?` + agencyName + `\W*$)` +
	`|(?:By [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}(?:,| for| \|) |Source: |©\s?|Copyright (?:©\s?)?\d{0,4} ?)` + agencyName + `\b)`)

// agencyMarks are letters that every agency's name has some of, as texts write
// it: most texts name none and need no closer look.
var agencyMarks = []string{"AP", "AFP", "euters", "REUTERS", "UPI", "dpa", "DPA", "EFE", "ANSA", "inhua", "XINHUA", "TASS", "PTI", "ANI", "PA", "Bloomberg",
	"Kyodo", "Yonhap", "Interfax", "Anadolu", "Associated Press", "Agence France-Presse", "United Press", "Press Trust", "Press Association",
	"ewswire", "ewsWire", "NEWSWIRE", "usiness Wire", "usinessWire", "usinesswire", "BUSINESS WIRE"}

func namesAgency(s string) bool {
	return slices.ContainsFunc(agencyMarks, func(m string) bool { return strings.Contains(s, m) })
}

const creditWithin = 600 // bytes from either end

// creditOf is the agency that a text credits, "" where it credits none.
func creditOf(body string) string {
	head, foot := body[:min(len(body), creditWithin)], body[max(0, len(body)-creditWithin):]
	for _, part := range []string{head, foot} {
		if !namesAgency(part) {
			continue
		}
		m := credit.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		return agencies[strings.TrimPrefix(strings.ToLower(cmp.Or(m[1:]...)), "the ")]
	}
	return ""
}

// findOrigins joins documents into origins: those of one voice, of one source,
// or that credit one agency.
func (c *corpus) findOrigins(docs []Document) {
	joined := newUnion(len(docs))
	first := map[string]int{}
	link := func(i int, key string) {
		if j, ok := first[key]; ok {
			joined.join(i, j)
		} else {
			first[key] = i
		}
	}
	c.credits = map[string]string{}
	c.sources = map[string]string{}
	for i, d := range docs {
		t := c.byPath[d.Path]
		link(i, "voice "+strconv.Itoa(t.voice))
		if d.Source != "" {
			c.sources[d.Path] = d.Source
			link(i, "source "+strings.ToLower(d.Source))
		}
		if wire := creditOf(t.body); wire != "" {
			c.credits[d.Path] = wire
			link(i, "wire "+wire)
		}
	}
	groups := joined.groups()
	c.origin = make(map[string]int, len(docs))
	for i, d := range docs {
		c.origin[d.Path] = groups[i]
	}
}

// union is a set of disjoint groups of the numbers below its length.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// join puts two groups together under the smaller root, so that the outcome
// does not depend on the order of joining.
func (u union) join(i, j int) {
	i, j = u.find(i), u.find(j)
	if j < i {
		i, j = j, i
	}
	u[j] = i
}

// groups numbers the groups from 0, in the order of their smallest members.
func (u union) groups() []int {
	out := make([]int, len(u))
	number := map[int]int{}
	for i := range u {
		r := u.find(i)
		n, ok := number[r]
		if !ok {
			n = len(number)
			number[r] = n
		}
		out[i] = n
	}
	return out
}

// members lists the groups.
func (u union) members() [][]int {
	var out [][]int
	for i, g := range u.groups() {
		if g == len(out) {
			out = append(out, nil)
		}
		out[g] = append(out[g], i)
	}
	return out
}
