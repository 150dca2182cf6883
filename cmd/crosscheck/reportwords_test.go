package main

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// inWords is a value as the views write it.
func inWords(t *testing.T, conn *pgx.Conn, values []claim.Value) []string {
	t.Helper()
	batch := &pgx.Batch{}
	said := make([]string, len(values))
	for i, v := range values {
		sql, args := `SELECT report.quantity_in_words($1::text::numeric, $2::text::numeric, $3::text::numeric, $4, $5, $6, $7, $8)`, []any(nil)
		switch {
		case v.Quantity != nil:
			q := v.Quantity
			args = []any{numeral(q.Number), numeral(q.Low), numeral(q.High), q.LowOpen, q.HighOpen, q.Unit, q.Per, q.Approximate}
		case v.Period != nil:
			sql, args = `SELECT report.value_in_words(NULL, NULL, NULL, NULL, NULL, NULL, nullif($3, ''), NULL, $1, $2, NULL)`, []any{day(v.Period.From), day(v.Period.To), v.Period.Clock.String()}
		}
		batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error { return row.Scan(&said[i]) })
	}
	if err := conn.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	return said
}

func numeral(d decimal.NullDecimal) *string {
	if !d.Valid {
		return nil
	}
	s := d.Decimal.String()
	return &s
}

func day(d claim.Day) pgtype.Date { return pgtype.Date{Time: d.Time(), Valid: d != 0} }

// The views' words are those that the program prints, whatever the value.
func TestWordsOfTheViews(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), storetest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())

	var values []claim.Value
	quantity := func(q claim.Quantity) { values = append(values, claim.Value{Quantity: &q}) }
	number := func(s string) decimal.NullDecimal { return claim.Number(decimal.RequireFromString(s)) }
	// Every code of three capital letters: currencies, and those that are none.
	for i := range 26 * 26 * 26 {
		quantity(claim.Quantity{Number: number("3800000000"), Unit: string([]byte{'A' + byte(i/676), 'A' + byte(i/26%26), 'A' + byte(i%26)})})
	}
	// Units, with prefixes, exponents and quotients, and nouns.
	units := []string{"", "%", "1", "pp", "bp", "fold", "m", "km", "km2", "m3", "kg", "t", "Mt", "l", "hl", "[mi_i]", "[mi_i]/h", "[mi_i]2", "km/h", "m/s2", "kW.h", "GW.h", "GW", "MWh", "Cel", "[degF]", "K",
		"s", "ms", "min", "h", "d", "wk", "mo", "a", "har", "[acr_us]", "[acr_br]", "[bbl_us]", "[psi]", "m[Hg]", "mm[Hg]", "dB", "deg", "mol", "Sv", "uSv", "kBq", "TBq/m2", "bit", "GBy", "[ppm]", "km5", "./", "m.", "kmin", "daN",
		"person", "child", "country", "day-trip", "box", "church", "bus", "y", "ey", "ably", "SUV", "species", "Länder", "ÿy", "embassy", "a.person", "[person]", "(", "m(", "Mx", "mg/dl", "N.m", "Pa.s", "hPa",
		"kkg", "circ", "l/a", "aircraft", "hostage", "percentage point", "ship", "gas", "kilogram", "a very long noun that nobody counts by and that has no end"}
	for _, u := range units {
		for _, n := range []string{"1", "1.0", "0", "2", "-1", "0.5"} {
			quantity(claim.Quantity{Number: number(n), Unit: u})
		}
	}
	for _, per := range []string{"", "hour", "year", "unit", "person", "km2", "tonne", "1000 person"} {
		quantity(claim.Quantity{Number: number("12"), Unit: "USD", Per: per})
	}
	// Numbers of all lengths, with what their words leave open.
	random := rand.New(rand.NewPCG(1, 2))
	some := func() decimal.NullDecimal {
		if random.IntN(4) == 0 {
			return decimal.NullDecimal{}
		}
		digits := fmt.Sprint(random.Int64N([]int64{10, 1000, 1e6, 1e10, 1e15}[random.IntN(5)]))
		d := decimal.RequireFromString(either(random.IntN(5) == 0, "-", "") + digits)
		// As text has it: without zeros at the end.
		return number(d.Mul(decimal.New(1, int32(random.IntN(8)))).Shift(-int32(random.IntN(14))).String())
	}
	yes := func() bool { return random.IntN(2) == 0 }
	for range 4000 {
		q := claim.Quantity{Number: some(), Low: some(), High: some(), Approximate: yes(), Unit: []string{"USD", "SEK", "person", "km", "%"}[random.IntN(5)]}
		if random.IntN(4) == 0 {
			q.High, q.Low = q.Number, q.Number
		}
		q.LowOpen, q.HighOpen = yes() && q.Low.Valid, yes() && q.High.Valid
		if q.Number.Valid || q.Low.Valid || q.High.Valid {
			quantity(q)
		}
	}
	// Times.
	from := claim.DayOf(1987, time.November, 28)
	for i := range claim.Day(800) {
		for _, length := range []claim.Day{0, 27, 28, 29, 30, 90, 364, 365, 730, 1095} {
			values = append(values, claim.Value{Period: &claim.Period{From: from + i, To: from + i + length}})
		}
		values = append(values, claim.Value{Period: &claim.Period{From: from + i}}, claim.Value{Period: &claim.Period{To: from + i}})
	}
	values = append(values, claim.Value{Period: &claim.Period{From: claim.DayOf(480, 1, 1), To: claim.DayOf(480, 12, 31)}}, claim.Value{Period: &claim.Period{From: claim.DayOf(987, 7, 3)}})

	for _, clock := range []claim.Clock{claim.ClockAt(6, 33), claim.ClockAt(6, 15).Around(10, 10), {From: 20, To: 20, Zone: claim.UTC}, {From: 500, To: 500, Zone: claim.UTC + 480}, {From: 1, To: 1, Zone: claim.UTC - 300}, {From: 659, To: 659, Half: true}} {
		values = append(values, claim.Value{Period: &claim.Period{Clock: clock}}, claim.Value{Period: &claim.Period{From: from, To: from, Clock: clock}})
	}

	wrong := 0
	for i, said := range inWords(t, conn, values) {
		if want := values[i].Words(); said != want {
			if wrong++; wrong <= 20 {
				t.Errorf("%+v: the views say %q, the program %q", values[i], said, want)
			}
		}
	}
	if wrong > 20 {
		t.Errorf("and %d more", wrong-20)
	}
}

// So are those of the sample, from its rows.
func TestWordsOfTheSample(t *testing.T) {
	address := storetest.New(t)
	command(t, "run", "../../seeds", "--database-url", address)
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	claims, err := s.Claims(t.Context(), store.ClaimFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range claims {
		var value, says string
		if err := conn.QueryRow(t.Context(), `SELECT value, says FROM report.claims WHERE claim_id = $1`, fmt.Sprintf("%x", one.ID)).Scan(&value, &says); err != nil {
			t.Fatal(err)
		}
		if value != one.Claim.Value.Words() || says != claimValueText(one.Claim) {
			t.Errorf("the view says %q and %q, the program %q and %q", value, says, one.Claim.Value.Words(), claimValueText(one.Claim))
		}
	}
	if len(claims) < 50 {
		t.Errorf("only %d claims", len(claims))
	}
}
