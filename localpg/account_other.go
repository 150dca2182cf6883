//go:build unix && !linux

package localpg

// lesser lists the ways for root to run as a.
func lesser(a account) []account { return []account{plain(a)} }

// namespaced lists the ways for root to run as root under another number: none
// here.
func namespaced() []account { return nil }
