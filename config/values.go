package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"unicode"
)

// The bounds on single values, in bytes.
const (
	maxName    = 200
	maxAddress = 2000 // what servers commonly take
	maxPath    = 4000 // what systems commonly take
)

// name reads a short text on one line.
func (r *reader) name(into *string) take {
	return func(at place) {
		s, ok := r.text(at)
		switch {
		case !ok:
		case s == "":
			r.wrong(at, "it is empty")
		case len(s) > maxName:
			r.wrong(at, "%d bytes; at most %d", len(s), maxName)
		case strings.ContainsFunc(s, unicode.IsControl):
			r.wrong(at, "want a text on one line, without control characters")
		default:
			*into = s
		}
	}
}

// number reads a whole number between two.
func (r *reader) number(into *int, least, most int) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < least || n > most {
			r.wrong(at, "%q: want a whole number from %d to %d", s, least, most)
			return
		}
		*into = n
	}
}

// fraction reads a number from 0 to 1.
func (r *reader) fraction(into *float64) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !(f >= 0 && f <= 1) {
			r.wrong(at, "%q: want a number from 0 to 1, such as 0.5", s)
			return
		}
		*into = f
	}
}

// sizeUnits are the units of a size, as the IEC and the SI write them.
var sizeUnits = []struct {
	suffix string
	size   int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"KB", 1e3}, {"B", 1},
}

// size reads a number of bytes, with or without a unit.
func (r *reader) size(into *int64, least, most int64) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		number, unit := s, int64(1)
		for _, u := range sizeUnits {
			if before, ok := strings.CutSuffix(s, u.suffix); ok {
				number, unit = strings.TrimSpace(before), u.size
				break
			}
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 0 || n > most/unit || n*unit < least {
			r.wrong(at, "%q: want a size such as 16MiB, from %d to %d bytes", s, least, most)
			return
		}
		*into = n * unit
	}
}

// span reads a length of time: Go's units and, for what lasts, days.
func (r *reader) span(into *time.Duration, least, most time.Duration) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		d, err := parseSpan(s)
		if err != nil || d < least || d > most {
			r.wrong(at, "%q: want a length of time such as %s, from %s to %s", s, example(least, most), spanText(least), spanText(most))
			return
		}
		*into = d
	}
}

const day = 24 * time.Hour

func parseSpan(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(days))
		if err != nil || n < 0 || n > 100_000 {
			return 0, fmt.Errorf("%q is no number of days", days)
		}
		return time.Duration(n) * day, nil
	}
	return time.ParseDuration(s)
}

// spanText writes a length of time as it is read: whole days as days.
func spanText(d time.Duration) string {
	if d >= day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// example is a length of time that may well be meant.
func example(least, most time.Duration) string {
	switch {
	case most > 30*day:
		return "365d"
	case least == 0:
		return "1s"
	}
	return "30s"
}

// address reads the address of a page.
func (r *reader) address(into *string) take {
	return func(at place) {
		if s, ok := r.text(at); ok {
			r.checkedAddress(at, s, into)
		}
	}
}

func (r *reader) checkedAddress(at place, s string, into *string) {
	u, err := url.Parse(s)
	switch {
	case len(s) > maxAddress:
		r.wrong(at, "%d bytes; at most %d", len(s), maxAddress)
	case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		r.wrong(at, "%q: want an address that begins with https:// or http://", shown(s))
	case u.User != nil:
		r.wrong(at, "want an address without a user and password in it")
	default:
		*into = s
	}
}

// site reads the address of a site as a whole.
func (r *reader) site(into *string) take {
	return func(at place) {
		var address string
		r.address(&address)(at)
		if address == "" {
			return // the mistake is noted
		}
		u, err := url.Parse(address)
		if err != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			r.wrong(at, "%q: want an address without a path, such as https://desk.example.org", shown(address))
			return
		}
		*into = u.Scheme + "://" + u.Host
	}
}

// shown is as much of a wrong value as helps to find it.
func shown(s string) string {
	const enough = 60
	if len(s) > enough {
		return strings.ToValidUTF8(s[:enough], "") + "..."
	}
	return s
}

// pathOf reads a path and resolves it against the file's folder.
func (r *reader) pathOf(into *string) take {
	return func(at place) {
		if s, ok := r.text(at); ok {
			r.checkedPath(at, s, into)
		}
	}
}

func (r *reader) checkedPath(at place, s string, into *string) {
	switch {
	case s == "":
		r.wrong(at, "it is empty; want a path")
	case len(s) > maxPath || strings.ContainsRune(s, 0):
		r.wrong(at, "no file can have such a name")
	case filepath.IsAbs(s):
		*into = filepath.Clean(s)
	default:
		*into = filepath.Join(r.folder, filepath.FromSlash(s))
	}
}

// pattern reads a path that may hold *, ? and [.
func (r *reader) pattern(into *string) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		_, err := filepath.Match(s, "")
		switch {
		case strings.Contains(s, "://"):
			r.wrong(at, "%q is an address; pages stand under urls, feeds or sitemaps", shown(s))
		case err != nil:
			r.wrong(at, "%q: the pattern has a [ without its ]", shown(s))
		case strings.Contains(s, "**"):
			r.wrong(at, "%q: ** is not known; a folder is read with all below it, so name the folder", shown(s))
		default:
			r.checkedPath(at, s, into)
		}
	}
}

