// Groups words that are used alike, by k-means over their vectors. A reader that
// has never met "Montevideo" still knows a word that keeps company with cities.

// clusters returns text: a line a cluster, its words sorted; an empty line
// ends a group of clusters that are themselves alike.
function clusters({ limit, fine, coarse, rounds }) {
  const words = vectors.words.slice(0, limit).filter((w) => /^\p{L}[\p{L}'.-]*$/u.test(w))
  const dim = vectors.dimensions
  const points = words.map((w) => unit(Float32Array.from(vectors.vectors[w].slice(0, dim))))
  const leaf = kmeans(points, fine, rounds)
  const branch = kmeans(leaf.centres, coarse, 30)
  const members = Array.from({ length: fine }, () => [])
  words.forEach((w, i) => members[leaf.of[i]].push(w))
  const groups = Array.from({ length: coarse }, () => [])
  members.forEach((m, i) => { if (m.length) groups[branch.of[i]].push(m.sort().join(' ')) })
  return groups.filter((g) => g.length).map((g) => g.sort().join('\n')).sort().join('\n\n') + '\n'
}

function unit(v) {
  let n = 0
  for (const x of v) n += x * x
  n = Math.sqrt(n) || 1
  return v.map((x) => x / n)
}

// kmeans starts from points spread evenly over the list, so it needs no chance.
function kmeans(points, k, rounds) {
  const dim = points[0].length
  const step = Math.max(1, Math.floor(points.length / 4 / k))
  let centres = Array.from({ length: k }, (_, i) => Float32Array.from(points[(i * step) % points.length]))
  const of = new Int32Array(points.length)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < points.length; i++) {
      let best = -Infinity
      for (let c = 0; c < k; c++) {
        const p = points[i], q = centres[c]
        let dot = 0
        for (let d = 0; d < dim; d++) dot += p[d] * q[d]
        if (dot > best) { best = dot; of[i] = c }
      }
    }
    const sums = centres.map(() => new Float32Array(dim))
    const size = new Int32Array(k)
    points.forEach((p, i) => { size[of[i]]++; for (let d = 0; d < dim; d++) sums[of[i]][d] += p[d] })
    centres = sums.map((s, c) => (size[c] ? unit(s) : centres[c]))
  }
  return { of, centres }
}
