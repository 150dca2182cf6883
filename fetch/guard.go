package fetch

import (
	"context"
	"net/netip"
	"slices"
	"syscall"
)

// guard refuses connections to addresses that are not on the public network,
// but for the ranges that are allowed. It is asked with the very address that
// is about to be connected to, so that neither a redirect nor a name that
// resolves to something else the second time gets past it.
func guard(allow []netip.Prefix) func(context.Context, string, string, syscall.RawConn) error {
	allow = slices.Clone(allow)
	return func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return &RefusedError{}
		}
		// An IPv4 address written as IPv6 is what it stands for.
		addr := at.Addr().Unmap().WithZone("")
		if public(addr) || slices.ContainsFunc(allow, func(p netip.Prefix) bool { return p.Contains(addr) }) {
			return nil
		}
		return &RefusedError{addr}
	}
}

// Of IPv6 only this block is given out to the public network. That leaves out
// loopback, the unspecified address, link-local and unique local ones, multicast, the
// addresses that embed IPv4 ones (::/96), and those of NAT64 (64:ff9b::/96 and
// 64:ff9b:1::/48), behind which any address of IPv4 may stand.
var global6 = netip.MustParsePrefix("2000::/3")

// reserved are the ranges that the registries of special addresses
// (RFC 6890 and its successors) do not call global.
var reserved = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared by the customers of a provider (CGNAT)
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, where clouds keep their secrets
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarking
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast
	"2001::/23",       // protocol assignments, among them Teredo
	"2001:db8::/32",   // documentation
	"2002::/16",       // 6to4: any address of IPv4 may stand behind it
	"3fff::/20",       // documentation
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, s := range texts {
		list[i] = netip.MustParsePrefix(s)
	}
	return list
}

// public reports whether an address is on the public network.
func public(addr netip.Addr) bool {
	if !addr.IsValid() || addr.Is6() && !global6.Contains(addr) {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(addr) })
}
