package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"

	"crosscheck/words"
)

// canonical is the name that a form stands for: for a demonym its country's.
type canonical struct {
	name string
	kind Set // Place, People or Organization
}

// names maps every form of the names of countries, peoples and international
// bodies to the canonical one. Forms that are words in lower case ("US", "WHO")
// keep their capitals, the others are in lower case.
var names = sync.OnceValue(func() map[string]canonical {
	forms := make(map[string]canonical, 4096)
	put := func(form, name string, kind Set) {
		if form == "" {
			return
		}
		if key := formKey(form); forms[key].name == "" {
			forms[key] = canonical{name, kind}
		}
	}
	each("countries.txt", func(f []string) {
		name := f[1]
		put(name, name, Place)
		for other := range strings.SplitSeq(f[3], "|") {
			put(other, name, Place)
		}
		for demonym := range strings.SplitSeq(f[4], "|") {
			put(demonym, name, People)
			put(plural(demonym), name, People)
		}
	})
	each("bodies.txt", func(f []string) {
		for _, form := range f {
			put(form, f[0], Organization)
		}
	})
	each("followers.txt", func(f []string) {
		for _, form := range f[1:] {
			put(form, f[0], People)
		}
	})
	each("peoples.txt", func(f []string) {
		name := f[1]
		if name == "" {
			name = f[0]
		}
		put(f[0], name, People)
		put(plural(f[0]), name, People)
	})
	return forms
})

// found is names, to be looked up.
var found = sync.OnceValue(func() *words.Map[canonical] { return words.NewMap(names()) })

// Canonical is the canonical name of a country, a people or an international
// body, and the list it stands in (Place, People or Organization): "U.S." is
// United States, a Place; "Israelis" is Israel, a People. Case counts only in
// forms that are otherwise common words ("US", "WHO").
func Canonical(form string) (name string, list Set, ok bool) {
	// Most forms asked for are short and plain, and none of these. They are put
	// into small letters without memory of their own.
	var key [24]byte
	n, plain := 0, len(form) <= len(key)
	hasSmall := false
	for ; plain && n < len(form); n++ {
		c := form[n]
		plain = c < utf8.RuneSelf
		hasSmall = hasSmall || c >= 'a' && c <= 'z'
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		key[n] = c
	}
	var c canonical
	switch {
	case !plain:
		c = found().Get(formKey(form))
	case len(form) <= shortForm && !hasSmall:
		c = found().Get(form)
	default:
		c = found().Get(string(key[:n]))
	}
	return c.name, c.kind, c.name != ""
}

// shortForm is how many bytes a form has at most whose capitals tell it from a word.
const shortForm = 5

// formKey folds case, except in short forms of capitals alone: "us" is no country.
func formKey(form string) string {
	if len(form) <= shortForm && strings.ToUpper(form) == form {
		return form
	}
	return strings.ToLower(form)
}

// plural of a demonym that takes an s: "Israelis", but not "Chineses".
func plural(demonym string) string {
	for _, end := range []string{"ese", "s", "sh", "ch", "x", "z"} {
		if strings.HasSuffix(demonym, end) {
			return ""
		}
	}
	return demonym + "s"
}

func each(file string, visit func(fields []string)) {
	for line := range strings.Lines(read(file)) {
		visit(strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
}
