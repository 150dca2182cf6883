package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Sender takes a digest to where it is told. An error means that it may not
// have arrived; sent again it is the same message, by its ID.
type Sender interface {
	Send(ctx context.Context, d *Digest) error
}

// sendTime bounds one try: who does not take a few kilobytes in half a minute
// is asked again later.
const sendTime = 30 * time.Second

// Webhook posts a digest as JSON. The header Idempotency-Key is the digest's
// ID: a receiver that keeps it can tell a message that it has seen.
type Webhook struct {
	URL   string
	Agent string // how this program names itself
}

// Send posts the digest. Any answer but 2xx is an error.
func (w Webhook) Send(ctx context.Context, d *Digest) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write the digest: %w", err)
	}
	return post(ctx, w.URL, w.Agent, d.ID, body)
}

// Slack posts a digest as a message of Slack's, which Mattermost, Rocket.Chat
// and others take too.
type Slack struct {
	URL   string
	Agent string
}

// Send posts the digest.
func (s Slack) Send(ctx context.Context, d *Digest) error {
	body, err := json.Marshal(message{Text: slackText("crosscheck: " + d.Subject() + "\n" + d.Text())})
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	return post(ctx, s.URL, s.Agent, d.ID, body)
}

// message is one of Slack's. Its text has no formatting (mrkdwn is false), and
// links in it are not fetched to be shown.
type message struct {
	Text        string `json:"text"`
	Mrkdwn      bool   `json:"mrkdwn"`
	UnfurlLinks bool   `json:"unfurl_links"`
	UnfurlMedia bool   `json:"unfurl_media"`
}

// maxSlack is how many bytes of text Slack takes: it cuts off at 40,000
// characters, of which an escape counts as several.
const maxSlack = 30_000

// slackEscapes are the three characters that mean something in Slack's text
// whatever its formatting, and the @ by which others call people: with a mark of
// no width behind it, it is a letter.
var slackEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "@\u200b")

// slackText is text as Slack shows it letter by letter, whole lines of it.
func slackText(s string) string {
	s = slackEscapes.Replace(s)
	if len(s) <= maxSlack {
		return s
	}
	cut := strings.LastIndexByte(s[:maxSlack], '\n')
	return s[:cut+1] + "and more"
}

// post sends JSON, and follows no redirect: what is posted elsewhere than where
// it was meant to go is not told. Errors hold no address, which may be a secret.
func post(ctx context.Context, address, agent, id string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("its address is none")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Idempotency-Key", id)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	var wrapped *url.Error
	switch {
	case errors.As(err, &wrapped) && errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %s", sendTime)
	case errors.As(err, &wrapped):
		return wrapped.Err
	case err != nil:
		return err
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10)) // the status is what counts
	if resp.StatusCode/100 != 2 {
		said := line(string(answer), maxValue)
		if said != "" {
			said = ": " + said
		}
		return fmt.Errorf("it answered %d %s%s", resp.StatusCode, http.StatusText(resp.StatusCode), said)
	}
	return nil
}
