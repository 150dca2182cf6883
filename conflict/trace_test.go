package conflict

import (
	"context"
	"testing"

	"crosscheck/claim"
)

func TestTraces(t *testing.T) {
	for _, c := range []struct{ a, b, end string }{{"34", "51", "conflict"}, {"34", "34", "agree"}} {
		docs, claims := material(t, []statement{
			killed("The fire killed "+c.a+" people.", c.a, exact(c.a, "person")),
			killed("In the fire "+c.b+" people died.", c.b, exact(c.b, "person"))})
		traces, err := learned().Traces(context.Background(), docs, claims)
		if err != nil {
			t.Fatal(err)
		}
		if len(traces) != 1 || traces[0].End != c.end || traces[0].Same < askFrom {
			t.Errorf("%s and %s: %+v", c.a, c.b, traces)
		}
	}
	docs, claims := material(t, []statement{
		killed("The fire killed 34 people.", "34", exact("34", "person")),
		{sentence: "51 people were injured in the fire.", quote: "51", attribute: "people injured", value: quantity(exact("51", "person"))}})
	traces, err := learned().Traces(context.Background(), docs, claims)
	if err != nil || len(traces) != 1 || traces[0].End != "another question" {
		t.Errorf("the dead and the injured: %+v %v", traces, err)
	}
	var none []claim.Appearance
	if traces, err = learned().Traces(context.Background(), nil, none); err != nil || len(traces) != 0 {
		t.Errorf("of nothing: %+v %v", traces, err)
	}
}
