package document

import (
	"bytes"
	"fmt"
)

// Kind says why a document could not be read.
type Kind string

// The kinds of unreadable input.
const (
	// Empty is a file of no bytes, or of white space only.
	Empty Kind = "empty"
	// TooLarge is a file over the limit.
	TooLarge Kind = "too large"
	// NotYetRead is a format that holds text which no reader takes out yet: PDF, office files, archives.
	NotYetRead Kind = "not yet read"
	// Binary is what holds no text: images, sound, programs, or bytes of no known kind.
	Binary Kind = "binary"
)

// UnreadableError says that the bytes hold no text that a reader could take
// out. It is about the document, not about the program: the next document may
// well be read.
type UnreadableError struct {
	Kind   Kind
	Reason string // what is wrong and what to do about it
}

func (e *UnreadableError) Error() string { return e.Reason }

// OverLimit is the error for a document of size bytes where limit are read. It
// lets a caller who knows the size refuse a file without opening it.
func OverLimit(size, limit int64) *UnreadableError {
	return &UnreadableError{TooLarge, fmt.Sprintf("%s is over the limit of %s: raise it with --max-bytes", inUnits(size), inUnits(limit))}
}

// inUnits writes a number of bytes as people say it, in binary units.
func inUnits(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return trimmed(float64(n)/(1<<10)) + " KiB"
	default:
		return trimmed(float64(n)/(1<<20)) + " MiB"
	}
}

// trimmed rounds to one decimal and writes a whole number without it.
func trimmed(f float64) string {
	s := fmt.Sprintf("%.1f", f)
	return string(bytes.TrimSuffix([]byte(s), []byte(".0")))
}

// A signature is the magic bytes that a format's files hold at an offset.
type signature struct {
	at    int
	magic string
	kind  Kind
	name  string // a noun with its article, as the start of a sentence
	todo  string
}

const (
	saveAsText = "save it as text, Markdown or HTML"
	unpackIt   = "unpack it and read what is inside"
	giveText   = "give a file of text"
)

var signatures = [...]signature{
	{0, "%PDF-", NotYetRead, "PDF", saveAsText},
	{0, "{\\rtf", NotYetRead, "RTF", saveAsText},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotYetRead, "An old office file (doc, xls, ppt)", saveAsText},
	{0, "%!PS", NotYetRead, "PostScript", saveAsText},
	{0, "\x1f\x8b", NotYetRead, "A gzip file", unpackIt},
	{0, "BZh", NotYetRead, "A bzip2 file", unpackIt},
	{0, "\xfd7zXZ\x00", NotYetRead, "An xz file", unpackIt},
	{0, "\x28\xb5\x2f\xfd", NotYetRead, "A zstd file", unpackIt},
	{0, "7z\xbc\xaf\x27\x1c", NotYetRead, "A 7-Zip file", unpackIt},
	{0, "Rar!\x1a\x07", NotYetRead, "A RAR file", unpackIt},
	{257, "ustar", NotYetRead, "A tar file", unpackIt},
	{0, "\x89PNG\r\n\x1a\n", Binary, "A PNG image", giveText},
	{0, "\xff\xd8\xff", Binary, "A JPEG image", giveText},
	{0, "GIF87a", Binary, "A GIF image", giveText},
	{0, "GIF89a", Binary, "A GIF image", giveText},
	{0, "II*\x00", Binary, "A TIFF image", giveText},
	{0, "MM\x00*", Binary, "A TIFF image", giveText},
	{8, "WEBP", Binary, "A WebP image", giveText},
	{8, "WAVE", Binary, "A sound file", giveText},
	{0, "ID3", Binary, "A sound file", giveText},
	{0, "OggS", Binary, "A sound or film file", giveText},
	{4, "ftyp", Binary, "A film or image file", giveText},
	{0, "\x1a\x45\xdf\xa3", Binary, "A film file", giveText},
	{0, "\x7fELF", Binary, "A program", giveText},
	{0, "\xcf\xfa\xed\xfe", Binary, "A program", giveText},
	{0, "SQLite format 3\x00", Binary, "A SQLite database", giveText},
	{0, "\x00\x01\x00\x00\x00", Binary, "A font", giveText},
	{0, "wOF", Binary, "A font", giveText},
}

// zipped names the formats that are zip archives by a file that each holds.
func zipped() []struct{ inside, name string } {
	return []struct{ inside, name string }{
		{"word/", "A Word file (docx)"},
		{"xl/", "An Excel file (xlsx)"},
		{"ppt/", "A PowerPoint file (pptx)"},
		{"opendocument.text", "An OpenDocument text (odt)"},
		{"opendocument.spreadsheet", "An OpenDocument sheet (ods)"},
		{"opendocument.presentation", "An OpenDocument presentation (odp)"},
		{"application/epub+zip", "An EPUB book"},
	}
}

// unreadable tells from the bytes alone why a document cannot be read, or nil.
func unreadable(raw []byte) *UnreadableError {
	if len(bytes.TrimSpace(raw)) == 0 {
		return &UnreadableError{Empty, "The file is empty: there is nothing to read"}
	}
	for i := range signatures {
		s := &signatures[i]
		if len(raw) >= s.at+len(s.magic) && string(raw[s.at:s.at+len(s.magic)]) == s.magic {
			return refuse(s.kind, s.name, s.todo)
		}
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		// The directory is at the end, the first members' names at the start.
		ends := append(bytes.Clone(raw[:min(len(raw), 8<<10)]), raw[max(0, len(raw)-8<<10):]...)
		for _, z := range zipped() {
			if bytes.Contains(ends, []byte(z.inside)) {
				return refuse(NotYetRead, z.name, saveAsText)
			}
		}
		return refuse(NotYetRead, "A zip file", unpackIt)
	}
	if mostlyControls(raw) {
		return refuse(Binary, "A binary file", giveText)
	}
	return nil
}

func refuse(kind Kind, name, todo string) *UnreadableError {
	verb := "is not yet read"
	if kind == Binary {
		verb = "holds no text"
	}
	return &UnreadableError{kind, fmt.Sprintf("%s %s: %s", name, verb, todo)}
}

// mostlyControls reports whether the bytes are no text: whether more than one
// in twenty is a control character that texts do not use. Random bytes have
// one in ten; a text with a stray NUL has far fewer. The two bytes of UTF-16
// are judged after decoding.
func mostlyControls(raw []byte) bool {
	if name, _ := wide(raw); name != "" {
		return false
	}
	controls := 0
	for _, c := range raw {
		if isControl(rune(c)) {
			controls++
		}
	}
	return controls > 4 && controls*20 > len(raw)
}

// isControl reports whether r is a control character with no use in a text.
func isControl(r rune) bool {
	return r < ' ' && (r < '\t' || r > '\r') && r != 0x1b || r == 0x7f
}
