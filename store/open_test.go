package store_test

import (
	"context"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	good := storetest.New(t)
	parsed, err := url.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	other := *parsed
	other.Path = "/nowhere"
	noSocket := *parsed
	noSocket.RawQuery = "host=" + t.TempDir()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refusing := closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ url, want string }{
		"no address":     {"postgres://%zz", "database address: "},
		"refused":        {"postgres://me:secret@" + refusing + "/x?sslmode=disable", `database "x" at 127.0.0.1:` + refusing[strings.LastIndex(refusing, ":")+1:] + " cannot be reached: is the server running"},
		"no socket":      {noSocket.String(), "cannot be reached: is the server running"},
		"no database":    {other.String(), `database "nowhere" at socket ` + parsed.Query().Get("host") + " does not exist: create it first (createdb nowhere)"},
		"no such user":   {strings.Replace(good, parsed.User.String()+"@", "stranger@", 1), "lets nobody in as user \"stranger\": check user and password"},
		"not a database": {"mysql://x", "database address: "},
		"secret is safe": {"postgres://me:secret@" + refusing + "/x?sslmode=disable", ""},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		s, err := store.Open(ctx, test.url)
		cancel()
		if err == nil {
			s.Close()
			t.Errorf("%s: it opened", name)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, test.want)
		}
	}
}

// A connection that an administrator ends costs a second try and nothing else.
func TestATransactionOutlivesItsConnection(t *testing.T) {
	s, _ := open(t)
	try := 0
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		if try++; try == 1 {
			_, err := tx.Exec(t.Context(), `SELECT pg_terminate_backend(pg_backend_pid())`)
			return err
		}
		_, err := tx.Exec(t.Context(), `INSERT INTO source (name) VALUES ('x')`)
		return err
	})
	if err != nil || try != 2 {
		t.Errorf("%d tries, error %v", try, err)
	}
}

func TestAdvice(t *testing.T) {
	s, conn := open(t)
	if _, err := conn.Exec(t.Context(), `ALTER TABLE run RENAME TO walk`); err != nil {
		t.Fatal(err)
	}
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		_, err := store.StartRun(t.Context(), tx, nil, night)
		return err
	})
	if got, want := store.Advice(err), "the database lacks tables that this program needs: run crosscheck migrate"; got != want {
		t.Errorf("advice on %v: %q", err, got)
	}
	_, err = conn.Exec(t.Context(), `SELECT 1 / 0`)
	if got := store.Advice(err); got != "" {
		t.Errorf("advice on %v: %q", err, got)
	}
}
