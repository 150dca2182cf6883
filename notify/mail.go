package notify

import (
	"context"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail"
)

// Mail mails a digest to one person, as plain text. Its Message-ID is the
// digest's ID, so that a mailbox that gets it twice can tell.
type Mail struct {
	Server         string // host:port; TLS from the start on 465, else by STARTTLS
	User, Password string // "" for a server that asks for none
	From           string // as in a mail's head
	To             string
	Agent          string
}

// tlsFromStart is the port of submission over TLS (RFC 8314).
const tlsFromStart = 465

// Send mails the digest. Where a password is sent, the connection is encrypted
// or there is none; without one, as to a relay on the same machine, it is
// encrypted where the server offers that.
func (m Mail) Send(ctx context.Context, d *Digest) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	message, err := m.message(d)
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil {
		return fmt.Errorf("its server: %w", err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return fmt.Errorf("the port of its server: %w", err)
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(sendTime), mail.WithTLSPolicy(mail.TLSOpportunistic)}
	if m.User != "" {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	if number == tlsFromStart {
		options = append(options, mail.WithSSL())
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return fmt.Errorf("its server: %w", err)
	}
	return client.DialAndSendWithContext(ctx, message)
}

// message writes the mail.
func (m Mail) message(d *Digest) (*mail.Msg, error) {
	from, err := netmail.ParseAddress(m.From)
	if err != nil {
		return nil, fmt.Errorf("who it is from: %w", err)
	}
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := message.From(m.From); err != nil {
		return nil, fmt.Errorf("who it is from: %w", err)
	}
	if err := message.To(m.To); err != nil {
		return nil, fmt.Errorf("who it is for: %w", err)
	}
	message.Subject("crosscheck: " + d.Subject())
	message.SetDateWithValue(d.Ended)
	message.SetMessageIDWithValue(d.ID + from.Address[strings.LastIndexByte(from.Address, '@'):])
	message.SetUserAgent(m.Agent)
	// A program wrote it: away notices should not answer (RFC 3834).
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(mail.TypeTextPlain, d.Text())
	return message, nil
}
