package export

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	"github.com/parquet-go/parquet-go"

	"crosscheck/claim"
	"crosscheck/desk"
)

var testClaims = desk.Table{Name: "claims", Means: "What is said.", Columns: []desk.Column{
	{Name: "claim_id", Means: "Its identity.", Type: desk.Words},
	{Name: "subject", Means: "What it is about;\nempty where nobody knows.", Type: desk.Words},
	{Name: "number", Type: desk.Exact},
	{Name: "date_from", Type: desk.OnDay},
	{Name: "first_seen", Type: desk.AtTime},
	{Name: "current", Type: desk.Yes},
	{Name: "places", Type: desk.Whole},
}}

var testAppearances = desk.Table{Name: "appearances", Means: "Where it is said.", Columns: []desk.Column{
	{Name: "appearance_id", Type: desk.Whole},
	{Name: "version_id", Type: desk.Whole},
	{Name: "claim_id", Type: desk.Words},
	{Name: "quote", Type: desk.Words},
}}

var testPlaces = desk.Table{Name: "places", Means: "Where answers stand.", Columns: []desk.Column{
	{Name: "conflict_id", Type: desk.Whole},
	{Name: "place", Type: desk.Whole},
	{Name: "appearance_id", Type: desk.Whole},
	{Name: "version_id", Type: desk.Whole},
}}

