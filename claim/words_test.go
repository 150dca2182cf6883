package claim_test

import (
	"encoding/json"
	"testing"

	"crosscheck/claim"
)

func TestValuesInWords(t *testing.T) {
	for in, want := range map[string]string{
		`{"number":"3800000000","low":"3750000000","high":"3850000000","unit":"USD","per":"year","approximate":false}`: "$3.8 billion a year",
		`{"number":null,"low":"10","high":"12","unit":"person","approximate":false}`:                                   "10 to 12 people",
		`{"number":"1500000000","low":"1500000000","high":"1500000000","unit":"XXX","approximate":false}`:              "1.5 billion",
		`{"from":"2020-07-01","to":"2020-07-31"}`:                                                                      "July 2020",
		`{"from":"2020-01-01","to":"2020-12-31"}`:                                                                      "2020",
		`{"from":"2016-01-01","to":"2028-12-31"}`:                                                                      "2016 to 2028",
		`{"from":"2023-10-07","to":"2023-10-07"}`:                                                                      "7 October 2023",
		`{"from":"2023-10-07","to":"2023-10-09"}`:                                                                      "7 October 2023 to 9 October 2023",
		`{"from":"1973-01-01","to":null}`:                                                                              "from 1 January 1973",
		`{"from":null,"to":"1973-12-31"}`:                                                                              "until 31 December 1973",
		`{"name":"Camp David","type":"place"}`:                                                                         "Camp David",
	} {
		var v claim.Value
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Fatal(err)
		}
		if got := v.Words(); got != want {
			t.Errorf("%s in words is %q, want %q", in, got, want)
		}
	}
}
