package main

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/fetch"
)

// prefixes is a flag for ranges of addresses: "10.1.0.0/16,192.168.1.7".
type prefixes []netip.Prefix

// Type is what the help calls the value.
func (p *prefixes) Type() string { return "ranges" }

// String writes the ranges.
func (p *prefixes) String() string {
	texts := make([]string, len(*p))
	for i, one := range *p {
		texts[i] = one.String()
	}
	return strings.Join(texts, ",")
}

// Set reads ranges, and single addresses as ranges of one.
func (p *prefixes) Set(s string) error {
	var all prefixes
	for text := range strings.SplitSeq(s, ",") {
		text = strings.TrimSpace(text)
		one, err := netip.ParsePrefix(text)
		if addr, of := netip.ParseAddr(text); of == nil {
			one, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return fmt.Errorf("%q: want a range of addresses such as 10.1.0.0/16, or an address", text)
		}
		all = append(all, one.Masked())
	}
	*p = all
	return nil
}

// fetching is how a command fetches pages, as its flags say.
type fetching struct {
	contact string
	allow   prefixes
}

// fetchFlags adds the flags that say how to fetch.
func fetchFlags(cmd *cobra.Command) *fetching {
	f := &fetching{}
	cmd.Flags().StringVar(&f.contact, "contact", "", "how site owners reach you: mail or a page; sent with each request")
	fromEnvironment(cmd.Flags(), "contact", "CROSSCHECK_CONTACT")
	cmd.Flags().Var(&f.allow, "allow", "addresses in the own network that may be fetched from")
	fromEnvironment(cmd.Flags(), "allow", "CROSSCHECK_ALLOW")
	return f
}

// client is a client by the flags, and by the configuration file where they
// are silent.
func (f *fetching) client(c *console, cmd *cobra.Command, limit byteSize) (*fetch.Client, error) {
	how := config.Default()
	file, err := loadConfig(cmd, c.getenv, "fetch")
	if err != nil {
		return nil, err
	}
	if file != nil {
		how.Fetch = file.Fetch
	}
	if f.contact != "" {
		how.Fetch.Contact = f.contact
	}
	if f.allow != nil {
		how.Fetch.Allow = f.allow
	}
	return configuredClient(how, limit)
}
