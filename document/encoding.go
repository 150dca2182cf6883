package document

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decoded is a document's bytes as UTF-8.
type decoded struct {
	text     string
	encoding string // a WHATWG name
	invalid  int    // how many U+FFFD stand for bytes that were no text
}

// decode turns raw into UTF-8 without a byte order mark and without NUL. The
// encoding is, in this order: that of the byte order mark, that which the
// server declared, that which the page declares, UTF-16 where every other byte
// is NUL, UTF-8 where the bytes are valid or nearly so, and else windows-1252,
// the commonest of the old ones.
func decode(raw []byte, contentType string) (decoded, error) {
	name, bom := wide(raw)
	if name == "" && bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		name, bom = "utf-8", 3
	}
	if name == "" {
		name = declared(raw, contentType)
	}
	if name == "" {
		name = guess(raw)
	}
	raw = raw[bom:]
	enc := lookup(name)
	if name == "utf-8" || enc == nil {
		return clean(raw), nil
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return decoded{}, err
	}
	// A decoder writes U+FFFD for what it cannot read; the old encodings have no such letter of their own.
	d := clean(out)
	d.encoding = name
	d.invalid += strings.Count(string(out), "\uFFFD")
	return d, nil
}

// lookup returns the encoding of a WHATWG name, nil for UTF-8. UTF-16 is
// looked up apart so that a mark in the middle does not switch the order.
func lookup(name string) encoding.Encoding {
	switch name {
	case "utf-8":
		return nil
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	enc, _ := charset.Lookup(name)
	return enc
}

// clean keeps valid UTF-8 and puts U+FFFD in place of every byte that is not,
// and of NUL, which no database column of text can hold.
func clean(raw []byte) decoded {
	d := decoded{encoding: "utf-8"}
	if utf8.Valid(raw) && bytes.IndexByte(raw, 0) < 0 {
		d.text = string(raw)
		return d
	}
	var out strings.Builder
	out.Grow(len(raw) + 64)
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 || r == 0 {
			d.invalid++
			out.WriteRune(utf8.RuneError)
		} else {
			out.Write(raw[:size])
		}
		raw = raw[size:]
	}
	d.text = out.String()
	return d
}

// wide recognises UTF-16: by its mark, of which it gives the length, or by NUL
// in nearly every other byte, as Western text has it.
func wide(raw []byte) (name string, bom int) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return "utf-16le", 2
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return "utf-16be", 2
	}
	sample := raw[:min(len(raw), 1<<12)]
	if len(sample) < 8 || len(raw)%2 != 0 {
		return "", 0
	}
	var nul [2]int
	for i, c := range sample {
		if c == 0 {
			nul[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case nul[1]*10 > half*7 && nul[0]*20 < half:
		return "utf-16le", 0
	case nul[0]*10 > half*7 && nul[1]*20 < half:
		return "utf-16be", 0
	}
	return "", 0
}

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{1,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})`)
	xmlCharset  = regexp.MustCompile(`^\s*<\?xml[^>]{1,200}encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']`)
)

// declared returns the encoding that the server or the page names, or "". What
// a page says inside itself can be read only if it is no UTF-16, so that is
// taken for UTF-8, as browsers do.
func declared(raw []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, name := charset.Lookup(params["charset"]); enc != nil {
			return name
		}
	}
	head := raw[:min(len(raw), 4<<10)]
	for _, pattern := range []*regexp.Regexp{xmlCharset, metaCharset} {
		if m := pattern.FindSubmatch(head); m != nil {
			enc, name := charset.Lookup(string(m[1]))
			switch {
			case enc == nil:
			case strings.HasPrefix(name, "utf-16"):
				return "utf-8"
			default:
				return name
			}
		}
	}
	return ""
}

// guess tells UTF-8 from windows-1252. A text of either may hold a few broken
// bytes. Letters of the one are hardly ever by chance letters of the other, so
// it is UTF-8 if for every two bytes beyond ASCII that are broken there is a
// letter that is whole.
func guess(raw []byte) string {
	if utf8.Valid(raw) {
		return "utf-8"
	}
	whole, broken := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			whole++
		}
		i += size
	}
	if whole*2 > broken {
		return "utf-8"
	}
	return "windows-1252"
}