// writeTables writes rows with every kind of cell, and with none.
func writeTables(t *testing.T, w Writer) {
	t.Helper()
	at := time.Date(2026, 11, 22, 2, 30, 0, 123456000, time.UTC)
	for _, table := range []struct {
		desk.Table
		rows [][]any
	}{
		{testClaims, [][]any{
			{"a1", "Marlow bridge", "12345678901234567890.25", claim.DayOf(2026, 3, 4), at, true, int64(2)},
			{"b2", "=SUM(A1)", "-0.5", nil, nil, false, int64(0)},
			{"c3", "", nil, nil, nil, nil, nil},
		}},
		{testAppearances, [][]any{{int64(1), int64(7), "a1", "the bridges of \"Marlow\""}, {int64(1), int64(8), "a1", "bridge\nwork"}}},
		{testPlaces, [][]any{{int64(3), int64(0), int64(1), int64(8)}}},
	} {
		if err := w.Table(table.Table); err != nil {
			t.Fatal(err)
		}
		for _, row := range table.rows {
			if err := w.Row(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// outputs are what tables are written to, by name.
type outputs map[string]*bytes.Buffer

func (o outputs) open(table string) (io.Writer, error) {
	o[table] = &bytes.Buffer{}
	return o[table], nil
}

func TestCSV(t *testing.T) {
	out := outputs{}
	writeTables(t, CSV(out.open))
	want := `claim_id,subject,number,date_from,first_seen,current,places
a1,Marlow bridge,12345678901234567890.25,2026-03-04,2026-11-22T02:30:00.123456Z,true,2
b2,'=SUM(A1),-0.5,,,false,0
c3,,,,,,
`
	if got := out["claims"].String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLines(t *testing.T) {
	out := outputs{}
	writeTables(t, Lines(out.open))
	want := `{"table":"claims","claim_id":"a1","subject":"Marlow bridge","number":"12345678901234567890.25","date_from":"2026-03-04","first_seen":"2026-11-22T02:30:00.123456Z","current":true,"places":2}
{"table":"claims","claim_id":"b2","subject":"=SUM(A1)","number":"-0.5","date_from":null,"first_seen":null,"current":false,"places":0}
{"table":"claims","claim_id":"c3","subject":"","number":null,"date_from":null,"first_seen":null,"current":null,"places":null}
`
	if got := out["claims"].String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParquet(t *testing.T) {
	out := outputs{}
	writeTables(t, Parquet(out.open))
	file, err := parquet.OpenFile(bytes.NewReader(out["claims"].Bytes()), int64(out["claims"].Len()))
	if err != nil {
		t.Fatal(err)
	}
	wantSchema := `message {
	optional binary claim_id (STRING);
	optional binary subject (STRING);
	optional double number;
	optional binary number_exact (STRING);
	optional int32 date_from (DATE);
	optional int64 first_seen (TIMESTAMP(isAdjustedToUTC=true,unit=MICROS));
	optional boolean current;
	optional int64 places (INT(64,true));
}`
	if got := file.Schema().String(); got != wantSchema {
		t.Errorf("schema\n%s\nwant\n%s", got, wantSchema)
	}
	if means, _ := file.Lookup("claim_id"); means != "Its identity." {
		t.Errorf("claim_id means %q", means)
	}
	type row struct {
		ClaimID   string     `parquet:"claim_id"`
		Number    *float64   `parquet:"number"`
		Exact     *string    `parquet:"number_exact"`
		DateFrom  *int32     `parquet:"date_from"`
		FirstSeen *time.Time `parquet:"first_seen,timestamp(microsecond)"`
		Current   *bool      `parquet:"current"`
		Places    *int64     `parquet:"places"`
	}
	rows, err := parquet.Read[row](bytes.NewReader(out["claims"].Bytes()), int64(out["claims"].Len()))
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if r := rows[0]; r.ClaimID != "a1" || *r.Number != 12345678901234567890.25 || *r.Exact != "12345678901234567890.25" ||
		*r.DateFrom != 20516 || !r.FirstSeen.Equal(time.Date(2026, 11, 22, 2, 30, 0, 123456000, time.UTC)) || !*r.Current || *r.Places != 2 {
		t.Errorf("first row %+v", r)
	}
	if r := rows[2]; r.ClaimID != "c3" || r.Number != nil || r.Exact != nil || r.DateFrom != nil || r.FirstSeen != nil || r.Current != nil || r.Places != nil {
		t.Errorf("last row %+v", r)
	}
}

func TestSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.sqlite")
	w, err := SQLite(path, []string{"claims", "appearances", "places"})
	if err != nil {
		t.Fatal(err)
	}
	writeTables(t, w)
	db, err := sqlite3.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := fts5.Register(db); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		`PRAGMA integrity_check`: "ok",
		`SELECT group_concat("from" || ' ' || "table") FROM pragma_foreign_key_list('appearances')`:                                                "claim_id claims",
		`SELECT group_concat("from" || ' ' || "table") FROM pragma_foreign_key_list('places')`:                                                     "appearance_id appearances,version_id appearances",
		`SELECT count(*) FROM pragma_foreign_key_check`:                                                                                            "0",
		`SELECT group_concat(name) FROM pragma_table_info('appearances') WHERE pk > 0`:                                                             "appearance_id,version_id",
		`SELECT number || typeof(number) FROM claims WHERE claim_id = 'b2'`:                                                                        "-0.5real",
		`SELECT date_from || first_seen || current FROM claims WHERE number > 1`:                                                                   "2026-03-042026-11-22T02:30:00.123456Z1",
		`SELECT subject = '' AND number IS NULL FROM claims WHERE claim_id = 'c3'`:                                                                 "1",
		`SELECT group_concat(version_id) FROM appearances WHERE rowid IN (SELECT rowid FROM appearances_fts WHERE appearances_fts MATCH 'bridge')`: "7,8",
		`SELECT means FROM about WHERE "table" = 'claims' AND "column" = 'claim_id'`:                                                               "Its identity.",
		`SELECT means FROM about WHERE "table" = 'places' AND "column" IS NULL`:                                                                    "Where answers stand.",
		`SELECT instr(sql, '"subject" TEXT, -- What it is about; empty where nobody knows.') > 0 FROM sqlite_schema WHERE name = 'claims'`:         "1",
	} {
		asked, _, err := db.Prepare(query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if !asked.Step() || asked.ColumnText(0) != want {
			t.Errorf("%s: %q, want %q (%v)", query, asked.ColumnText(0), want, asked.Err())
		}
		if err := asked.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMetadata(t *testing.T) {
	got, err := Metadata("news", []desk.Table{testPlaces})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(got), `"news": {`) || !strings.Contains(string(got), `"description": "Where answers stand."`) {
		t.Errorf("got %s", got)
	}
}
