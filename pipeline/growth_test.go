package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// A world of news, made up: stories with a cast of their own, told in reports of
// ten claims each, and one story that everybody mentions in a line.
type newsroom struct {
	rand    *rand.Rand
	reports int // so far
	notes   int // of the story that everybody mentions, so far
	common  *rand.Zipf
}

// What is stored first, and then multiplied by the database: claims of which a
// tenth answer one question.
const (
	claimsOfReport = 10
	reportsOfStory = 16
	writtenFirst   = 20 // thousands of claims
)

func newNewsroom(seed uint64) *newsroom {
	r := rand.New(rand.NewPCG(seed, seed))
	return &newsroom{rand: r, common: rand.NewZipf(r, 1.1, 20, 30_000)}
}

// name is the n-th of a story's names.
func (*newsroom) name(story, n int) string {
	sum := sha256.Sum256(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(story)), uint64(n)))
	var b strings.Builder
	for i := range 4 {
		b.WriteByte("BDFGKLMNPRSTVZ"[sum[2*i]%14])
		b.WriteByte("aeiou"[sum[2*i+1]%5])
	}
	return b.String()[:1] + strings.ToLower(b.String()[1:])
}

func (w *newsroom) filler(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, " word%d", w.common.Uint64())
	}
	return b.String()
}

// figures are what reports tell of a story, with the unit of each figure.
var figures = [claimsOfReport][2]string{
	{"people killed", "person"}, {"people injured", "person"}, {"homes destroyed", "home"}, {"rebuilding cost", "USD"}, {"people evacuated", "person"},
	{"roads closed", "road"}, {"farmland flooded", "ha"}, {"schools shut", "school"}, {"bridges damaged", "bridge"}, {"soldiers deployed", "person"},
}

func titleOf(place string) string { return "Flood in " + place }

// report is one more report of a story: one figure in thirty is not what the
// others say.
func (w *newsroom) report(story int) *store.Reading {
	w.reports++
	place := w.name(story, 0)
	r := &store.Reading{Format: "text", Reader: "text/1", Rules: "1", Encoding: "utf-8", Language: "en", HasText: true, Title: titleOf(place)}
	var text strings.Builder
	text.WriteString(titleOf(place) + "\n\n")
	for k, what := range figures {
		n := int64(10 + (story*7+k*13)%500)
		if w.rand.IntN(30) == 0 {
			n += 3 + int64(w.rand.IntN(20))
		}
		w.add(r, &text, fmt.Sprintf("In the flood of %s, where %s spoke to %s,%s, %s came to %%s.", place, w.name(story, 1+w.rand.IntN(8)),
			w.name(story, 1+w.rand.IntN(8)), w.filler(5), what[0]), place, what[0], what[1], n)
	}
	text.WriteString(w.filler(60))
	return w.finish(r, &text)
}

// note is one more mention of the story that everybody mentions.
func (w *newsroom) note() *store.Reading {
	w.notes++
	r := &store.Reading{Format: "text", Reader: "text/1", Rules: "1", Encoding: "utf-8", Language: "en", HasText: true, Title: "The Orvale dam"}
	var text strings.Builder
	n := int64(212)
	if w.rand.IntN(30) == 0 {
		n = 221
	}
	w.add(r, &text, fmt.Sprintf("When the dam of Orvale broke,%s, people killed came to %%s.", w.filler(6)), "Orvale", "people killed", "person", n)
	text.WriteString(w.filler(40))
	return w.finish(r, &text)
}

// add adds a sentence with its claim.
func (w *newsroom) add(r *store.Reading, text *strings.Builder, sentence, subject, attribute, unit string, n int64) {
	number := fmt.Sprint(n)
	start := text.Len()
	at := start + strings.Index(sentence, "%s")
	sentence = fmt.Sprintf(sentence, number)
	text.WriteString(sentence + " ")
	d := claim.Number(decimal.NewFromInt(n))
	span := document.Span{Start: start, End: start + len(sentence)}
	r.Sentences = append(r.Sentences, store.Sentence{Span: span, Role: document.Paragraph})
	r.Claims = append(r.Claims, claim.Appearance{
		Claim: claim.Claim{Kind: claim.KindNumber, Subject: subject, Attribute: attribute, Entities: []string{subject},
			Value: claim.Value{Quantity: &claim.Quantity{Number: d, Low: d, High: d, Unit: unit}}, Polarity: claim.Affirmed},
		Span: document.Span{Start: at, End: at + len(number)}, Quote: number, SentenceSpan: span, Sentence: sentence,
		Modality: claim.Asserted, Rule: "value/clause@1",
	})
}

