// The words themselves: a stretch of an article's text with spans marked in it.

/** An offset in code points as an offset in UTF-16 units: characters outside the basic plane count twice. */
const toUtf16 = (offset, astral) => {
  let [low, high] = [0, astral.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (astral[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return offset + low;
};

/** The words of an article from `begin` to `end` (code points), or null where the page does not hold them. */
const wordsAt = (article, begin, end) => {
  const part = partAround(article, begin, end);
  return part && part.text.slice(part.at(begin), part.at(end));
};

/** The part of the text that holds a span, with a way to turn code points into places in it. */
const partAround = (article, begin, end) => {
  const astral = graph.get(article, 'astral');
  for (const [start, text] of graph.get(article, 'parts')) {
    const base = toUtf16(start, astral);
    const at = (offset) => toUtf16(offset, astral) - base;
    if (start <= begin && at(end) <= text.length) return { text, at, start };
  }
  return null;
};

const SENTENCE_END = /[.!?…]["'”’)\]]{0,3}\s|\n/g;

/** Where the sentences that hold `begin`–`end` (UTF-16 units) begin and end in `text`. */
const sentenceAround = (text, begin, end) => {
  let [from, to] = [0, text.length];
  for (const { index, 0: mark } of text.matchAll(SENTENCE_END)) {
    const boundary = index + mark.length;
    if (boundary <= begin) from = boundary;
    else if (boundary >= end && index + mark.trimEnd().length >= end) {
      to = index + mark.trimEnd().length;
      break;
    }
  }
  return [from, to];
};

/** Marks sorted for drawing: outer before inner; what would cross another is dropped. */
const nested = (marks) => {
  const kept = [];
  for (const mark of [...marks].sort((a, b) => a.begin - b.begin || b.end - a.end)) {
    const crosses = kept.some((other) => mark.begin < other.end && other.end < mark.end);
    if (!crosses && mark.begin < mark.end) kept.push(mark);
  }
  return kept;
};

const drawMarked = (text, marks, from, to) => {
  const nodes = [];
  let at = from;
  for (let next = 0; next < marks.length; next += 1) {
    const mark = marks[next];
    if (mark.begin < at || mark.end > to) continue;
    if (mark.begin > at) nodes.push(clean(text.slice(at, mark.begin)));
    const inner = [];
    while (next + 1 < marks.length && marks[next + 1].begin < mark.end) inner.push(marks[(next += 1)]);
    nodes.push(element(mark.tag, { class: mark.class, id: mark.id, tabindex: mark.id ? '-1' : null }, drawMarked(text, inner, mark.begin, mark.end)));
    at = mark.end;
  }
  if (at < to) nodes.push(clean(text.slice(at, to)));
  return nodes;
};

/**
 * The sentence around a span, the span in <mark>, other marks inside and beside it.
 * `marks`: [{range: [begin, end], tag, class, id}], in code points.
 */
const quotation = (article, begin, end, { marks = [], quote = null } = {}) => {
  const part = quote === null ? partAround(article, begin, end) : null;
  const block = (nodes) => element('blockquote', { 'aria-label': say('quote_label') }, element('bdi', {}, nodes));
  if (!part) return quote === null ? null : block([element('mark', {}, clean(quote))]);
  const places = [
    { begin: part.at(begin), end: part.at(end), tag: 'mark', class: 'span', id: marks.length ? 'evidence-span' : null },
    ...marks
      .filter((mark) => mark.range[0] >= part.start)
      .map((mark) => ({ ...mark, begin: part.at(mark.range[0]), end: part.at(mark.range[1]) })),
  ].filter((mark) => mark.end <= part.text.length);
  const inPlay = nested(places);
  const outer = inPlay.reduce(([low, high], mark) => [Math.min(low, mark.begin), Math.max(high, mark.end)], [Infinity, 0]);
  const [from, to] = sentenceAround(part.text, outer[0], outer[1]);
  return block(drawMarked(part.text, inPlay, from, to));
};

/** The quote of an assertion: from the article's text, or as it was stored where the page holds no text. */
const quoteOf = (assertion) =>
  graph.get(assertion, 'quote') ?? wordsAt(graph.get(assertion, 'article'), graph.get(assertion, 'begin'), graph.get(assertion, 'end')) ?? '';
