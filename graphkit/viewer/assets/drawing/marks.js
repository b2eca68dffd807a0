// How things look: a shape for each kind, a line for each relation; the same paths for canvas, SVG and legend.

const MARK_COLOURS = { outlet: 'outlet', article: 'article', claim: 'claim', actor: 'actor' };

/** Paths around (0, 0); `r` is the radius of the circle that a mark fills. */
const SHAPES = {
  square: (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  disc: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  diamond: (r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`,
  hexagon: (r) => `M${-r} 0L${-r / 2} ${-0.87 * r}H${r / 2}L${r} 0L${r / 2} ${0.87 * r}H${-r / 2}Z`,
};

/** Lines across a square: a rating that was estimated, not given. */
const HATCH = (r) => `M${-r} 0L0 ${-r}M${-r} ${r}L${r} ${-r}M0 ${r}L${r} 0`;

/** Lines of each relation; `glyph` stands on the middle of the line, so that colour and dash never say it alone. */
const LINES = {
  publishes: { colour: 'outlet', width: 2, dash: [] },
  cites: { colour: 'muted', width: 1.5, dash: [2, 4] },
  asserts: { colour: 'muted', width: 1.2, dash: [] },
  says: { colour: 'actor', width: 2.2, dash: [] },
  about: { colour: 'muted', width: 1, dash: [] },
  mentions: { colour: 'muted', width: 1, dash: [1, 3] },
  supports: { colour: 'support', width: 3, dash: [], glyph: '+' },
  contradicts: { colour: 'conflict', width: 3, dash: [8, 5], glyph: '✕' },
  derivedFrom: { colour: 'article', width: 2.5, dash: [10, 3, 2, 3], glyph: '←' },
  sameClaim: { colour: 'claim', width: 2.5, dash: [], glyph: '=' },
  sharesText: { colour: 'article', width: 2, dash: [5, 4], glyph: '≈' },
};

/** The look of a relation; one that we do not know looks like the plainest.  Its name is a foreign word: never a bare key. */
const lineLook = (kind) => (Object.hasOwn(LINES, kind) ? LINES[kind] : LINES.about);

const isHedged = (claim) => {
  const told = graph.assertionsOf(claim);
  return told.length > 0 && told.every((ref) => ['possible', 'probable'].includes(graph.get(ref, 'certainty')));
};

/** The look of a node. */
const markOf = (ref) => {
  const kind = graph.kind(ref);
  const grown = Math.sqrt(graph.degree(ref));
  const look = { colour: MARK_COLOURS[kind], filled: true, dashed: false, shape: 'disc', r: 8 + Math.min(10, grown) };
  if (kind === 'outlet') {
    const hatched = Array.from(graph.assessments(ref)).some((row) => graph.cell('assessments', row, 'is_estimate'));
    return { ...look, shape: 'square', filled: !hatched, hatched, r: 8 + Math.min(8, grown * 0.8) };
  }
  if (kind === 'article') return { ...look, shape: 'square', filled: false, r: 9 };
  if (kind === 'claim') return { ...look, shape: 'diamond', filled: false, dashed: isHedged(ref) || graph.get(ref, 'support') === 'opinion', r: 9 + Math.min(5, grown * 0.6) };
  const actor = graph.get(ref, 'kind');
  if (actor === 'country') return { ...look, shape: 'hexagon' };
  if (actor === 'unnamed') return { ...look, filled: false, dashed: true };
  return look;
};

const legendShape = new Map([
  ['outlet', ['square', true]],
  ['article', ['square', false]],
  ['claim', ['diamond', false]],
  ['country', ['hexagon', true]],
  ['unnamed', ['disc', false]],
]);

/** A mark for the legend; told by shape first, by colour second. */
const legendMark = (name, kind) => {
  const [shape, filled] = legendShape.get(name) ?? ['disc', true];
  return drawn(
    'svg',
    { class: `sign ${kind}`, viewBox: '-10 -10 20 20', width: 18, height: 18, 'aria-hidden': 'true' },
    drawn('path', { d: SHAPES[shape](shape === 'diamond' ? 8.5 : 7), class: filled ? 'filled' : 'hollow', 'stroke-dasharray': name === 'unnamed' ? '3 2' : null }),
  );
};

const legendLine = (kind) => {
  const { colour: name, width, dash, glyph } = lineLook(kind);
  return drawn(
    'svg',
    { class: `sign line ${name}`, viewBox: '0 0 34 14', width: 34, height: 14, 'aria-hidden': 'true' },
    drawn('path', { d: 'M1 7H33', 'stroke-width': width, 'stroke-dasharray': dash.join(' ') || null }),
    glyph ? drawn('text', { x: 17, y: 11, 'text-anchor': 'middle' }, glyph) : null,
  );
};
