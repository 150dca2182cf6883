package fetch

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// AddressError says that something is not an address that can be fetched.
type AddressError struct{ Reason string }

func (e *AddressError) Error() string { return e.Reason }

// RefusedError says that a name stands for an address inside the own network.
type RefusedError struct{ Addr netip.Addr }

func (e *RefusedError) Error() string {
	return fmt.Sprintf("it leads to %s, which is inside the own network; allow its range if it is meant", e.Addr)
}

// RedirectError says that redirects were given up.
type RedirectError struct {
	Hops int
	Loop bool // they lead back to where they have been
}

func (e *RedirectError) Error() string {
	if e.Loop {
		return fmt.Sprintf("its redirects go round in a circle (%d of them)", e.Hops)
	}
	return fmt.Sprintf("it redirects more than %d times", e.Hops)
}

// StatusError says that the server answered with a failure.
type StatusError struct{ Code int }

func (e *StatusError) Error() string {
	switch e.Code {
	case http.StatusUnauthorized, http.StatusProxyAuthRequired:
		return fmt.Sprintf("the server wants a password (%d)", e.Code)
	case http.StatusPaymentRequired:
		return "the server wants to be paid (402)"
	case http.StatusForbidden:
		return "the server does not let us read it (403)"
	case http.StatusNotFound:
		return "there is no such page (404)"
	case http.StatusGone:
		return "the page was taken down (410)"
	case http.StatusUnavailableForLegalReasons:
		return "the page is kept back for legal reasons (451)"
	}
	if text := http.StatusText(e.Code); text != "" {
		return fmt.Sprintf("the server answered %d %s", e.Code, text)
	}
	return fmt.Sprintf("the server answered %d", e.Code)
}

// Gone reports whether the page is not there, or not any more.
func (e *StatusError) Gone() bool { return e.Code == http.StatusNotFound || e.Code == http.StatusGone }

// BusyError says that a host is not to be asked before some time: because it
// said so, or because it failed several times in a row.
type BusyError struct {
	Code  int       // its answer, 429 or 503; 0 where it was not asked
	Until time.Time // when to try again
	Cause error     // why it was not asked: its last failure
}

func (e *BusyError) Error() string {
	until := e.Until.UTC().Format("2006-01-02 15:04:05 MST")
	if e.Code != 0 {
		return fmt.Sprintf("the server asks for time (%d), until %s", e.Code, until)
	}
	if e.Cause != nil {
		return fmt.Sprintf("its host is left alone until %s: %v", until, e.Cause)
	}
	return fmt.Sprintf("its host is left alone until %s", until)
}

func (e *BusyError) Unwrap() error { return e.Cause }

// TooLargeError says that a page is over the limit of bytes.
type TooLargeError struct {
	Limit    int64
	Declared int64 // as the server announced it; 0 where it came as a surprise
}

func (e *TooLargeError) Error() string {
	if e.Declared > 0 {
		return fmt.Sprintf("its %d bytes are over the limit of %d", e.Declared, e.Limit)
	}
	return fmt.Sprintf("it does not end within the limit of %d bytes", e.Limit)
}

// BombError says that a few bytes unpack to more than honest ones do.
type BombError struct{ Packed, Unpacked int64 }

func (e *BombError) Error() string {
	return fmt.Sprintf("it is packed to do harm: %d bytes unpack to %d and more", e.Packed, e.Unpacked)
}

// PackingError says that a page cannot be unpacked.
type PackingError struct {
	Encoding string // as the server calls it
	Err      error  // nil where the encoding is none that was asked for
}

func (e *PackingError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("it is packed as %.40q, which was not asked for", e.Encoding)
	}
	return fmt.Sprintf("what is packed as %s is broken: %v", e.Encoding, e.Err)
}

func (e *PackingError) Unwrap() error { return e.Err }

// TruncatedError says that an answer broke off.
type TruncatedError struct {
	Got  int64
	Want int64 // as the server announced it; -1 where it did not
}

func (e *TruncatedError) Error() string {
	if e.Want >= 0 {
		return fmt.Sprintf("it broke off after %d of %d bytes", e.Got, e.Want)
	}
	return fmt.Sprintf("it broke off after %d bytes", e.Got)
}

// TimeoutError says that a server was too slow.
type TimeoutError struct{ Limit time.Duration }

func (e *TimeoutError) Error() string { return fmt.Sprintf("the server took longer than %s", e.Limit) }

// RobotsError says that a host's robots.txt keeps us out.
type RobotsError struct {
	Cause error // why robots.txt could not be read; nil where it says no
}

func (e *RobotsError) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("its robots.txt could not be asked for leave: %v", e.Cause)
	}
	return "its robots.txt does not let us read it"
}

func (e *RobotsError) Unwrap() error { return e.Cause }

// NetworkError says that a host could not be reached, or did not speak as it should.
type NetworkError struct {
	Host string
	Err  error
}

func (e *NetworkError) Error() string {
	var dns *net.DNSError
	var cert *x509.UnknownAuthorityError
	var name *x509.HostnameError
	var invalid *x509.CertificateInvalidError
	switch {
	case errors.As(e.Err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("there is no host %s", e.Host)
	case errors.As(e.Err, &dns):
		return fmt.Sprintf("the address of %s could not be asked for: %s", e.Host, dns.Err)
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return fmt.Sprintf("%s refuses connections", e.Host)
	case errors.Is(e.Err, syscall.ECONNRESET), errors.Is(e.Err, io.EOF):
		return fmt.Sprintf("%s hung up", e.Host)
	case errors.Is(e.Err, syscall.ENETUNREACH), errors.Is(e.Err, syscall.EHOSTUNREACH):
		return fmt.Sprintf("there is no way to %s", e.Host)
	case errors.As(e.Err, &cert), errors.As(e.Err, &name), errors.As(e.Err, &invalid):
		return fmt.Sprintf("the certificate of %s is not good: %v", e.Host, e.Err)
	}
	return fmt.Sprintf("%s does not answer as it should: %v", e.Host, e.Err)
}

func (e *NetworkError) Unwrap() error { return e.Err }

// Passing reports whether an error may be gone when the page is asked for
// again later, and from when on that makes sense; the zero time means any time.
func Passing(err error) (until time.Time, ok bool) {
	var busy *BusyError
	var late *TimeoutError
	var net *NetworkError
	var cut *TruncatedError
	var status *StatusError
	switch {
	case errors.As(err, &busy):
		return busy.Until, true
	case errors.As(err, &late), errors.As(err, &net), errors.As(err, &cut):
		return time.Time{}, true
	case errors.As(err, &status):
		return time.Time{}, status.Code >= 500 || status.Code == http.StatusRequestTimeout
	}
	return time.Time{}, false
}

// explain turns what the network gave into an error of ours.
func (c *Client) explain(host string, err error) error {
	var (
		refused *RefusedError
		slow    net.Error
	)
	switch {
	case ours(err):
		return err
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &slow) && slow.Timeout():
		// The transport's own error has no type, and calls itself a deadline too.
		if strings.Contains(err.Error(), "awaiting response headers") {
			return &TimeoutError{c.o.HeaderTimeout}
		}
		return &TimeoutError{dialTimeout}
	}
	return &NetworkError{host, err}
}

// ours reports whether an error is one of this file already.
func ours(err error) bool {
	switch err.(type) { //nolint:errorlint // what wraps one of them is not one of them
	case *AddressError, *StatusError, *BusyError, *TooLargeError, *BombError, *PackingError, *TruncatedError, *TimeoutError:
		return true
	}
	return false
}
