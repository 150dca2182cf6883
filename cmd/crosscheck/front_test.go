package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crosscheck/store/storetest"
)

// certificate writes a certificate for 127.0.0.1 and its key, and returns a client
// that trusts it.
func certificate(t *testing.T) (cert, key string, client *http.Client) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "desk.pem"), filepath.Join(t.TempDir(), "desk.key")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return cert, key, &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
}

// fetched asks for an address with a token, "" for none.
func fetched(t *testing.T, client *http.Client, address, token string) (status int, page string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

// user runs crosscheck user on a database.
func user(t *testing.T, database, input string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "crosscheck", append(append([]string{"user"}, args...), "--database-url", database)...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("user %q: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

// TestReachedByOthers serves pages that other machines reach, with and without
// TLS: feed and figures want a token, and nothing is shown before there is an account.
func TestReachedByOthers(t *testing.T) {
	_, file := reports(t, 1)
	database := storetest.New(t)
	cert, key, trusting := certificate(t)
	plain := launch(t, "serve", "--config", file, "--database-url", database, "--listen", "0.0.0.0:0")
	port := plain.says(`address=\S*:(\d+)`)[1]
	plain.says("other machines reach the pages without TLS")
	safe := launch(t, "serve", "--config", file, "--database-url", database, "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key)
	at := "https://" + safe.says(`address=(\S+)`)[1]
	ask := &http.Client{Timeout: 10 * time.Second}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/feed.atom": 401, "/metrics": 401} {
		if status, page := fetched(t, ask, "http://127.0.0.1:"+port+path, ""); status != want {
			t.Errorf("%s: %d %s", path, status, page)
		}
		if status, page := fetched(t, trusting, at+path, ""); status != 200 {
			t.Errorf("%s on this machine: %d %s", path, status, page)
		}
	}
	user(t, database, "harbour lamp oatmeal vine\n", "add", "keller", "--role", "admin", "--password-stdin")
	token := user(t, database, "", "token", "keller")
	for path, sign := range map[string]string{"/feed.atom": "<feed", "/metrics": "crosscheck_"} {
		if status, page := fetched(t, ask, "http://127.0.0.1:"+port+path, token); status != 200 || !strings.Contains(page, sign) {
			t.Errorf("%s with a token: %d %s", path, status, page)
		}
		if status, _ := fetched(t, ask, "http://127.0.0.1:"+port+path, token+"x"); status != 401 {
			t.Errorf("%s with a wrong token: %d", path, status)
		}
	}
	plain.end()
	safe.end()
}

// TestOpenedByLink opens the desk of a server that has no accounts by the link that
// it logs, once, and sees every page in the menu.
func TestOpenedByLink(t *testing.T) {
	_, file := reports(t, 1)
	server := launch(t, "serve", "--config", file, "--database-url", storetest.New(t), "--listen", "127.0.0.1:0")
	link := server.says(`link="(http://[^"]*)\?link=([\w-]*)"`)
	server.says("msg=serving")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Timeout: 10 * time.Second, Jar: jar}
	for i, want := range []int{http.StatusOK, http.StatusForbidden} {
		answer, err := browser.PostForm(link[1], url.Values{"link": {link[2]}})
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("time %d: %d", i+1, answer.StatusCode)
		}
	}
	base := strings.TrimSuffix(link[1], "/login")
	_, front := fetched(t, browser, base+"/", "")
	menu := regexp.MustCompile(`<a href="(/[a-z]*)"`).FindAllStringSubmatch(front, -1)
	if len(menu) < 5 {
		t.Fatalf("no menu:\n%s", front)
	}
	for _, entry := range menu {
		if status, page := fetched(t, browser, base+entry[1], ""); status != http.StatusOK {
			t.Errorf("%s: %d %s", entry[1], status, page)
		}
	}
	server.end()
}
