package review

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// address is where a request came from, as attempts to log in are counted: of
// IPv6 the network of 64 bits, because one machine has all of its addresses. What
// a proxy says of it is taken from those proxies alone that are trusted.
func (d *Door) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	at = at.Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !slices.ContainsFunc(d.Proxies, func(p netip.Prefix) bool { return p.Contains(at) }) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break // the proxy says nothing that can be used
		}
		at = before.Unmap()
	}
	if at.Is6() {
		if network, err := at.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return at.String()
}

// fromHere reports whether a program of this machine asks for itself: not a proxy
// for others, and no page in a browser under the name of another site that leads here.
func fromHere(r *http.Request) bool {
	for _, sign := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via"} {
		if r.Header.Get(sign) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && Loopback(r.Host)
}

// Loopback reports whether an address, with or without its port, is of this machine
// alone: "localhost:8420", "127.0.0.1", "[::1]:80". One without a host is of every network.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	if host == "localhost" {
		return true
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback()
}
