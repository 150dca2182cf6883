package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"crosscheck/notify"
	"crosscheck/store/storetest"
)

// page is what a server answers.
func page(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, error %v", address, resp.StatusCode, err)
	}
	return string(body)
}

// TestServeTells starts a server whose night is due: its digest goes to a
// webhook and into the feed, and the figures show what it did.
func TestServeTells(t *testing.T) {
	came := make(chan notify.Digest, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var d notify.Digest
		if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
			t.Error(err)
		}
		came <- d
	}))
	defer hook.Close()
	url := storetest.New(t)
	_, file := reports(t, 6)
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("notify:\n  at_most: 1\n  webhook: " + hook.URL + "/\nreview:\n  url: http://localhost:8420\n"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	asleep(t, url)
	p := launch(t, "serve", "--database-url", url, "--config", file, "--listen", "127.0.0.1:0")
	at := "http://" + p.says(`address=(\S+)`)[1]
	select {
	case d := <-came:
		if d.Opened == 0 || len(d.Conflicts) != 1 || d.Conflicts[0].Positions[0].Sources[0] != "Harbour Office" ||
			d.Conflicts[0].Link != "http://localhost:8420/conflicts/"+d.Conflicts[0].ID {
			t.Errorf("told %+v", d)
		}
	case <-time.After(time.Minute):
		t.Fatal("nothing was told")
	}
	reaches(t, url, `SELECT count(*) FROM delivery WHERE state = 'delivered'`, 1)
	if feed := page(t, at+"/feed.atom"); !strings.Contains(feed, "<title>Run 1: ") || !strings.Contains(feed, "Harbour Office") {
		t.Errorf("feed\n%s", feed)
	}
	figures := page(t, at+"/metrics")
	for _, want := range []string{
		"crosscheck_database_up 1\n", "crosscheck_documents 6\n", `crosscheck_conflicts{status="open"} `, `crosscheck_runs{stage="finished"} 1`,
		`crosscheck_last_run_success{schedule="nightly"} 1`, `crosscheck_source_unread_documents_total{source="Harbour Office"} 0`,
		"crosscheck_workers 1\n", `crosscheck_deliveries{state="delivered"} 1`, "process_resident_memory_bytes ",
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("no %s in\n%s", want, figures)
		}
	}
	p.end()
	if len(came) > 0 {
		t.Errorf("told %d times more", len(came))
	}
}
