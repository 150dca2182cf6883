package document

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestEncodings(t *testing.T) {
	tests := []struct {
		name, file, contentType, raw string
		encoding, holds              string
		invalid                      int
	}{
		{name: "UTF-8", raw: "Café au lait costs 3 €.", encoding: "utf-8", holds: "Café au lait costs 3 €."},
		{name: "UTF-8 with a mark", raw: "\xef\xbb\xbfCafé", encoding: "utf-8", holds: "Café"},
		{name: "UTF-16 little-endian with a mark", raw: "\xff\xfeC\x00a\x00f\x00\xe9\x00", encoding: "utf-16le", holds: "Café"},
		{name: "UTF-16 big-endian with a mark", raw: "\xfe\xff\x00C\x00a\x00f\x00\xe9", encoding: "utf-16be", holds: "Café"},
		{name: "UTF-16 without a mark", raw: "T\x00e\x00n\x00 \x00m\x00e\x00n\x00.\x00", encoding: "utf-16le", holds: "Ten men."},
		{name: "windows-1252 where nothing is declared", raw: "\x93Caf\xe9\x94 costs \x803", encoding: "windows-1252", holds: "“Café” costs €3"},
		{name: "as the server declares", contentType: "text/plain; charset=iso-8859-2", raw: "\xb1 and \xb3", encoding: "iso-8859-2", holds: "ą and ł"},
		{name: "the server wins over the page", file: "a.html", contentType: "text/html; charset=utf-8",
			raw: "<html><head><meta charset=windows-1251></head><body>né</body>", encoding: "utf-8", holds: "né"},
		{name: "a page's meta", file: "a.html", raw: "<html><head><meta charset=\"windows-1251\"></head><body>\xcf\xf0\xe8</body>", encoding: "windows-1251", holds: "При"},
		{name: "a page's old meta", file: "a.html", raw: "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\"></head><body>\x93\xfa\x96\x7b</body>",
			encoding: "shift_jis", holds: "日本"},
		{name: "an XML declaration", file: "a.html", raw: "<?xml version='1.0' encoding='ISO-8859-1'?><html><body>caf\xe9</body></html>", encoding: "windows-1252", holds: "café"},
		{name: "a name that is no encoding", contentType: "text/plain; charset=klingon", raw: "né", encoding: "utf-8", holds: "né"},
		{name: "broken UTF-8", raw: "Ten Caf\xe9s, élan, naïve, \xff\xfe.", encoding: "utf-8", holds: "Ten Caf\uFFFDs, élan, naïve, \uFFFD\uFFFD.", invalid: 3},
		{name: "U+FFFD that the file holds itself", raw: "a \uFFFD b", encoding: "utf-8", holds: "a \uFFFD b"},
		{name: "a stray NUL", raw: "Ten men\x00 and a dog.", encoding: "utf-8", holds: "Ten men\uFFFD and a dog.", invalid: 1},
		{name: "line ends stay", raw: "a\r\nb\r\n", encoding: "utf-8", holds: "a\r\nb\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.file == "" {
				tt.file = "a.txt"
			}
			d, err := Read(context.Background(), tt.file, []byte(tt.raw), Options{ContentType: tt.contentType})
			if err != nil {
				t.Fatal(err)
			}
			check(t, d)
			if d.Encoding != tt.encoding || d.Invalid != tt.invalid || !strings.Contains(d.Text, tt.holds) || strings.HasPrefix(d.Text, "\ufeff") {
				t.Errorf("%s, %d invalid: %q\nwant %s, %d invalid: %q", d.Encoding, d.Invalid, d.Text, tt.encoding, tt.invalid, tt.holds)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	noise := make([]byte, 5000)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(noise)
	tests := []struct {
		name, raw string
		kind      Kind
		says      string
	}{
		{"nothing", "", Empty, "empty"},
		{"blanks", " \n\t\r\n", Empty, "empty"},
		{"only a mark", "\xef\xbb\xbf\n", Empty, "empty"},
		{"PDF", "%PDF-1.7\nand so on", NotYetRead, "PDF is not yet read: save it as text"},
		{"docx", "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml word/document.xml", NotYetRead, "docx"},
		{"xlsx", "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml", NotYetRead, "xlsx"},
		{"odt", "PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.text", NotYetRead, "odt"},
		{"zip", "PK\x03\x04\x14\x00readme", NotYetRead, "zip"},
		{"doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotYetRead, "old office"},
		{"gzip", "\x1f\x8b\x08\x00", NotYetRead, "gzip"},
		{"RTF", `{\rtf1\ansi Ten men.}`, NotYetRead, "RTF"},
		{"PNG", "\x89PNG\r\n\x1a\n", Binary, "PNG image"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", Binary, "JPEG image"},
		{"a program", "\x7fELF\x02\x01\x01", Binary, "program"},
		{"NULs", strings.Repeat("\x00", 1000), Binary, "binary"},
		{"noise", string(noise), Binary, "binary"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(context.Background(), "a.txt", []byte(tt.raw), Options{})
			var u *UnreadableError
			if !errors.As(err, &u) {
				t.Fatalf("got %v", err)
			}
			if u.Kind != tt.kind || !strings.Contains(u.Error(), tt.says) || !strings.Contains(u.Error(), ":") {
				t.Errorf("%s: %s", u.Kind, u)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	_, err := Read(context.Background(), "a.txt", make([]byte, DefaultLimit+1), Options{})
	var u *UnreadableError
	if !errors.As(err, &u) || u.Kind != TooLarge {
		t.Fatalf("got %v", err)
	}
	if got, want := OverLimit(200<<20, DefaultLimit).Error(), "200 MiB is over the limit of 16 MiB: raise it with --max-bytes"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := Read(context.Background(), "a.txt", []byte("Ten men."), Options{Limit: 8}); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name := range lead {
		if _, err := Read(ctx, name, []byte(lead[name]+"Ten men."), Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct{ name, contentType, text, want string }{
		{"a.txt", "", "Ten men.", "text"},
		{"a", "", "Ten men.", "text"},
		{"a.txt", "", "<!DOCTYPE html><p>Ten men.", "html"},
		{"a.txt", "", "<!-- x --><div class=a><p>Ten men.</p></div>", "html"},
		{"a.dat", "text/html; charset=utf-8", "<b>Ten</b> men.", "html"},
		{"https://x.example/a.html?b=c", "", "Ten <i>men</i>.", "html"},
		{"a.html", "", "Ten men, 3 < 4.", "text"},
		{"a.txt", "", "<ten men> wrote", "text"},
		{"a.MD", "", "Ten men.", "markdown"},
		{"a.txt", "", "---\ntitle: Ten\n---\nTen men.", "markdown"},
		{"a.txt", "", "# Ten\n\n- men\n\n## Nine", "markdown"},
		{"a.txt", "", "| a | b |\n|---|---|\n| 1 | 2 |", "markdown"},
		{"a.txt", "", "- ten\n- men\n\n----\n* a * b", "text"},
		{"a", "text/markdown", "Ten men.", "markdown"},
	}
	for _, tt := range tests {
		if d, err := Read(context.Background(), tt.name, []byte(tt.text), Options{ContentType: tt.contentType}); err != nil || d.Format != tt.want {
			t.Errorf("%s %s %q: %v, %v", tt.name, tt.contentType, tt.text, d.Format, err)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The minister said on Monday that the bridge would be closed for a week and that the work had cost more than it was planned to.", "en"},
		{"Der Minister sagte am Montag, dass die Brücke für eine Woche geschlossen wird und dass die Arbeiten mehr gekostet haben als geplant war.", "de"},
		{"Le ministre a dit lundi que le pont serait fermé pour une semaine et que les travaux ont coûté plus que ce qui était prévu dans le budget.", "fr"},
		{"El ministro dijo el lunes que el puente se cerrará por una semana y que las obras han costado más de lo que se había previsto en los planes.", "es"},
		{"Il ministro ha detto lunedì che il ponte sarà chiuso per una settimana e che i lavori sono costati più di quanto era previsto nel piano.", "it"},
		{"O ministro disse na segunda que a ponte vai ser fechada por uma semana e que as obras custaram mais do que foi previsto no plano da cidade.", "pt"},
		{"De minister zei maandag dat de brug een week dicht gaat en dat het werk meer heeft gekost dan er in het plan van de stad was voorzien.", "nl"},
		{"Minister powiedział w poniedziałek, że most będzie zamknięty na tydzień i że prace są droższe niż to było w planie, który jest już od roku.", "pl"},
		{"Ministern sade på måndagen att bron ska vara stängd i en vecka och att arbetet har kostat mer än vad som var tänkt i planen från början.", "sv"},
		{"Министр сказал в понедельник, что мост будет закрыт на неделю и что работы стоили дороже.", "ru"},
		{"大臣は月曜日に橋が一週間閉鎖されると述べた。工事の費用は計画より高くなった。", "ja"},
		{"部长星期一说大桥将关闭一周，工程费用超过了计划。", "zh"},
		{"قال الوزير يوم الاثنين إن الجسر سيغلق لمدة أسبوع", "ar"},
		{"Ten men in a boat.", ""},
		{"- Joint missile defense\n- F-35 access\n- Intelligence sharing\n- Counter-terrorism partnership\n- Annual naval exercises\n- Cyber security\n- Trade growth\n- Radar sites\n- Fuel depots\n- Spare parts\n- Pilot training", ""},
		{"- Bridge de Brooklyn: $15 million\n- Golden Gate: $35 million\n- La Salle: $3 million\n- El Paso: $2 million\n- Los Angeles: $9 million\n- San Jose: $4 million\n- Santa Fe: $5 million", ""},
		{"The mayor of La Paz met the head of El Comercio in San José and said that the deal of Los Andes is off; he went on to Las Palmas and was in Las Vegas by night.", "en"},
	}
	for _, tt := range tests {
		if d := read(t, "a.txt", tt.text); d.Language != tt.want {
			t.Errorf("got %q, want %q: %s", d.Language, tt.want, tt.text)
		}
	}
}

func TestDays(t *testing.T) {
	tests := []struct{ text, want string }{
		{"2020-05-03", "2020-05-03"}, {"2020-05-03T10:00:00Z", "2020-05-03"}, {"3 May 2020", "2020-05-03"}, {"May 3, 2020", "2020-05-03"},
		{"Sunday, 3rd May 2020", "2020-05-03"}, {"Posted on Sept. 30 2020 at 7.14pm", "2020-09-30"}, {"30.09.2020", "2020-09-30"}, {"3.9.20", "2020-09-03"},
		{"12/25/2020", "2020-12-25"}, {"25/12/2020", "2020-12-25"}, {"25/12/09", "2009-12-25"}, {"12/09/17", ""}, {"05/06/2020", ""}, {"31 June 2020", ""},
		{"2020-13-01", ""}, {"May 2020", ""}, {"may 3 be with you", ""}, {"1.2.3.4", ""}, {"no date", ""}, {"", ""},
	}
	for _, tt := range tests {
		if got := dayOf(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
