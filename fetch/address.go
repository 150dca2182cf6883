package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxURL bounds an address, in bytes: by what an index of the database takes.
const maxURL = 2000

// tracking reports whether a parameter says by which link a reader came, and
// nothing of the page: those of campaigns, and of Meta's and Google's links.
func tracking(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid"
}

// Normalise gives the one spelling of a page's address: scheme and host in
// lower case and without what goes without saying, the path without detours,
// and neither the place in the page nor how the reader came there. An error is an [*AddressError].
func Normalise(address string) (string, error) {
	u, err := web(strings.TrimSpace(address))
	if err != nil {
		return "", err
	}
	if u.User != nil {
		return "", &AddressError{"it has a name or a password in it, which would be stored and shown"}
	}
	name := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if addr, err := netip.ParseAddr(name); err == nil && addr.Is6() {
		name = "[" + addr.WithZone("").String() + "]"
	} else if name, err = idna.Lookup.ToASCII(name); err != nil || name == "" {
		return "", &AddressError{"its host is no name of a host"}
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		u.Host = name
	} else {
		u.Host = name + ":" + port
	}
	u.Fragment, u.RawFragment, u.ForceQuery = "", "", false
	u = u.ResolveReference(u) // drops /./ and /../
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = told(u.RawQuery)
	s := u.String()
	if len(s) > maxURL {
		return "", &AddressError{fmt.Sprintf("it is longer than %d bytes", maxURL)}
	}
	return s, nil
}

// told is a query without tracking, its other parameters in their order and spelled
// as browsers send them.
func told(query string) string {
	var kept []string
	for _, p := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p == "" || tracking(name) {
			continue
		}
		kept = append(kept, p)
	}
	return escaped(strings.Join(kept, "&"))
}

// escaped is a query without spaces, and in ASCII.
func escaped(query string) string {
	var b strings.Builder
	for _, c := range []byte(query) {
		if c == ' ' || c >= utf8.RuneSelf {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// web reads the address of something on the web.
func web(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, &AddressError{"it is no address of a page"}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &AddressError{"only http and https are fetched"}
	case u.Hostname() == "" || u.Opaque != "":
		return nil, &AddressError{"it names no host"}
	}
	return u, nil
}
