package name_test

import (
	"fmt"
	"strings"
	"testing"

	"crosscheck/document"
	"crosscheck/extract/name"
)

// BenchmarkFind reads text in which no two sentences are equal; tokens and tags are given.
func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	people := []string{"Marta Okafor", "Li Weng", "Prime Minister Jonas Hale", "Dr. Inés Ríos", "Sergei Antonov"}
	places := []string{"Lisbon", "the port of Mombasa", "northern Chile", "Kyoto", "the United States"}
	for i := range 2000 {
		fmt.Fprintf(&text, "On day %d the ministry said that %s had agreed to a plan for %s, which would cost about %d million dollars over several years and needs the approval of lawmakers.\n",
			i, people[i%5], places[i/5%5], i*7)
		fmt.Fprintf(&text, "Officials declined to comment on report %d, although the National Audit Office warned last month that prices were rising faster than wages in most regions.\n", i)
	}
	d := &document.Document{Text: text.String()}
	sentences := sentencesOf(d.Text)
	name.Find(d, sentences[:1])
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		name.Find(d, sentences)
	}
}
