package document

import (
	"strings"
	"unicode"
)

// commonWords are the small words of the larger European languages, of which
// one in three words of any text is made. A word that two languages share
// counts for both.
var commonWords = map[string]map[string]bool{
	"en": wordSet(`the of and to in a is that for it was on with as are be at by this from have has had not or an were which their but
		said its they he she his her will would more who been about after when there than also into over`),
	"de": wordSet(`der die das und ist nicht ein eine einen einem einer den dem des im mit sich auf für von zu auch es an als nach wie bei
		aus wird sind hat haben war wurde werden über oder aber noch nur vor zum zur durch dass sie er ich wir`),
	"fr": wordSet(`le la les des du de et est un une que qui dans pour pas au aux sur par plus ce cette ces il elle ils avec sont son sa ses
		mais ou où été être a ont leur leurs nous vous ne se en comme après`),
	"es": wordSet(`el la los las de del y en que es un una por con para se no su sus al lo como más pero fue este esta son ha han entre
		sobre también hasta desde cuando muy sin años`),
	"it": wordSet(`il lo la i gli le di del della dei delle e è in che un una per con non si da dal dalla al alla nel nella sono più come
		anche ma ha hanno questo questa suo sua essere stato dopo anni`),
	"pt": wordSet(`o a os as de do da dos das e em no na nos nas que é um uma por para com não se mais como mas foi ao à pelo pela são ser
		tem também seu sua entre até anos`),
	"nl": wordSet(`de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar uit maar was werd worden hebben heeft
		die deze dit over nog meer tot hij zij wij`),
	"sv": wordSet("och att det som en ett är av för på den med inte till har de var om från ska kan men vi hon han efter under också när eller"),
	"da": wordSet("og at det som en et er af for på den med ikke til har de var om fra skal kan men vi hun han efter under også når eller blev"),
	"pl": wordSet("w i na z do że się nie to jest o jak po od za przez dla jego jej oraz ale są był była było które który która tym roku"),
	"cs": wordSet("a v na se že je s z do o k i za pro ale jako po od by jsem jsou byl byla bylo které který která roce podle také"),
	"ro": wordSet("și în de la a cu pe că nu din este un o pentru care mai au fost sunt prin după sau dar această acest ani"),
	"hu": wordSet("a az és hogy nem is egy meg volt van ez csak már de el mint még ki azt vagy után szerint évi lehet"),
	"tr": wordSet("ve bir bu da de için ile olarak çok daha olan gibi ne en ya kadar sonra var ancak oldu göre yıl değil"),
	"fi": wordSet("ja on ei se että oli hän mutta kun myös ovat niin kuin joka mukaan vuonna sen tai jo vain"),
	"id": wordSet("yang dan di dari untuk dengan pada ini itu dalam tidak akan ke oleh juga telah sebagai adalah tahun"),
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

const (
	languageSample = 20_000 // words
	fewestWords    = 20     // fewer say nothing
)

// language tells what a document is written in: by its letters, and among the
// languages in Latin letters by the small words that it uses. It doubts before
// it calls a text foreign: notes and tables in English have hardly any small
// words at all.
func language(d *Document) string {
	letters := map[string]int{}
	latin, words := 0, 0
	hits := map[string]int{}
	for _, b := range d.Blocks {
		if b.Role == Furniture || b.Role == FrontMatter || words > languageSample {
			continue
		}
		plain := d.Words(b)
		for _, r := range plain {
			if r < utf8Latin && unicode.IsLetter(r) {
				latin++
			} else if unicode.IsLetter(r) {
				letters[scriptOf(r)]++
			}
		}
		for word := range strings.FieldsFuncSeq(plain, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
			words++
			if len(word) > 12 {
				continue
			}
			word = strings.ToLower(word)
			for tag, set := range commonWords {
				if set[word] {
					hits[tag]++
				}
			}
		}
	}
	if tag, n := largest(letters); n > latin && n >= 10 {
		if letters["ja"]*20 > n && tag == "zh" {
			tag = "ja"
		}
		return tag
	}
	if words < fewestWords {
		return ""
	}
	english := hits["en"]
	delete(hits, "en")
	tag, n := largest(hits)
	switch {
	case n >= 6 && n*10 >= words && n*2 >= english*3:
		return tag
	case english*20 >= words:
		return "en"
	}
	return ""
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
