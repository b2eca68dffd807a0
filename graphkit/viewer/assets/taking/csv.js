// Tables as CSV: quoted, and with nothing in them that a spreadsheet would run.

const FORMULA_START = /^[\s\ufeff\u00a0]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A cell: numbers stay numbers, text that would start a formula gets an apostrophe before it. */
const csvCell = (value) => {
  if (typeof value === 'number') return String(value);
  const text = String(value ?? '');
  return `"${(FORMULA_START.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
};

const csvOf = (rows) => rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';

/** Assertions with all that makes them evidence. */
const assertionSheet = (refs) => {
  const columns = tables.COLUMNS.assertion;
  return [['id', ...columns.map(([name]) => say(`column_${name}`)), say('column_url')], ...refs.map((ref) => [graph.id(ref), ...columns.map(([, value]) => value(ref)), graph.get(graph.get(ref, 'article'), 'url') ?? ''])];
};

/** What a drawing shows: each line, and the evidence of each claim at its ends. */
const edgeSheet = (scene) => {
  const refs = new Set(scene.marks.map((mark) => mark.ref).filter((ref) => ref >= 0));
  const rows = [];
  for (const ref of refs) {
    for (const edge of graph.edges(ref)) {
      const other = graph.edgeTarget(edge);
      if (graph.edgeSource(edge) !== ref || !refs.has(other)) continue;
      const claim = [ref, other].find((end) => graph.kind(end) === 'claim');
      const quotes = claim === undefined ? '' : graph.assertionsOf(claim).slice(0, 5).map(quoteOf).join(' | ');
      rows.push([graph.id(ref), graph.name(ref), sayValue('edge', graph.edgeKind(edge)), graph.id(other), graph.name(other), quotes]);
    }
  }
  return [['id', say('column_source'), say('column_relation'), 'id', say('column_target'), say('column_quote')], ...rows];
};

const clusterSheet = (clusters) => [
  [say('column_label'), say('map_title'), ...['high', 'mixed', 'low', 'unrated'].map((band) => sayValue('band', band))],
  ...clusters.map((one) => [map.nameOf(one), one.members, ...['high', 'mixed', 'low', 'unrated'].map((band) => one.bands.get(band) ?? 0)]),
];
