package quantity

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// symbols are the signs of currencies that stand alone. A dollar or a pound
// without more is the commonest of its name.
var symbols = map[rune]string{
	'$': "USD", '＄': "USD", '£': "GBP", '￡': "GBP", '€': "EUR", '¥': "JPY", '￥': "JPY", '₹': "INR", '₨': "INR",
	'₩': "KRW", '₽': "RUB", '₪': "ILS", '₺': "TRY", '₫': "VND", '₱': "PHP", '₦': "NGN", '₴': "UAH", '₡': "CRC",
	'₲': "PYG", '₵': "GHS", '₸': "KZT", '₾': "GEL", '₼': "AZN", '₭': "LAK", '₮': "MNT", '৳': "BDT", '฿': "THB",
	'₿': "XBT", '៛': "KHR", '֏': "AMD", '元': "CNY", '円': "JPY", '圓': "TWD",
}

// nationalDollars are the letters before a dollar sign, in lower case.
var nationalDollars = map[string]string{
	"us": "USD", "u.s": "USD", "u.s.": "USD", "usd": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "aus": "AUD",
	"c": "CAD", "ca": "CAD", "can": "CAD", "cad": "CAD", "cdn": "CAD", "nz": "NZD", "nzd": "NZD", "hk": "HKD", "hkd": "HKD",
	"nt": "TWD", "ntd": "TWD", "s": "SGD", "sg": "SGD", "sgd": "SGD", "r": "BRL", "mx": "MXN", "mex": "MXN", "j": "JMD", "tt": "TTD",
	"bz": "BZD", "bds": "BBD", "fj": "FJD", "g": "GYD", "n": "NAD", "z": "ZWL", "cl": "CLP", "col": "COP", "ar": "ARS",
	"rd": "DOP", "ec": "XCD", "b": "BND", "l": "LRD", "ba": "BSD",
}

// abbreviations are the letters that stand before or after an amount and are
// no ISO code: "Rs 20", "RM42", "kr 100".
var abbreviations = map[string]string{
	"rs": "INR", "rs.": "INR", "inr.": "INR", "rm": "MYR", "rp": "IDR", "rp.": "IDR", "rmb": "CNY", "kr": claim.NoCurrency, "kr.": claim.NoCurrency,
	"zł": "PLN", "zl": "PLN", "kč": "CZK", "kc": "CZK", "sfr": "CHF", "fr.": "CHF", "dh": "AED", "dhs": "AED", "l.e": "EGP", "l.e.": "EGP",
	"nis": "ILS", "btc": "XBT", "ksh": "KES", "ush": "UGX", "tsh": "TZS", "tk": "BDT", "gh₵": "GHS", "stg": "GBP", "ntd": "TWD", "pkr": "PKR",
}

// isoCodes are ISO 4217's codes of money in use.
var isoCodes = words.NewSet(`AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XBT XCD XDR XOF XPF YER ZAR ZMW ZWL
DEM FRF ITL ESP NLG ATS BEF IEP PTE GRD FIM`)

// coin is what a currency's name in words can mean.
type coin struct {
	// code is the currency where no country is named; claim.NoCurrency where only
	// the country tells.
	code string
	// family is the name that national adjectives go with: "dollar".
	family string
	// cents marks a hundredth: its family is the main unit's ("" for any).
	cents bool
}

