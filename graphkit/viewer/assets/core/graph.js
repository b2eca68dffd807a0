// The graph as columns.  A thing is a number (`ref`): outlets, articles, claims, actors, then assertions; see rows.py.

const graph = (() => {
  const KINDS = ['outlet', 'article', 'claim', 'actor', 'assertion'];
  const DEFAULTS = {
    band: 'unrated', verdict: 'unrated', families: 0, publisher: -1, authors: [], length: 0, parts: [], astral: [],
    support: 'single', origins: 1, article: -1, chain: [], about: [], hedges: [], loaded: [], numbers: [], via: -1,
    candidates: [], is_guess: false, scope: '', is_imputed: false, is_estimate: false, evidence: [], terms: [], method: '', ranges: [], rating_set: '', version: '', licence: '', by: '', made_at: '', source_ranges: [], target_ranges: [], is_later: false, is_closed: false, claims: [],
  };
  const LONG_KEY = /^([a-z]+-[a-z2-7]{12})[a-z2-7]{14}/;
  let data;
  let offsets = [];
  let byId = null; // built when a link first names something: a Map, since ids are foreign words
  let around;

  /** Columns of few different words come as numbers into a list of words. */
  const column = (table, name) => {
    const values = table[name];
    if (values === undefined) return () => DEFAULTS[name] ?? null;
    if (values.codes) return (row) => values.words[values.codes[row]] ?? null;
    if (name === 'label') return (row) => (typeof values[row] === 'string' ? values[row] : (values[row] = labelInQuote(...values[row])));
    return (row) => values[row];
  };

  /** A claim's wording where a quote holds it: a capital letter and a full stop are added again. */
  const labelInQuote = (assertion, begin, end, flags) => {
    const words = quoteOf(api.assertion(assertion)).slice(begin, end);
    return (flags & 1 ? words.charAt(0).toUpperCase() + words.slice(1) : words) + (flags & 2 ? '.' : '');
  };

  const readers = new Map();
  const reader = (table, name) => {
    const key = `${table}.${name}`;
    if (!readers.has(key)) readers.set(key, column(data.tables[table], name));
    return readers.get(key);
  };

  /** What stands in a row of a table that is not a kind of thing: citations, ratings, links … */
  const cell = (table, row, name) => reader(table, name)(row);
  const rows = (table) => data.tables[table].rows;

  /** Items grouped by number, from pairs one after the other: `at(n)` lists the items that name n. */
  const grouped = (size, keys, items) => {
    const starts = new Uint32Array(size + 1);
    for (const key of keys) starts[key + 1] += 1;
    for (let key = 0; key < size; key += 1) starts[key + 1] += starts[key];
    const sorted = new Uint32Array(keys.length);
    const next = starts.slice(0, size);
    keys.forEach((key, at) => {
      sorted[next[key]++] = items[at];
    });
    return { at: (key) => sorted.subarray(starts[key], starts[key + 1]), count: (key) => starts[key + 1] - starts[key] };
  };

  const groups = new Map();
  const groupBy = (name, table, keysOf) => {
    if (!groups.has(name)) {
      const [keys, items] = [[], []];
      for (let row = 0; row < rows(table); row += 1) {
        for (const key of keysOf(row)) {
          if (key < 0) continue;
          keys.push(key);
          items.push(row);
        }
      }
      groups.set(name, grouped(api.size, keys, items));
    }
    return groups.get(name);
  };

  /** What a row names in some columns, each once. */
  const cells = (table, ...names) => (row) => names.map((name) => cell(table, row, name)).filter((value, at, all) => all.indexOf(value) === at);
  const api = {
    KINDS,
    size: 0,
    nodes: 0,
    cell,
    rows,
    edgeKinds: [],

    /** Take the data in; `data` is what data.py wrote. */
    load(loaded) {
      data = loaded;
      offsets = [0];
      for (const kind of KINDS) offsets.push(offsets[offsets.length - 1] + rows(`${kind}s`));
      api.size = offsets[5];
      api.nodes = offsets[4];
      api.edgeKinds = data.edges.kinds;
      api.start = data.start;
      api.story = data.story ?? null;
      if (data.edges.source_steps) {
        let at = 0;
        data.edges.source = data.edges.source_steps.map((step) => (at += step));
        delete data.edges.source_steps;
      }
      const { source, target } = data.edges;
      const numbers = source.map((_, edge) => edge);
      around = grouped(api.nodes, source.concat(target), numbers.concat(numbers));
    },

    kind: (ref) => KINDS[api.kindNumber(ref)],
    kindNumber(ref) {
      let number = 0;
      while (ref >= offsets[number + 1]) number += 1;
      return number;
    },
    from: (kind) => offsets[KINDS.indexOf(kind)],
    count: (kind) => rows(`${kind}s`),
    refs: (kind) => Array.from({ length: api.count(kind) }, (_, row) => api.from(kind) + row),
    has: (ref) => Number.isInteger(ref) && ref >= 0 && ref < api.size,

    /** A property of a thing. */
    get(ref, name) {
      const number = api.kindNumber(ref);
      return reader(`${KINDS[number]}s`, name)(ref - offsets[number]);
    },
    /** The identifier; large pages keep the first characters of keys, and name assertions by article and offsets. */
    id: (ref) => api.get(ref, 'id') ?? `${api.id(api.get(ref, 'article'))}#char=${api.get(ref, 'begin')},${api.get(ref, 'end')}`,
    refOf(id) {
      if (!byId) {
        byId = new Map();
        for (let ref = 0; ref < api.size; ref += 1) byId.set(api.id(ref), ref);
      }
      return byId.get(id) ?? byId.get(id.replace(LONG_KEY, '$1')) ?? -1;
    },

    /** What a thing is called: an assertion by the claim it puts forward. */
    name: (ref) => api.get(ref >= offsets[4] ? api.get(ref, 'claim') : ref, 'label'),

    /** Work out what the first click would have to wait for. */
    warm() {
      const node = 0;
      if (!api.nodes) return;
      for (const list of [api.saidBy, api.saidAbout, api.published, api.citations, api.mentions, api.ratings, api.assessments, api.links, api.notes]) list(node);
      if (api.count('article')) api.assertionsOf(api.from('article'));
      if (api.count('claim')) api.assertionsOf(api.from('claim'));
    },

    edges: (ref) => around.at(ref),
    degree: (ref) => (ref < api.nodes ? around.count(ref) : 0),
    edgeSource: (edge) => data.edges.source[edge],
    edgeTarget: (edge) => data.edges.target[edge],
    edgeKind: (edge) => data.edges.kinds[data.edges.kind[edge]],
    edgeKindNumber: (edge) => data.edges.kind[edge],
    edgeCount: () => data.edges.source.length,
    otherEnd: (edge, ref) => (data.edges.source[edge] === ref ? data.edges.target[edge] : data.edges.source[edge]),
    clusterOf: (ref) => data.cluster_of[ref],

    assertion: (row) => offsets[4] + row,
    assertionsOf(ref) {
      const name = api.kind(ref) === 'article' ? 'article' : 'claim';
      const found = groupBy(`assertions.${name}`, 'assertions', cells('assertions', name));
      return Array.from(found.at(ref), api.assertion);
    },
    saidBy(ref) {
      const sources = (row) => cell('assertions', row, 'chain').map((link) => link[0]).filter((value, at, all) => all.indexOf(value) === at);
      return Array.from(groupBy('assertions.chain', 'assertions', sources).at(ref), api.assertion);
    },
    saidAbout(ref) {
      const topics = (row) => cell('assertions', row, 'about');
      return Array.from(groupBy('assertions.about', 'assertions', topics).at(ref), api.assertion);
    },
    published: (ref) => Array.from(groupBy('articles.publisher', 'articles', cells('articles', 'publisher')).at(ref), (row) => offsets[1] + row),
    citations: (ref) => groupBy('citations', 'citations', cells('citations', 'article', 'target', 'via')).at(ref),
    mentions: (ref) => groupBy('mentions', 'mentions', cells('mentions', 'article', 'actor')).at(ref),
    ratings: (ref) => groupBy('ratings', 'ratings', cells('ratings', 'outlet')).at(ref),
    assessments: (ref) => groupBy('assessments', 'assessments', cells('assessments', 'target')).at(ref),
    links: (ref) => groupBy('links', 'links', cells('links', 'source', 'target')).at(ref),
    remarks: (ref) => groupBy('remarks', 'remarks', cells('remarks', 'target')).at(ref),
    circles: (ref) => groupBy('circles', 'circles', (row) => [...cell('circles', row, 'members'), ...cell('circles', row, 'claims')]).at(ref),
    notes: (ref) => groupBy('notes', 'notes', cells('notes', 'article')).at(ref),
  };
  return api;
})();

/** Read the data block: plain JSON, or gzip in base64. */
const readData = async () => {
  const block = find('#page-data');
  if (block.type === 'application/json') return JSON.parse(block.textContent);
  const bytes = Uint8Array.from(atob(block.textContent), (character) => character.charCodeAt(0));
  block.textContent = '';
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
};
