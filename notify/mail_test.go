package notify_test

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"testing"

	"crosscheck/notify"
)

// postbox is a mail server: it takes mails until the test ends. refuse is what
// it answers to a recipient, "" to take him.
func postbox(t *testing.T, refuse string) (address string, mails <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	got := make(chan string, 10)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go talk(conn, refuse, got)
		}
	}()
	return l.Addr().String(), got
}

// talk speaks SMTP (RFC 5321) as far as a client of ours does.
func talk(conn net.Conn, refuse string, got chan<- string) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	say := func(s string) { fmt.Fprintf(conn, "%s\r\n", s) }
	say("220 postbox ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); verb {
		case "EHLO":
			say("250-postbox\r\n250 8BITMIME")
		case "RCPT":
			if refuse != "" {
				say(refuse)
				continue
			}
			say("250 ok")
		case "DATA":
			say("354 go on")
			var body strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				body.WriteString(strings.TrimPrefix(line, "."))
			}
			got <- body.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func TestMail(t *testing.T) {
	server, mails := postbox(t, "")
	d := digest()
	m := notify.Mail{Server: server, From: "Crosscheck <night@news.example.org>", To: "Desk <desk@example.org>", Agent: "crosscheck/test"}
	if err := m.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	got, err := mail.ReadMessage(strings.NewReader(<-mails))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != "crosscheck: 3 new conflicts" {
		t.Errorf("subject %q, error %v", subject, err)
	}
	for header, want := range map[string]string{
		"Message-Id": "<" + d.ID + "@news.example.org>", "To": "\"Desk\" <desk@example.org>", "Bcc": "",
		"Auto-Submitted": "auto-generated", "Content-Type": "text/plain; charset=UTF-8", "User-Agent": "crosscheck/test",
	} {
		if is := got.Header.Get(header); is != want {
			t.Errorf("%s: %q, want %q", header, is, want)
		}
	}
	if when, err := got.Header.Date(); err != nil || !when.Equal(d.Ended) {
		t.Errorf("date %s, error %v", when, err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if is := strings.ReplaceAll(string(body), "\r\n", "\n"); err != nil || strings.TrimSpace(is) != strings.TrimSpace(d.Text()) {
		t.Errorf("error %v, body\n%s\nwant\n%s", err, is, d.Text())
	}
}

// TestMailNotTaken holds what a server refuses, and a password that would go
// over an open line, to be errors.
func TestMailNotTaken(t *testing.T) {
	refusing, _ := postbox(t, "550 nobody of that name")
	open, mails := postbox(t, "")
	for _, c := range []struct {
		what, want string
		m          notify.Mail
	}{
		{"recipient", "nobody of that name", notify.Mail{Server: refusing, From: "a@example.org", To: "b@example.org"}},
		{"password", "TLS", notify.Mail{Server: open, User: "a", Password: "open-sesame", From: "a@example.org", To: "b@example.org"}},
		{"server", "refused", notify.Mail{Server: "127.0.0.1:1", From: "a@example.org", To: "b@example.org"}},
	} {
		err := c.m.Send(t.Context(), digest())
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "open-sesame") {
			t.Errorf("%s: error %v", c.what, err)
		}
	}
	if len(mails) != 0 {
		t.Error("it was mailed")
	}
}
