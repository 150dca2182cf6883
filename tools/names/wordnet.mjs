// Reads WordNet's database for what has a name: places, peoples, organizations,
// people, events, works; and for the common words that names are told from.
import fs from 'node:fs'
import path from 'node:path'

const files = { noun: 'data.noun', adj: 'data.adj', verb: 'data.verb', adv: 'data.adv' }

// synsets yields {id, file, words, pointers} for each line of a data file.
function* synsets(folder, part) {
  for (const line of fs.readFileSync(path.join(folder, files[part]), 'utf8').split('\n')) {
    if (!line || line.startsWith(' ')) continue
    const f = line.split(' | ')[0].split(' ')
    const count = parseInt(f[3], 16)
    const words = []
    for (let i = 0; i < count; i++) words.push(f[4 + 2 * i].replace(/\([a-z]+\)$/, '').replaceAll('_', ' '))
    let at = 4 + 2 * count
    const pointers = []
    for (let n = parseInt(f[at++], 10); n > 0; n--, at += 4) pointers.push({ kind: f[at], to: f[at + 1], part: f[at + 2] })
    yield { id: f[0], file: f[1], words, pointers }
  }
}

const capital = (w) => /^\p{Lu}/u.test(w)

export function wordnet(folder) {
  const nouns = new Map()
  for (const s of synsets(folder, 'noun')) nouns.set(s.id, s)

  const common = new Set()
  for (const part of ['noun', 'adj', 'verb', 'adv']) {
    for (const s of synsets(folder, part)) for (const w of s.words) if (!capital(w)) common.add(w)
  }

  // below tells whether a noun stands under one of the given synsets.
  const below = (id, roots, depth = 0) => {
    if (roots.has(id)) return true
    if (depth > 20) return false
    return nouns.get(id).pointers.some((p) => (p.kind === '@' || p.kind === '@i') && below(p.to, roots, depth + 1))
  }
  const find = (word, file) => [...nouns.values()].filter((s) => s.file === file && s.words[0] === word).map((s) => s.id)

  const places = [], organizations = [], people = [], families = [], things = [], roles = [], groups = []
  const person = new Set()
  const nameOf = { '15': places, '17': places, '14': organizations, '04': things, '06': things, '10': things, '11': things, '28': things }
  const calendar = new Set([...find('Gregorian calendar month', '28'), ...find('month', '28'), ...find('day of the week', '28'), ...find('time zone', '15')])
  const faiths = new Set([...find('religious person', '18'), ...find('Asian', '18'), ...find('American', '18'), ...find('European', '18'), ...find('African', '18'), ...find('inhabitant', '18'), ...find('nonreligious person', '18'), ...find('politician', '18'), ...find('follower', '18')])
  for (const s of nouns.values()) {
    const instance = s.pointers.some((p) => p.kind === '@i')
    if (instance && s.file === '18') {
      // The first word of a person's synset is the surname or the whole name.
      for (const w of s.words.filter(capital)) {
        people.push(w)
        const last = w.split(' ').at(-1)
        if (capital(last)) families.push(last)
        if (!w.includes(' ')) person.add(w.toLowerCase())
      }
    } else if (instance && nameOf[s.file]) {
      if (!below(s.id, calendar)) nameOf[s.file].push(...s.words.filter(capital))
    } else if (s.file === '14') {
      organizations.push(...s.words.filter((w) => /^\p{Lu}.* \p{Lu}/u.test(w)))
    } else if (s.file === '18') {
      roles.push(...s.words.filter((w) => !capital(w)))
      if (below(s.id, faiths)) groups.push(...s.words.filter((w) => /^\p{Lu}[\p{L}'-]+$/u.test(w)))
    }
  }

  // An adjective with a capital that pertains to a place names its people.
  const peoples = []
  for (const s of synsets(folder, 'adj')) {
    const to = s.pointers.filter((p) => p.kind === '\\' && p.part === 'n').map((p) => nouns.get(p.to))
    const place = to.find((n) => n && n.file === '15' && n.words.some(capital))
    for (const w of s.words.filter((w) => /^\p{Lu}\p{Ll}[\p{L} -]+$/u.test(w))) {
      if (place) peoples.push({ people: w, places: place.words.filter(capital) })
      else groups.push(...(w.includes(' ') || !to.some((n) => n && (n.file === '14' || n.file === '18' || n.file === '09')) ? [] : [w]))
    }
  }
  return { common, person, places, organizations, people, families, things, roles, groups: [...new Set(groups)], peoples }
}