// coins are currencies by name, in lower case and singular.
var coins = map[string]coin{
	"dollar": {"USD", "dollar", false}, "buck": {"USD", "dollar", false}, "greenback": {"USD", "dollar", false},
	"euro": {"EUR", "euro", false}, "pound": {"GBP", "pound", false}, "sterling": {"GBP", "pound", false}, "quid": {"GBP", "pound", false},
	"yen": {"JPY", "yen", false}, "yuan": {"CNY", "yuan", false}, "renminbi": {"CNY", "yuan", false}, "kuai": {"CNY", "yuan", false},
	"won": {"KRW", "won", false}, "rupee": {"INR", "rupee", false}, "rouble": {"RUB", "ruble", false}, "ruble": {"RUB", "ruble", false},
	"hryvnia": {"UAH", "hryvnia", false}, "hryvnya": {"UAH", "hryvnia", false}, "zloty": {"PLN", "zloty", false}, "złoty": {"PLN", "zloty", false},
	"shekel": {"ILS", "shekel", false}, "lira": {"TRY", "lira", false}, "lire": {"ITL", "lira", false},
	"real": {"", "real", false}, "reais": {"BRL", "real", false}, "rand": {"ZAR", "rand", false}, "baht": {"THB", "baht", false},
	"ringgit": {"MYR", "ringgit", false}, "rupiah": {"IDR", "rupiah", false}, "dong": {"VND", "dong", false}, "taka": {"BDT", "taka", false},
	"naira": {"NGN", "naira", false}, "cedi": {"GHS", "cedi", false}, "birr": {"ETB", "birr", false}, "forint": {"HUF", "forint", false},
	"koruna": {"CZK", "koruna", false}, "leu": {"RON", "leu", false}, "lei": {"RON", "leu", false}, "lev": {"BGN", "lev", false}, "leva": {"BGN", "lev", false},
	"tenge": {"KZT", "tenge", false}, "lari": {"GEL", "lari", false}, "dram": {"AMD", "dram", false}, "manat": {"AZN", "manat", false},
	"tugrik": {"MNT", "tugrik", false}, "togrog": {"MNT", "tugrik", false}, "kip": {"LAK", "kip", false}, "riel": {"KHR", "riel", false}, "kyat": {"MMK", "kyat", false},
	"afghani": {"AFN", "afghani", false}, "kwacha": {"ZMW", "kwacha", false}, "pula": {"BWP", "pula", false}, "metical": {"MZN", "metical", false}, "kwanza": {"AOA", "kwanza", false},
	"ariary": {"MGA", "ariary", false}, "bolivar": {"VES", "bolivar", false}, "bolívar": {"VES", "bolivar", false}, "boliviano": {"BOB", "boliviano", false},
	"guarani": {"PYG", "guarani", false}, "quetzal": {"GTQ", "quetzal", false}, "lempira": {"HNL", "lempira", false}, "colon": {"", "colon", false}, "gourde": {"HTG", "gourde", false},
	"franc": {claim.NoCurrency, "franc", false}, "peso": {claim.NoCurrency, "peso", false}, "dinar": {claim.NoCurrency, "dinar", false}, "dirham": {"AED", "dirham", false},
	"riyal": {"SAR", "riyal", false}, "rial": {"IRR", "rial", false}, "krona": {"SEK", "krona", false}, "kronor": {"SEK", "krona", false},
	"krone": {claim.NoCurrency, "krone", false}, "kroner": {claim.NoCurrency, "krone", false}, "crown": {claim.NoCurrency, "crown", false}, "florin": {claim.NoCurrency, "florin", false},
	"ducat": {claim.NoCurrency, "ducat", false}, "thaler": {claim.NoCurrency, "thaler", false}, "taler": {claim.NoCurrency, "thaler", false}, "escudo": {claim.NoCurrency, "escudo", false}, "denar": {"MKD", "denar", false},
	"peseta": {"ESP", "peseta", false}, "drachma": {"GRD", "drachma", false}, "schilling": {"ATS", "schilling", false}, "shilling": {claim.NoCurrency, "shilling", false},
	"bitcoin": {"XBT", "bitcoin", false}, "mark": {claim.NoCurrency, "mark", false}, "deutschmark": {"DEM", "mark", false}, "guilder": {"NLG", "guilder", false},
	"cent": {"", "", true}, "penny": {"GBP", "pound", true}, "pence": {"GBP", "pound", true}, "eurocent": {"EUR", "euro", true}, "kopek": {"RUB", "ruble", true}, "kopeck": {"RUB", "ruble", true},
	"kopiyka": {"UAH", "hryvnia", true}, "paise": {"INR", "rupee", true}, "sen": {"", "ringgit", true}, "centavo": {claim.NoCurrency, "peso", true}, "centime": {claim.NoCurrency, "franc", true},
	"agorot": {"ILS", "shekel", true}, "fen": {"CNY", "yuan", true},
}

// nations gives, for a country or a nationality in lower case, its currency by
// family: an "Egyptian pound" is EGP, and pounds in a sentence that speaks of
// no other country than Egypt.
var nations = buildNations()

func buildNations() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(nationLines) {
		names, codes, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, name := range strings.Split(names, ",") {
			m[strings.TrimSpace(name)] = strings.Fields(codes)
		}
	}
	return m
}

