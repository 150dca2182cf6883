package desk_test

import (
	"encoding/json"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/desk"
	"crosscheck/document"
)

func TestAPlaceInJSONHasItsAppearanceAndItsDocument(t *testing.T) {
	b, err := json.Marshal(desk.Place{
		Appearance: claim.Appearance{Document: "a.txt", Span: document.Span{Start: 3, End: 5}, Quote: "34", Sentence: "34 died.", Said: claim.DayOf(2024, 4, 30), Rule: "count/killed@2"},
		Appears:    7, ClaimID: "ab", DocumentID: 1, VersionID: 2, Source: "Harbour Gazette", SourceID: 3,
		Published: claim.DayOf(2024, 5, 1), Seen: time.Date(2024, 5, 1, 2, 0, 0, 0, time.UTC), Current: true, After: " The rest.",
	})
	want := `{"document":"a.txt","start":3,"end":5,"quote":"34","sentence":"34 died.","sentence_start":0,"sentence_end":0,"said":"2024-04-30","rule":"count/killed@2",` +
		`"appearance":7,"claim":"ab","document_id":1,"version_id":2,"source":"Harbour Gazette","source_id":3,"published":"2024-05-01","seen":"2024-05-01T02:00:00Z","current":true,"after":" The rest."}`
	if err != nil || string(b) != want {
		t.Errorf("got  %s, %v\nwant %s", b, err, want)
	}
}
