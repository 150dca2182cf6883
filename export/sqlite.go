package export

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"crosscheck/desk"
)

// searched are the columns that a table can be searched by in full text.
var searched = []string{"question", "reason", "answers", "note", "subject", "attribute", "title", "quote", "sentence"}

// sqlite writes tables into one database.
type sqlite struct {
	db     *sqlite3.Conn
	names  []string // of all tables that are to come
	tables []desk.Table
	insert *sqlite3.Stmt // into the last
}

// SQLite writes tables into a new SQLite file, made so that Datasette shows it well:
// keys and foreign keys among the tables of those names, which must be all that come,
// an index for each, full-text search, and what each table and column means in
// the words of CREATE TABLE and in the table about. Days and times are
// texts as in [CSV], true is 1. A decimal is an integer where it is one and fits in 64
// bits, else a double of some 15 digits: [CSV] and [Lines] have all of them.
func SQLite(file string, names []string) (Writer, error) {
	db, err := sqlite3.OpenFlags(file, sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE)
	if err != nil {
		return nil, err
	}
	// Until it is whole nobody has the file: no journal could save anything.
	err = errors.Join(fts5.Register(db), db.Exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN;
CREATE TABLE about ("table" TEXT NOT NULL, "column" TEXT, means TEXT NOT NULL, UNIQUE ("table", "column"))`))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqlite{db: db, names: names}, nil
}

// Table makes a table.
func (w *sqlite) Table(t desk.Table) error {
	if err := w.endTable(); err != nil {
		return err
	}
	if err := w.db.Exec(w.create(t)); err != nil {
		return err
	}
	if err := w.explain(t); err != nil {
		return err
	}
	w.tables = append(w.tables, t)
	marks := strings.TrimSuffix(strings.Repeat("?,", len(t.Columns)), ",")
	var err error
	w.insert, _, err = w.db.Prepare("INSERT INTO " + sqlite3.QuoteIdentifier(t.Name) + " VALUES (" + marks + ")")
	return err
}

func (w *sqlite) endTable() error {
	if w.insert == nil {
		return nil
	}
	err := w.insert.Close()
	w.insert = nil
	return err
}

// affinities are the types of SQLite for those of columns.
var affinities = map[desk.Type]string{desk.Whole: "INTEGER", desk.Exact: "NUMERIC", desk.Yes: "INTEGER"}

// create is the statement that makes a table. Each column's meaning stands behind it:
// SQLite keeps the words of the statement, and programs show them.
func (w *sqlite) create(t desk.Table) string {
	key := keyOf(t)
	var lines, meanings []string
	add := func(line, means string) { lines, meanings = append(lines, line), append(meanings, means) }
	for _, c := range t.Columns {
		line := sqlite3.QuoteIdentifier(c.Name) + " " + cmp.Or(affinities[c.Type], "TEXT")
		if len(key) == 1 && key[0] == c.Name {
			line += " PRIMARY KEY"
		}
		if to := referred(t, c.Name, w.names); to != "" {
			line += " REFERENCES " + to + " (" + numberOf(to) + ")"
		}
		add(line, c.Means)
	}
	if len(key) > 1 {
		add("PRIMARY KEY ("+strings.Join(key, ", ")+")", "")
	}
	for _, to := range referredByAll(t, w.names) {
		columns := strings.Join(keyed[to], ", ")
		add("FOREIGN KEY ("+columns+") REFERENCES "+to+" ("+columns+")", "")
	}
	var b strings.Builder
	b.WriteString("CREATE TABLE " + sqlite3.QuoteIdentifier(t.Name) + " (" + comment(t.Means))
	for i, line := range lines {
		b.WriteString("\n  " + line)
		if i < len(lines)-1 {
			b.WriteString(",")
		}
		b.WriteString(comment(meanings[i]))
	}
	b.WriteString("\n)")
	return b.String()
}

// comment is a comment of SQL to the end of a line.
func comment(text string) string {
	if text == "" {
		return ""
	}
	return " -- " + strings.Join(strings.Fields(text), " ")
}

// explain writes what a table and its columns mean into the table about.
func (w *sqlite) explain(t desk.Table) error {
	about, _, err := w.db.Prepare(`INSERT INTO about VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	say := func(column any, means string) error {
		return errors.Join(bind(about, 1, t.Name), bind(about, 2, column), bind(about, 3, means), about.Exec())
	}
	err = say(nil, t.Means)
	for _, c := range t.Columns {
		err = errors.Join(err, say(c.Name, c.Means))
	}
	return errors.Join(err, about.Close())
}

// Row inserts a row.
func (w *sqlite) Row(cells []any) error {
	for i, c := range cells {
		if err := bind(w.insert, i+1, c); err != nil {
			return err
		}
	}
	return w.insert.Exec()
}

// bind gives a statement a cell.
func bind(s *sqlite3.Stmt, at int, cell any) error {
	switch c := cell.(type) {
	case nil:
		return s.BindNull(at)
	case int64:
		return s.BindInt64(at, c)
	case bool:
		return s.BindBool(at, c)
	}
	return s.BindText(at, cellText(cell))
}

// Drop closes the file as it is.
func (w *sqlite) Drop() {
	// What is thrown away may fail to be closed.
	_ = w.endTable()
	_ = w.db.Close()
}

// Close makes what is looked up by, and ends the file.
func (w *sqlite) Close() error {
	err := w.endTable()
	for _, t := range w.tables {
		if err == nil {
			err = w.index(t)
		}
	}
	if err == nil {
		err = w.db.Exec(`COMMIT; ANALYZE`)
	}
	return errors.Join(err, w.db.Close())
}

// index makes the indexes of a table, each foreign key's and the one of its words.
func (w *sqlite) index(t desk.Table) error {
	table := sqlite3.QuoteIdentifier(t.Name)
	indexed := referredByAll(t, w.names)
	for i, to := range indexed {
		indexed[i] = strings.Join(keyed[to], ", ")
	}
	var words []string
	for _, c := range t.Columns {
		if slices.Contains(searched, c.Name) {
			words = append(words, c.Name)
		}
		if referred(t, c.Name, w.names) != "" {
			indexed = append(indexed, sqlite3.QuoteIdentifier(c.Name))
		}
	}
	for i, columns := range indexed {
		if err := w.db.Exec(fmt.Sprintf("CREATE INDEX %s_%d ON %s (%s)", t.Name, i, table, columns)); err != nil {
			return err
		}
	}
	if len(words) == 0 {
		return nil
	}
	search := sqlite3.QuoteIdentifier(t.Name + "_fts")
	return w.db.Exec(fmt.Sprintf("CREATE VIRTUAL TABLE %s USING fts5 (%s, content=%s, tokenize='porter unicode61'); INSERT INTO %s (%s) VALUES ('rebuild')",
		search, strings.Join(words, ", "), table, search, search))
}

// Metadata is what Datasette takes with --metadata to show what the tables and
// columns of a database mean. database is the name of its file without the ending.
func Metadata(database string, tables []desk.Table) ([]byte, error) {
	type about struct {
		Description string            `json:"description"`
		Columns     map[string]string `json:"columns"`
	}
	all := map[string]about{}
	for _, t := range tables {
		columns := map[string]string{}
		for _, c := range t.Columns {
			columns[c.Name] = c.Means
		}
		all[t.Name] = about{t.Means, columns}
	}
	return json.MarshalIndent(map[string]any{
		"title":     "crosscheck",
		"databases": map[string]any{database: map[string]any{"tables": all}},
	}, "", "  ")
}