// nationLines reads: names: family code, family code.
const nationLines = `
us,u.s,u.s.,american,america,united states: dollar USD
australia,australian: dollar AUD
canada,canadian: dollar CAD
new zealand: dollar NZD
hong kong: dollar HKD
singapore,singaporean: dollar SGD
taiwan,taiwanese: dollar TWD
jamaica,jamaican: dollar JMD
fiji,fijian: dollar FJD
namibia,namibian: dollar NAD
liberia,liberian: dollar LRD
zimbabwe,zimbabwean: dollar ZWL
trinidad: dollar TTD
barbados,barbadian: dollar BBD
britain,british,uk,england,english,scotland,scottish: pound GBP
egypt,egyptian: pound EGP
lebanon,lebanese: pound LBP lira LBP
syria,syrian: pound SYP lira SYP
sudan,sudanese: pound SDG
south sudan,south sudanese: pound SSP
ireland,irish: pound IEP
cyprus,cypriot: pound CYP
turkey,turkish,türkiye: lira TRY
italy,italian: lira ITL
india,indian: rupee INR
pakistan,pakistani: rupee PKR
sri lanka,sri lankan: rupee LKR
nepal,nepali,nepalese: rupee NPR
mauritius,mauritian: rupee MUR
seychelles: rupee SCR
switzerland,swiss: franc CHF
france,french: franc FRF
belgium,belgian: franc BEF
rwanda,rwandan: franc RWF
burundi: franc BIF
congo,congolese: franc CDF
guinea,guinean: franc GNF
djibouti: franc DJF
cfa: franc XOF
senegal,mali,benin,togo,niger,ivory coast,burkina faso: franc XOF
cameroon,gabon,chad: franc XAF
mexico,mexican: peso MXN
argentina,argentine,argentinian: peso ARS
chile,chilean: peso CLP
colombia,colombian: peso COP
philippines,philippine,filipino: peso PHP
uruguay,uruguayan: peso UYU
cuba,cuban: peso CUP
dominican: peso DOP
kuwait,kuwaiti: dinar KWD
iraq,iraqi: dinar IQD
jordan,jordanian: dinar JOD
bahrain,bahraini: dinar BHD
algeria,algerian: dinar DZD
tunisia,tunisian: dinar TND
libya,libyan: dinar LYD
serbia,serbian: dinar RSD
uae,emirati,emirates: dirham AED
morocco,moroccan: dirham MAD
saudi,saudi arabia: riyal SAR rial SAR
qatar,qatari: riyal QAR rial QAR
yemen,yemeni: rial YER riyal YER
oman,omani: rial OMR riyal OMR
iran,iranian: rial IRR
sweden,swedish: krona SEK crown SEK krone SEK
iceland,icelandic: krona ISK crown ISK
norway,norwegian: krone NOK crown NOK krona NOK
denmark,danish: krone DKK crown DKK krona DKK
czech: crown CZK koruna CZK
slovakia,slovak: crown SKK koruna SKK
kenya,kenyan: shilling KES
uganda,ugandan: shilling UGX
tanzania,tanzanian: shilling TZS
somalia,somali: shilling SOS
brazil,brazilian: real BRL
russia,russian: ruble RUB
belarus,belarusian: ruble BYN
malawi,malawian: kwacha MWK
zambia,zambian: kwacha ZMW
moldova,moldovan: leu MDL
turkmenistan,turkmen: manat TMT
germany,german: mark DEM
finland,finnish: mark FIM
japan,japanese: yen JPY
china,chinese: yuan CNY
korea,korean,south korea: won KRW
north korea,north korean: won KPW
malaysia,malaysian: ringgit MYR
israel,israeli: shekel ILS
costa rica,costa rican: colon CRC
`

// ofNation is the currency of a family in a country, or "".
func ofNation(nation, family string) string {
	list := nations[nation]
	for i := 0; i+1 < len(list); i += 2 {
		if list[i] == family {
			return list[i+1]
		}
	}
	return ""
}

// CoinOf is the ISO 4217 code of a coin, by its name in lower case and singular,
// in a country or of a nationality ("Norway", "crown"); "" where that has none.
func CoinOf(nation, coin string) string {
	c, ok := coins[coin]
	if !ok || c.cents {
		return ""
	}
	return ofNation(strings.ToLower(nation), c.family)
}

// coinOf looks a word up as a currency's name, singular or plural.
func coinOf(lower string) (coin, bool) {
	c, ok := coins[lower]
	if ok || len(lower) < 4 {
		return c, ok
	}
	if s, cut := strings.CutSuffix(lower, "ies"); cut { // pennies
		c, ok = coins[s+"y"]
		return c, ok
	}
	if s, cut := strings.CutSuffix(lower, "s"); cut {
		c, ok = coins[s]
	}
	return c, ok
}
