package claim

import (
	"encoding/json"
	"testing"
)

func TestClockReadsWhatItWrites(t *testing.T) {
	for _, s := range []string{"", "06:33", "00:00", "06:00/06:30", "23:50/00:10", "00:19Z", "08:19+08:00", "23:59-03:30", "10:58?", "09:00/09:30Z?"} {
		c, err := ParseClock(s)
		if err != nil || c.String() != s {
			t.Errorf("%q is read as %q, %v", s, c, err)
		}
		p := Period{From: 5, To: 5, Clock: c}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back Period
		if err := json.Unmarshal(text, &back); err != nil || back != p {
			t.Errorf("%s is read as %v, %v", text, back, err)
		}
	}
	for _, s := range []string{"6:33", "24:00", "06:60", "06:33/", "06:33+8", "Z", "06.33", "06:33/07", "?"} {
		if c, err := ParseClock(s); err == nil {
			t.Errorf("%q is read as %q", s, c)
		}
	}
}

func TestClocksMeet(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		apart int
	}{
		{"06:33", "06:33", 0},
		{"06:33", "06:34", 1},
		{"06:05/06:25", "06:33", 8},
		{"06:05/06:25", "06:25/06:45", 0},
		{"23:50/00:10", "00:05", 0},
		{"23:50", "00:10", 20},
		{"22:54", "10:58?", 4},
		{"22:54", "10:54?", 0},
		{"00:19Z", "08:19+08:00", 0},
		{"00:19Z", "08:29+08:00", 10},
		{"01:17Z", "04:17", 0},
		{"", "04:17", 0},
	} {
		a, err := ParseClock(c.a)
		b, err2 := ParseClock(c.b)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if got, back := a.Apart(b), b.Apart(a); got != c.apart || back != c.apart {
			t.Errorf("%s and %s lie %d and %d minutes apart, want %d", c.a, c.b, got, back, c.apart)
		}
	}
}

func TestPeriodsMeetByTheClock(t *testing.T) {
	at := func(d Day, s string) Period {
		c, err := ParseClock(s)
		if err != nil {
			t.Fatal(err)
		}
		return Period{From: d, To: d, Clock: c}
	}
	for _, c := range []struct {
		a, b Period
		meet bool
	}{
		{at(7, "06:33"), at(7, ""), true},
		{at(7, "06:33"), at(7, "06:15"), false},
		{at(7, "06:33"), at(8, "06:33"), false},
		{at(0, "06:33"), at(8, "06:33"), true},
		{at(0, "06:33"), at(8, "06:15"), false},
		{at(7, "22:00Z"), at(8, "06:00+08:00"), true},
		{at(7, "22:00Z"), at(7, "06:00+08:00"), false},
		{at(7, "06:33"), Period{From: 1, To: 30}, true},
	} {
		if c.a.Meets(c.b) != c.meet || c.b.Meets(c.a) != c.meet {
			t.Errorf("%v and %v meet: want %v", c.a, c.b, c.meet)
		}
	}
	if a, b := at(7, ""), at(7, "06:33"); !a.Contains(b) || b.Contains(a) {
		t.Error("a day has room for its hours, an hour none for its day")
	}
}
