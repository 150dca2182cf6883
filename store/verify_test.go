package store_test

import (
	"strings"
	"testing"

	"crosscheck/document"
	"crosscheck/store"
)

// archive stores "N people were killed." as the document reader gives it.
func archive(t *testing.T, s *store.Store, address string, n int64) {
	t.Helper()
	r := killed(n)
	d, err := document.Read(t.Context(), "a.txt", []byte(r.Text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Text != r.Text {
		t.Fatalf("the reader gives %q", d.Text)
	}
	r.Reader = d.Reader
	save(t, s, address, r, night)
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	for name, test := range map[string]struct{ sql, want string }{
		"nothing":       {`SELECT 1`, ""},
		"quote":         {`UPDATE appearance SET quote = '43' WHERE quote = '34'`, `b.txt: quote (count/killed@2): bytes 0 to 2 read "34", not "43"`},
		"span":          {`UPDATE appearance SET start_byte = 1, end_byte = 3 WHERE quote = '34'`, `b.txt: quote (count/killed@2): bytes 1 to 3 read "4 ", not "34"`},
		"outside":       {`UPDATE appearance SET end_byte = 5000 WHERE quote = '34'`, `b.txt: quote (count/killed@2): bytes 0 to 5000 lie outside the text`},
		"sentence":      {`UPDATE sentence SET text = 'Nobody was.' WHERE text LIKE '34%'`, `b.txt: sentence 0: bytes 0 to 22 read "34 people were killed.", not "Nobody was."`},
		"its span":      {`UPDATE appearance SET sentence = 1 WHERE quote = '34'`, `b.txt: quote (count/killed@2): bytes 0 to 2 lie outside its sentence`},
		"its sentence":  {`UPDATE appearance SET sentence_end = sentence_end + 1 WHERE quote = '34'`, `b.txt: quote (count/killed@2): its sentence does not stand where it says`},
		"text":          {`UPDATE reading SET text = replace(text, 'rest', 'REST') WHERE text LIKE '34%'`, `b.txt: the stored text differs from what the archived bytes give, at byte 27`},
		"archive":       {`UPDATE content SET bytes = replace(convert_from(bytes, 'UTF8'), '34', '43')::bytea WHERE bytes LIKE '34%'::bytea`, `b.txt: the archived bytes are not those with SHA-256 `},
		"claim":         {`UPDATE claim SET number = 43 WHERE number = 34`, `b.txt: claim `},
		"whose claim":   {`UPDATE claim SET subject = 'Mill fire' WHERE number = 34`, `(Mill fire, people killed) is not the one that was stored`},
		"unreadable":    {`UPDATE reading SET hint = '.txt', content_type = 'text/plain; charset=utf-16le' WHERE text LIKE '34%'`, `b.txt: the stored text differs from what the archived bytes give, at byte 0`},
		"older readers": {`UPDATE reading SET reader = 'text/0', text = text`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, conn := open(t)
			archive(t, s, "/news/a.txt", 41)
			archive(t, s, "/news/b.txt", 34)
			archive(t, s, "/news/c.txt", 34)
			tag, err := conn.Exec(t.Context(), test.sql)
			if err != nil || tag.RowsAffected() == 0 {
				t.Fatal(tag, err)
			}
			var broken []string
			v, err := s.Verify(t.Context(), func(b store.Broken) { broken = append(broken, b.Document+": "+b.Reason) })
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(broken, "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) || len(broken) > 1 && name != "text" {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if v.Contents != 2 || v.Claims != 2 {
				t.Errorf("verified %+v", v)
			}
			if name == "older readers" && v.Older != 2 {
				t.Errorf("%d readings by older readers, want 2", v.Older)
			}
		})
	}
}