// many reads one value or a list of them, each by one.
func (r *reader) many(into *[]string, most int, one func(*string) take) take {
	return func(at place) {
		seen := make(map[string]bool)
		r.list(at, most, func(at place) {
			var value string
			one(&value)(at)
			switch {
			case value == "": // the mistake is noted
			case seen[value]:
				r.wrong(at, "%q stands here twice", shown(value))
			default:
				seen[value] = true
				*into = append(*into, value)
			}
		})
	}
}

// prefixes reads ranges of addresses.
func (r *reader) prefixes(into *[]netip.Prefix, most int) take {
	return func(at place) {
		r.list(at, most, func(at place) {
			s, ok := r.text(at)
			if !ok {
				return
			}
			p, err := netip.ParsePrefix(s)
			switch {
			case err != nil:
				r.wrong(at, "%q: want a range of addresses such as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3/32", shown(s))
			case p != p.Masked():
				r.wrong(at, "%s has bits beyond its length; want %s, or a single address as %s/%d", p, p.Masked(), p.Addr(), p.Addr().BitLen())
			default:
				*into = append(*into, p)
			}
		})
	}
}

// hosts reads a pause for each of some hosts.
func (r *reader) hosts(into *map[string]time.Duration, most time.Duration) take {
	return func(at place) {
		values, ok := r.mapping(at)
		if !ok {
			return
		}
		all := make(map[string]time.Duration, len(values))
		for _, value := range values {
			key := value.Key.GetToken()
			inside := place{value.Value, key.Position.Line, at.field + "." + key.Value}
			host := strings.ToLower(key.Value)
			if strings.ContainsAny(host, "/:@ ") || host == "" {
				r.wrong(inside, "want the bare name of a host, such as www.example.org")
				continue
			}
			if _, twice := all[host]; twice {
				r.wrong(inside, "it is given already")
				continue
			}
			var pause time.Duration
			r.span(&pause, 0, most)(inside)
			all[host] = pause
		}
		*into = all
	}
}

// yes reads true or false.
func (r *reader) yes(into *bool) take {
	return func(at place) {
		b, ok := at.node.(*ast.BoolNode)
		if !ok {
			r.wrong(at, "want true or false; found %s", kind(at.node))
			return
		}
		*into = b.Value
	}
}

// server reads a host with its port.
func (r *reader) server(into *string) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		host, port, err := net.SplitHostPort(s)
		if n, bad := strconv.Atoi(port); err != nil || bad != nil || host == "" || n < 1 || n > 65535 {
			r.wrong(at, "%q: want host:port, such as mail.example.org:587", shown(s))
			return
		}
		*into = s
	}
}

// mailbox reads a mail address, with or without a name.
func (r *reader) mailbox(into *string) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		if a, err := mail.ParseAddress(s); err != nil || len(s) > maxName || !strings.Contains(a.Address, "@") {
			r.wrong(at, "%q: want a mail address, such as desk@example.org", shown(s))
			return
		}
		*into = s
	}
}

// contact reads a mail address, or the address of a page.
func (r *reader) contact(into *string) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		a, err := mail.ParseAddress(s)
		bare := err == nil && a.Name == "" && a.Address == s
		u, err := url.Parse(s)
		page := err == nil && u.Host != "" && u.User == nil && (u.Scheme == "http" || u.Scheme == "https")
		if len(s) > maxName || !bare && !page || strings.ContainsAny(s, " ()") {
			r.wrong(at, "%q: want a mail address or the address of a page, such as desk@example.org", shown(s))
			return
		}
		*into = s
	}
}

// secret reads a value in which ${NAME} stands for a variable of the
// environment. Whatever is wrong is told without the value.
func (r *reader) secret(into *string, check func(at place, value string, into *string)) take {
	return func(at place) {
		s, ok := r.text(at)
		if !ok {
			return
		}
		value, ok := r.expanded(at, s)
		switch {
		case !ok:
		case value == "":
			r.wrong(at, "it is empty")
		default:
			check(at, value, into)
		}
	}
}

// expanded puts variables of the environment into a text.
func (r *reader) expanded(at place, s string) (string, bool) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "${")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		variable, after, closed := strings.Cut(rest, "}")
		if !closed || !isVariable(variable) {
			r.wrong(at, "want ${NAME}, the name in letters, digits and _")
			return "", false
		}
		value := r.getenv(variable)
		if value == "" {
			r.wrong(at, "the environment has no %s; set it, or write the value here", variable)
			return "", false
		}
		out.WriteString(value)
		s = after
	}
}

func isVariable(s string) bool {
	for i, c := range s {
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// plain takes any secret.
func (r *reader) plain(_ place, value string, into *string) { *into = value }

// hook takes an address that is a secret itself.
func (r *reader) hook(at place, value string, into *string) {
	if u, err := url.Parse(value); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		r.wrong(at, "want an address that begins with https:// or http://")
		return
	}
	*into = value
}

// databaseURL takes the address of a database.
func (r *reader) databaseURL(at place, value string, into *string) {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		r.wrong(at, "want an address such as postgres://editor@db.example.org/news")
		return
	}
	*into = value
}
