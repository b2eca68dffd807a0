// Lists of what a thing is linked to; each entry is a button that leads there.

const LONGEST_LIST = 50;

/** An entry: the thing's name and what kind of thing it is; assertions are shown by their words and their place. */
const entryWords = (ref, detail, isPlaced) => {
  const kind = graph.kind(ref);
  const meta = [];
  if (kind === 'assertion' && isPlaced && graph.count('article') > 1) meta.push(foreign(placeOf(ref)));
  if (kind === 'outlet') meta.push(sayValue('band', graph.get(ref, 'band')));
  if (kind === 'article' && graph.get(ref, 'published')) meta.push(clean(graph.get(ref, 'published')));
  if (detail) meta.push(detail);
  const name = kind === 'assertion' ? `“${cut(quoteOf(ref), 160)}”` : graph.name(ref);
  return [foreign(name), meta.length ? element('span', { class: 'meta' }, meta.flatMap((one, at) => (at ? [' · ', one] : [one]))) : null];
};

/** A titled list of things; a list too long ends with how many more there are and the way to the table. */
const relation = (title, refs, { detail = null, kind = null, isPlaced = true } = {}) => {
  const unique = [...new Set(refs)];
  if (!unique.length) return null;
  const entry = (ref) => element('li', {}, button(entryWords(ref, detail?.(ref), isPlaced), () => openThing(ref, { focusPanel: true }), { class: 'linkish' }));
  const more = unique.length - LONGEST_LIST;
  const tableKind = kind ?? graph.kind(unique[0]);
  return [
    element('h3', {}, say(title)),
    element(
      'ul',
      { class: 'relations' },
      unique.slice(0, LONGEST_LIST).map(entry),
      more > 0 ? element('li', {}, button(say('and_more', { n: more }), () => go({ view: 'table', tableKind }), { class: 'linkish more' })) : null,
    ),
  ];
};

/** Things at the other end of edges of one kind; `way` is 'out', 'in' or 'both'. */
const joined = (ref, kind, way) =>
  Array.from(graph.edges(ref))
    .filter((edge) => graph.edgeKind(edge) === kind && (way === 'both' || (way === 'out') === (graph.edgeSource(edge) === ref)))
    .map((edge) => graph.otherEnd(edge, ref))
    .sort((a, b) => graph.degree(b) - graph.degree(a) || a - b);

const ofKind = (refs, kind) => refs.filter((ref) => graph.kind(ref) === kind);

/** How an article cites an outlet: in its list of sources, by link, by name. */
const citationDetail = (ref, other) => {
  const rows = Array.from(graph.citations(ref)).filter((row) => graph.cell('citations', row, 'article') === other || graph.cell('citations', row, 'target') === other);
  const kinds = [...new Set(rows.map((row) => sayValue('citation', graph.cell('citations', row, 'kind'))))];
  if (rows.some((row) => graph.cell('citations', row, 'is_guess'))) kinds.push(say('why_guess'));
  return kinds.join(', ') || null;
};

/** How it is known that two things are linked, and how sure that is. */
const linkDetail = (ref, other, name) => {
  const found = linked(ref, name).find(([end]) => end === other);
  return found ? how(found[2]) || null : null;
};

const mentionDetail = (ref, other) => {
  const row = Array.from(graph.mentions(ref)).find((one) => graph.cell('mentions', one, 'article') === other || graph.cell('mentions', one, 'actor') === other);
  return row === undefined ? null : say('mentioned_times', { n: graph.cell('mentions', row, 'count') });
};

/** Actors of an article or articles of an actor, the most often mentioned first. */
const mentioned = (ref, end) =>
  Array.from(graph.mentions(ref))
    .sort((a, b) => graph.cell('mentions', b, 'count') - graph.cell('mentions', a, 'count') || a - b)
    .map((row) => graph.cell('mentions', row, end));
