package sentence_test

import (
	"context"
	"testing"

	"crosscheck/document"
	"crosscheck/extract/sentence"
)

func TestExamplesAreTwoSentences(t *testing.T) {
	for _, r := range sentence.Rules() {
		d, err := document.Read(context.Background(), "a.md", []byte(r.Example), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := sentence.Split(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 2 {
			t.Errorf("%s: %q is %d sentences", r.Name, r.Example, len(list))
			for _, s := range list {
				t.Logf("  %q", s.Of(d.Text))
			}
		}
	}
}
