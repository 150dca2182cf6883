package pipeline

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadRates(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rates.csv")
	for text, want := range map[string]string{
		"date,from,to,rate\n2019-04-03,USD,GBP,0.77\n":                   "",
		"\ufeffRate, to ,from,date,note\n0.77,GBP,USD,2019-04-03,noon\n": "",
		"date,from,to,rate\n":                "",
		"":                                   path + ":1: empty; want the columns date,from,to,rate",
		"date,from,to\n2019-04-03,USD,GBP\n": path + `:1: no column "rate"; want the columns date,from,to,rate`,
		"date,from,to,rate\n2019-04-03,USD,GBP,0.77\n2019-13-01,USD,GBP,0.77\n":               path + `:3: date: "2019-13-01": want a day such as 2019-04-03`,
		"date,from,to,rate\n2019-04-03,dollar,GBP,0.77\n":                                     path + `:2: from: "dollar" is no ISO 4217 code such as USD`,
		"date,from,to,rate\n2019-04-03,USD,,0.77\n":                                           path + `:2: to: "" is no ISO 4217 code such as USD`,
		"date,from,to,rate\n2019-04-03,USD,GBP,0;77\n":                                        path + `:2: rate: "0;77": want a number such as 0.77`,
		"date,from,to,rate\n2019-04-03,USD,GBP,-1\n":                                          path + `:2: rate: -1 is not above zero`,
		"date,from,to,rate\n2019-04-03,USD,GBP\n":                                             path + `:2: wrong number of fields`,
		"date,from,to,rate\n2019-04-03,USD,GBP,0.77\n\n2019-04-03,USD,GBP,0.78\n":             path + ": USD to GBP on 2019-04-03: both 0.77 and 0.78",
		"date,from,to,rate\n2019-04-03,USD,GBP," + strings.Repeat("9", 100) + "\n":            path + ":2: rate: too long for a number",
		"date,from,to,rate\n2019-04-03,USD,GBP,1e99\n":                                        path + ":2: rate: a number of more than 24 digits",
		"date,from,to,rate\n2019-04-03,\"USD,GBP,0.77\n2019-04-04,USD,GBP,0.77\n2019-04-05\n": path + `:4: extraneous or missing " in quoted-field`,
	} {
		write(t, path, text)
		rates, err := LoadRates(path)
		switch {
		case want == "" && (err != nil || rates == nil):
			t.Errorf("%q: %v", text, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := LoadRates(filepath.Join(dir, "absent.csv")); err == nil || !strings.HasSuffix(err.Error(), "absent.csv: there is no such file") {
		t.Errorf("no file: %v", err)
	}
}
