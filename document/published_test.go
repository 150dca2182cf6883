package document

import "testing"

func TestPublished(t *testing.T) {
	const story = "\n\nThe dredger was pulled off a sandbank on Tuesday, and the port said that it would reopen.\n"
	for _, c := range []struct{ text, want string }{
		{"Harbour Weekly, 20 May 2023" + story, "2023-05-20"},
		{"Nine days aground (Harbour Weekly, May 20, 2023)" + story, "2023-05-20"},
		{"Nine days aground\nCoast Radio, Friday 19 May 2023, 6 a.m." + story, "2023-05-19"},
		{"HARBOUR RESEARCH / SHIPS / 18 March 2019" + story, "2019-03-18"},
		{"LUSBY, Kessin, March 4 2019 (Coast Press) - The dredger was pulled off on Monday, the port said, and it is afloat.", "2019-03-04"},
		{"LUSBY, March 4 (Coast Press) - The dredger was pulled off on Monday, the port said.\n\nIt was freed on 4 March 2019 at noon.", "2019-03-04"},
		{"Lusby, 4 March 2019. The dredger was pulled off today, the port said, and it is afloat again.", "2019-03-04"},
		{"The dredger, day by day. Posted 4 March 2019. It was pulled off at noon, the port said, and is afloat.", "2019-03-04"},
		{"The storm of 13 June 2021" + story, ""},
		{"What the harbour lost on 13 June 2021" + story, ""},
		{"The dredger ran aground on 4 March 2019. It was pulled off at noon, the port said, and is afloat.", ""},
		{"LUSBY, March 4 (Coast Press) - The dredger was pulled off on Monday, the port said.", ""},
	} {
		if got := read(t, "a.txt", c.text).Meta.Published; got != c.want {
			t.Errorf("%q: published %q, want %q", c.text, got, c.want)
		}
	}
}
