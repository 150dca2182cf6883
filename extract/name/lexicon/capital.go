package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// capitals maps a capital, in lower case and with or without its accents, to
// its country. Of two countries that share a capital's name it is the one whose
// people have a name. Brussels is left out: it speaks for a country and for a
// union of many.
var capitals = sync.OnceValue(func() map[string]string {
	of := make(map[string]string, 512)
	put := func(capital, country string, owned bool) {
		for _, form := range [...]string{strings.ToLower(capital), Plain(strings.ToLower(capital))} {
			if of[form] == "" || owned {
				of[form] = country
			}
		}
	}
	each("countries.txt", func(f []string) {
		country, capital, owned := f[1], f[2], f[4] != ""
		put(capital, country, owned)
		if short, ok := strings.CutSuffix(capital, " D.C."); ok {
			put(short, country, owned)
		}
		if short, ok := strings.CutPrefix(capital, "New "); ok {
			put(short, country, owned)
		}
	})
	of["kiev"] = of["kyiv"]
	delete(of, "brussels")
	delete(of, "")
	return of
})

// CapitalOf is the country that a city is the capital of; ok is false for any other name.
func CapitalOf(city string) (country string, ok bool) {
	country, ok = capitals()[strings.ToLower(city)]
	return country, ok
}

// Plain is a text without the accents of its Latin letters.
func Plain(s string) string {
	if isASCII(s) || !strings.ContainsFunc(s, func(r rune) bool { return accented[r] != 0 }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if base := accented[r]; base != 0 {
			return base
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// accented maps a letter to the one it is without its accent.
var accented = func() map[rune]rune {
	of := map[rune]rune{}
	for base, letters := range map[rune]string{
		'a': "àáâãäåāăą", 'c': "çćĉċč", 'd': "ďđ", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭįı", 'j': "ĵ", 'k': "ķ",
		'l': "ĺļľł", 'n': "ñńņň", 'o': "òóôõöøōŏő", 'r': "ŕŗř", 's': "śŝşšș", 't': "ţťŧț", 'u': "ùúûüũūŭůűų", 'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
		'A': "ÀÁÂÃÄÅĀĂĄ", 'C': "ÇĆĈĊČ", 'D': "ĎĐ", 'E': "ÈÉÊËĒĔĖĘĚ", 'G': "ĜĞĠĢ", 'H': "ĤĦ", 'I': "ÌÍÎÏĨĪĬĮİ", 'J': "Ĵ", 'K': "Ķ",
		'L': "ĹĻĽŁ", 'N': "ÑŃŅŇ", 'O': "ÒÓÔÕÖØŌŎŐ", 'R': "ŔŖŘ", 'S': "ŚŜŞŠȘ", 'T': "ŢŤŦȚ", 'U': "ÙÚÛÜŨŪŬŮŰŲ", 'W': "Ŵ", 'Y': "ÝŸŶ", 'Z': "ŹŻŽ",
	} {
		for _, r := range letters {
			of[r] = base
		}
	}
	return of
}()
