package document

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/words"
)

// commonWords are the small words of the larger European languages, of which
// one in three words of any text is made. A word that two languages share
// counts for both.
var commonWords = []struct{ tag, words string }{
	{"en", `the of and to in a is that for it was on with as are be at by this from have has had not or an were which their but
		said its they he she his her will would more who been about after when there than also into over`},
	{"de", `der die das und ist nicht ein eine einen einem einer den dem des im mit sich auf für von zu auch es an als nach wie bei
		aus wird sind hat haben war wurde werden über oder aber noch nur vor zum zur durch dass sie er ich wir`},
	{"fr", `le la les des du de et est un une que qui dans pour pas au aux sur par plus ce cette ces il elle ils avec sont son sa ses
		mais ou où été être a ont leur leurs nous vous ne se en comme après`},
	{"es", `el la los las de del y en que es un una por con para se no su sus al lo como más pero fue este esta son ha han entre
		sobre también hasta desde cuando muy sin años`},
	{"it", `il lo la i gli le di del della dei delle e è in che un una per con non si da dal dalla al alla nel nella sono più come
		anche ma ha hanno questo questa suo sua essere stato dopo anni`},
	{"pt", `o a os as de do da dos das e em no na nos nas que é um uma por para com não se mais como mas foi ao à pelo pela são ser
		tem também seu sua entre até anos`},
	{"nl", `de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar uit maar was werd worden hebben heeft
		die deze dit over nog meer tot hij zij wij`},
	{"sv", "och att det som en ett är av för på den med inte till har de var om från ska kan men vi hon han efter under också när eller"},
	{"da", "og at det som en et er af for på den med ikke til har de var om fra skal kan men vi hun han efter under også når eller blev"},
	{"pl", "w i na z do że się nie to jest o jak po od za przez dla jego jej oraz ale są był była było które który która tym roku"},
	{"cs", "a v na se že je s z do o k i za pro ale jako po od by jsem jsou byl byla bylo které který která roce podle také"},
	{"ro", "și în de la a cu pe că nu din este un o pentru care mai au fost sunt prin după sau dar această acest ani"},
	{"hu", "a az és hogy nem is egy meg volt van ez csak már de el mint még ki azt vagy után szerint évi lehet"},
	{"tr", "ve bir bu da de için ile olarak çok daha olan gibi ne en ya kadar sonra var ancak oldu göre yıl değil"},
	{"fi", "ja on ei se että oli hän mutta kun myös ovat niin kuin joka mukaan vuonna sen tai jo vain"},
	{"id", "yang dan di dari untuk dengan pada ini itu dalam tidak akan ke oleh juga telah sebagai adalah tahun"},
}

// scripts name the languages that are most often written in letters other than ours.
var scripts = []struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Han, "zh"}, {unicode.Cyrillic, "ru"},
	{unicode.Arabic, "ar"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"},
	{unicode.Thai, "th"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"},
	{unicode.Kannada, "kn"}, {unicode.Malayalam, "ml"}, {unicode.Sinhala, "si"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"},
	{unicode.Ethiopic, "am"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"}, {unicode.Tibetan, "bo"},
}

// languages has a bit for each of commonWords that a word stands in.
var languages = func() *words.Map[uint32] {
	sets := map[string]uint32{}
	for i, l := range commonWords {
		for word := range strings.FieldsSeq(l.words) {
			sets[word] |= 1 << i
		}
	}
	return words.NewMap(sets)
}()

const (
	languageSample = 20_000 // words
	fewestWords    = 20     // fewer say nothing
	longestCommon  = 12     // bytes
)

// language tells what a document is written in: by its letters, and among the
// languages in Latin letters by the small words that it uses. It doubts before
// it calls a text foreign: notes and tables in English have hardly any small
// words at all.
func language(d *Document) string {
	var c letterCount
	for _, b := range d.Blocks {
		if b.Role != Furniture && b.Role != FrontMatter && c.words <= languageSample {
			c.read(d.Words(b))
		}
	}
	if tag, n := largest(c.letters); n > c.latin && n >= 10 {
		if c.letters["ja"]*20 > n && tag == "zh" {
			tag = "ja"
		}
		return tag
	}
	if c.words < fewestWords {
		return ""
	}
	hits := map[string]int{}
	for i, l := range commonWords {
		hits[l.tag] = c.hits[i]
	}
	english := hits["en"]
	delete(hits, "en")
	tag, n := largest(hits)
	switch {
	case n >= 6 && n*10 >= c.words && n*2 >= english*3:
		return tag
	case english*20 >= c.words:
		return "en"
	}
	return ""
}

// letterCount is what a text's letters and small words speak for.
type letterCount struct {
	latin   int            // letters
	letters map[string]int // others, by the language that they are mostly used for
	words   int
	hits    [32]int // small words, by number of the language
}

// read counts the letters and words of a text.
func (c *letterCount) read(text string) {
	start, plain, small := -1, true, true
	for at := 0; at < len(text); {
		if b := text[at]; b|0x20 >= 'a' && b|0x20 <= 'z' || b == '\'' {
			if start < 0 {
				start, plain, small = at, true, true
			}
			if b != '\'' {
				c.latin++
				small = small && b >= 'a'
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if isLetter := unicode.IsLetter(r); isLetter || r == '’' {
			if isLetter {
				c.letter(r)
			}
			if start < 0 {
				start = at
			}
			plain = false
		} else {
			if start >= 0 {
				c.word(text[start:at], plain, small)
			}
			start = -1
		}
		at += size
	}
	if start >= 0 {
		c.word(text[start:], plain, small)
	}
}

// letter counts a letter that is not plain.
func (c *letterCount) letter(r rune) {
	if r < utf8Latin {
		c.latin++
		return
	}
	if c.letters == nil {
		c.letters = map[string]int{}
	}
	c.letters[scriptOf(r)]++
}

// word counts a word; a plain one has no letters but ours, a small one no capitals
// of ours.
func (c *letterCount) word(word string, plain, small bool) {
	c.words++
	if len(word) > longestCommon {
		return
	}
	var in uint32
	switch {
	case plain && small:
		in = languages.Get(word)
	case plain: // in small letters without memory of its own
		var low [longestCommon]byte
		for i := range len(word) {
			low[i] = word[i]
			if word[i] != '\'' {
				low[i] |= 0x20
			}
		}
		in = languages.Get(string(low[:len(word)]))
	default:
		in = languages.Get(strings.ToLower(word))
	}
	for ; in != 0; in &= in - 1 {
		c.hits[bits.TrailingZeros32(in)]++
	}
}

// utf8Latin is the first letter beyond the Latin ones.
const utf8Latin = 0x250

func scriptOf(r rune) string {
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.tag
		}
	}
	return "und"
}

// largest gives the key with the largest count, the first by name of several.
func largest(counts map[string]int) (key string, n int) {
	for k, c := range counts {
		if c > n || c == n && k < key {
			key, n = k, c
		}
	}
	return key, n
}