func (w *newsroom) finish(r *store.Reading, text *strings.Builder) *store.Reading {
	fmt.Fprintf(text, " Report %d, note %d.\n", w.reports, w.notes)
	r.Text = text.String()
	r.Key = sha256.Sum256([]byte(r.Text))
	r.Published = claim.DayOf(2020, 1, 1) + claim.Day(w.reports/100)
	return r
}

// storeAll stores readings as documents, as many a transaction as is fast.
func storeAll(b *testing.B, s *store.Store, readings <-chan *store.Reading) {
	b.Helper()
	for more := true; more; {
		var batch []*store.Reading
		for len(batch) < 200 && more {
			var r *store.Reading
			if r, more = <-readings; more {
				batch = append(batch, r)
			}
		}
		err := s.Within(b.Context(), func(tx pgx.Tx) error {
			for _, r := range batch {
				raw := []byte(r.Text)
				sha := sha256.Sum256(raw)
				address := fmt.Sprintf("https://news.example/%x", sha[:8])
				d := store.Document{Address: address, Given: address, Source: fmt.Sprintf("Paper %d", sha[0]), Title: r.Title, Published: r.Published}
				if _, err := store.SaveDocument(b.Context(), tx, d, raw, sha, r, 0, time.Now()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// send makes readings ready while others are stored.
func send(write func(yield func(*store.Reading))) <-chan *store.Reading {
	out := make(chan *store.Reading, 200)
	go func() {
		defer close(out)
		write(func(r *store.Reading) { out <- r })
	}()
	return out
}

// A night has ten reports of each of ninety stories, the first reports of which are
// stored already, and notes.
const (
	nightStories = 90
	nightReports = 10
	nightNotes   = 1000
)

// multiplication makes the database the @k-th copy of what stood there at first.
// Each copy has stories of its own: names that end otherwise, other claims. Its
// rare words stand in its documents in another mixture, so that no two of all share
// more of them than chance has it. The notes are more of the one story that
// everybody mentions, so that they answer the same question.
var multiplication = []string{
	`INSERT INTO content SELECT sha256(bytes || @mark), bytes || @mark, size + octet_length(@mark)
	 FROM content JOIN version USING (sha256) WHERE version.id <= @versions`,
	`INSERT INTO document (id, address, given, source, title, published) OVERRIDING SYSTEM VALUE
	 SELECT id + @shift, address || '/@k', given || '/@k', source, regexp_replace(title, @name), published FROM document WHERE id <= @documents`,
	`INSERT INTO reading (id, key, sha256, hint, format, reader, rules, encoding, language, title, published, text, indexed) OVERRIDING SYSTEM VALUE
	 SELECT id + @shift, sha256(key || @mark), sha256(c.bytes || @mark), hint, format, reader, rules, encoding, language,
	        regexp_replace(title, @name), published, regexp_replace(text, @name), true
	 FROM reading JOIN content c USING (sha256) WHERE id <= @readings`,
	`INSERT INTO version (id, document, sha256, reading, current, first_seen, last_seen, compared) OVERRIDING SYSTEM VALUE
	 SELECT v.id + @shift, v.document + @shift, sha256(c.bytes || @mark), v.reading + @shift, true, first_seen, last_seen, true
	 FROM version v JOIN content c USING (sha256) WHERE v.id <= @versions`,
	`INSERT INTO sentence SELECT reading + @shift, n, start_byte, end_byte, role, regexp_replace(text, @name) FROM sentence WHERE reading <= @readings`,
	`INSERT INTO claim (hash, kind, subject, attribute, number, low, high, low_open, high_open, unit, per,
	        approximate, bound, change, date_from, date_to, name, name_type, time_from, time_to, scope, polarity, first_seen)
	 SELECT t.new, kind, t.subject, attribute, number, low, high, low_open, high_open, unit, per,
	        approximate, bound, change, date_from, date_to, name, name_type, time_from, time_to, scope, polarity, first_seen
	 FROM claim JOIN told t ON t.old = claim.hash`,
	`INSERT INTO appearance (id, reading, sentence, sentence_start, sentence_end, claim, start_byte, end_byte, quote, entities, attribution, modality, said, rule) OVERRIDING SYSTEM VALUE
	 SELECT a.id + @shift, reading + @shift, sentence, sentence_start, sentence_end, coalesce(n.id, a.claim),
	        start_byte, end_byte, quote, CASE WHEN t.new IS NULL THEN entities ELSE ARRAY[t.subject] END, attribution, modality, said, rule
	 FROM appearance a JOIN claim c ON c.id = a.claim LEFT JOIN told t ON t.old = c.hash LEFT JOIN claim n ON n.hash = t.new WHERE a.id <= @appearances`,
	`INSERT INTO member SELECT m.conflict, m.n + @shift, m.position, m.version + @shift, m.appearance + @shift
	 FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim c ON c.id = a.claim
	 WHERE c.subject = 'Orvale' AND m.appearance <= @appearances`,
	`INSERT INTO landmark SELECT CASE WHEN r.title <> 'The Orvale dam' THEN hashint8extended(term, @k) ELSE term END, l.published, reading + @shift, name
	 FROM landmark l JOIN reading r ON r.id = l.reading WHERE reading <= @readings AND name`,
	`INSERT INTO landmark SELECT l.term, r.published, r.id + @shift, false
	 FROM landmark l JOIN reading r ON r.id = 1 + (l.reading + @k * 7919 + abs(l.term % 100003)) % @readings
	 WHERE l.reading <= @readings AND NOT name
	 ON CONFLICT DO NOTHING`,
	`INSERT INTO term SELECT term, count(*) FROM landmark WHERE reading > @shift GROUP BY term
	 ON CONFLICT (key) DO UPDATE SET texts = term.texts + excluded.texts`,
	`UPDATE comparison SET texts = texts + @readings`,
}

// ending is how the names, which have eight letters, end in a copy, and nowhere else.
func ending(copies int) string {
	return string([]byte{byte('0' + copies/26), byte('a' + copies%26)})
}

// tell makes the claims of a copy, as the table told: what was said at first of
// one place is said of another.
func (k *stock) tell(b *testing.B) {
	b.Helper()
	var rows [][]any
	for old, c := range k.told {
		c.Subject = c.Subject[:6] + ending(k.copies)
		id := c.ID()
		rows = append(rows, []any{bytes.Clone(old[:]), bytes.Clone(id[:]), c.Subject})
	}
	for _, sql := range []string{"CREATE TEMP TABLE IF NOT EXISTS told (old bytea, new bytea, subject text)", "TRUNCATE told"} {
		if _, err := k.conn.Exec(b.Context(), sql); err != nil {
			b.Fatal(sql, err)
		}
	}
	if _, err := k.conn.CopyFrom(b.Context(), pgx.Identifier{"told"}, []string{"old", "new", "subject"}, pgx.CopyFromRows(rows)); err != nil {
		b.Fatal(err)
	}
}

// stock is what is stored of a newsroom's work.
type stock struct {
	*newsroom
	runner  Runner
	conn    *pgx.Conn
	told    map[[32]byte]claim.Claim // in the first reports
	stories int                      // told of so far
	written int                      // thousands of claims, stored by writing them
	copies  int                      // of what was stored first; none before that is whole
	last    []string                 // the last numbers that these have, by what the statements call them
}

// write stores and compares claims, until there are so many thousands.
func (k *stock) write(b *testing.B, thousands int) {
	b.Helper()
	more := thousands - k.written
	if more <= 0 {
		return
	}
	k.written = thousands
	storeAll(b, k.runner.Store, send(func(yield func(*store.Reading)) {
		for range more * 100 {
			yield(k.note())
		}
		k.begin(more*90/reportsOfStory, func(r *store.Reading) {
			for _, a := range r.Claims {
				k.told[a.Claim.ID()] = a.Claim
			}
			yield(r)
		})
	}))
	k.compare(b)
}

// begin tells of more stories.
func (k *stock) begin(stories int, yield func(*store.Reading)) {
	for i := range stories * reportsOfStory {
		yield(k.report(k.stories + i/reportsOfStory))
	}
	k.stories += stories
}

// night stores what is new in a night, after the first days of its stories.
func (k *stock) night(b *testing.B) {
	b.Helper()
	storeAll(b, k.runner.Store, send(func(yield func(*store.Reading)) { k.begin(nightStories, yield) }))
	k.compare(b)
	storeAll(b, k.runner.Store, send(func(yield func(*store.Reading)) {
		for range nightNotes {
			yield(k.note())
		}
		for i := range nightStories * nightReports {
			yield(k.report(k.stories - 1 - i%nightStories))
		}
	}))
}

// grow stores claims until there are so many thousands: a tenth of a million are
// written, and more are copies of those.
func (k *stock) grow(b *testing.B, thousands int) {
	b.Helper()
	k.write(b, min(thousands, writtenFirst))
	if k.written < writtenFirst {
		return
	}
	if k.copies == 0 {
		k.copies = 1
		for _, table := range []string{"document", "reading", "version", "appearance"} {
			var n int64
			if err := k.conn.QueryRow(b.Context(), "SELECT max(id) FROM "+table).Scan(&n); err != nil {
				b.Fatal(err)
			}
			k.last = append(k.last, "@"+table+"s", fmt.Sprint(n))
		}
	}
	k.multiply(b, thousands/writtenFirst)
}

// multiply multiplies what was stored first, up to so many copies of it.
func (k *stock) multiply(b *testing.B, copies int) {
	b.Helper()
	for ; k.copies < copies; k.copies++ {
		k.tell(b)
		numbers := strings.NewReplacer(append(k.last, "@shift", fmt.Sprint(k.copies*10_000_000), "@k", fmt.Sprint(k.copies), "@mark", fmt.Sprintf("'\\x%06x'::bytea", k.copies),
			"@name", fmt.Sprintf(`'\m([A-Z][a-z]{5})[a-z]{2}\M', '\1%s', 'g'`, ending(k.copies)))...)
		for _, sql := range multiplication {
			if _, err := k.conn.Exec(b.Context(), numbers.Replace(sql)); err != nil {
				b.Fatal(sql, err)
			}
		}
	}
	for _, table := range []string{"document", "reading", "version", "appearance"} {
		// Never back: connections keep numbers that they have taken.
		sql := fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%s', 'id'), greatest(max(id), nextval(pg_get_serial_sequence('%[1]s', 'id')))) FROM %[1]s", table)
		if _, err := k.conn.Exec(b.Context(), sql); err != nil {
			b.Fatal(sql, err)
		}
	}
	if _, err := k.conn.Exec(b.Context(), "VACUUM ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

func (k *stock) compare(b *testing.B) {
	b.Helper()
	if _, err := k.runner.compare(b.Context(), nil, &Summary{}); err != nil {
		b.Fatal(err)
	}
}

// processor is the processor time of this process.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// backends is the processor time of those processes of the server that the runner
// has open connections to, where the system tells (Linux does).
func (k *stock) backends(b *testing.B) (sum time.Duration) {
	b.Helper()
	rows, err := k.conn.Query(b.Context(), `SELECT pid FROM pg_stat_activity WHERE datname = current_database()`)
	if err != nil {
		b.Fatal(err)
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		b.Fatal(err)
	}
	for _, pid := range pids {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		// Behind the name, which may hold anything: proc(5).
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		for _, field := range fields[11:13] {
			ticks, err := strconv.Atoi(field)
			if err != nil {
				b.Fatal(err)
			}
			sum += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return sum
}

// BenchmarkGrowth compares 10,000 new claims, a night's reports of ninety stories
// and 1,000 mentions of one that a tenth of all claims are of, with so many stored
// ones (and the first reports of these stories, new to each night). What is timed is
// comparing: finding and loading what is like the new, comparing, and storing
// conflicts. Beside the time by the clock stand the processor's for this program and
// for the database, which tell more on a machine that others use as well. To store
// what that is done with takes minutes.
//
//	go test ./pipeline -run '^$' -bench 'Growth/stored=(1000k|3000k)$' -benchtime 2x -timeout 1h
func BenchmarkGrowth(b *testing.B) {
	url := storetest.New(b)
	s, err := store.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	k := &stock{newsroom: newNewsroom(1), runner: Runner{Store: s}, conn: conn, told: make(map[[32]byte]claim.Claim)}
	for _, thousands := range []int{20, 200, 1000, 3000} {
		b.Run(fmt.Sprintf("stored=%dk", thousands), func(b *testing.B) {
			k.grow(b, thousands)
			var used [2]time.Duration
			for b.Loop() {
				b.StopTimer()
				k.night(b)
				ours, theirs := processor(b), k.backends(b)
				b.StartTimer()
				k.compare(b)
				b.StopTimer()
				used[0], used[1] = used[0]+processor(b)-ours, used[1]+k.backends(b)-theirs
				b.StartTimer()
			}
			b.ReportMetric(used[0].Seconds()/float64(b.N), "cpu-s/op")
			b.ReportMetric(used[1].Seconds()/float64(b.N), "db-cpu-s/op")
		})
	}
}
