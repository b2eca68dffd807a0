// A scene as SVG: for taking away, for printing, and for looking at where the page comes without the drawing library.

const anchorX = (seat) => ({ start: seat.dx + 2, middle: seat.dx + seat.w / 2, end: seat.dx + seat.w - 2 })[seat.anchor];

/** Shares of a ring as arcs: the better rated, the thicker; unrated is dashed. */
const RING = { high: { width: 7 }, mixed: { width: 4.5 }, low: { width: 2 }, unrated: { width: 2, dash: [2, 3] } };

const ringArcs = (ring, r) => {
  const total = ring.reduce((sum, [, count]) => sum + count, 0);
  let at = -Math.PI / 2;
  return ring
    .filter(([, count]) => count > 0)
    .map(([band, count]) => {
      const start = at;
      at += (2 * Math.PI * count) / total;
      return { band, start, end: at, r, ...RING[band] };
    });
};

const arcPath = ({ start, end, r }) => {
  if (end - start > 2 * Math.PI - 0.001) return SHAPES.disc(r);
  const point = (angle) => `${(r * Math.cos(angle)).toFixed(2)} ${(r * Math.sin(angle)).toFixed(2)}`;
  return `M${point(start)}A${r} ${r} 0 ${end - start > Math.PI ? 1 : 0} 1 ${point(end)}`;
};

/** Where a line meets the edge of a mark. */
const edgePoint = (from, to, room) => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const reach = Math.min(1, room / length);
  return [to.x - (to.x - from.x) * reach, to.y - (to.y - from.y) * reach];
};

/** How far from its middle a mark reaches towards another: boxes are wider than high. */
const reachOf = (mark, from) => {
  if (!mark.box) return mark.r + 2;
  const [dx, dy] = [Math.abs(from.x - mark.x) || 0.01, Math.abs(from.y - mark.y) || 0.01];
  const length = Math.hypot(dx, dy);
  return Math.min((mark.box / 2) * (length / dx), 13 * (length / dy)) + 1;
};

const vectorLine = (line, byKey) => {
  const [from, to] = [byKey.get(line.from), byKey.get(line.to)];
  const [x2, y2] = edgePoint(from, to, reachOf(to, from));
  const [x1, y1] = edgePoint(to, from, reachOf(from, to));
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const head = (turn) => `${(x2 - 7 * Math.cos(angle + turn)).toFixed(1)} ${(y2 - 7 * Math.sin(angle + turn)).toFixed(1)}`;
  const paint = colour(line.colour);
  return [
    drawn('path', {
      d: `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`,
      fill: 'none',
      stroke: paint,
      'stroke-width': line.width,
      'stroke-dasharray': line.dash.join(' ') || null,
      'stroke-opacity': line.opacity,
    }),
    line.arrow ? drawn('path', { d: `M${x2.toFixed(1)} ${y2.toFixed(1)}L${head(0.45)}L${head(-0.45)}Z`, fill: paint, 'fill-opacity': line.opacity }) : null,
    line.glyph ? vectorGlyph(line.glyph, ...pointOn(from, to, line.glyphAt), paint) : null,
  ];
};

const vectorGlyph = (glyph, x, y, paint) =>
  drawn(
    'g',
    { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    drawn('circle', { r: GLYPH_RADIUS, fill: colour('ground'), stroke: paint, 'stroke-width': 1.5 }),
    drawn('text', { y: 4, 'text-anchor': 'middle', 'font-size': 11, 'font-weight': 700, fill: paint }, glyph),
  );

const vectorMark = (mark) => {
  const paint = colour(mark.colour);
  const ground = colour('ground');
  if (mark.box) {
    return [
      drawn('rect', { x: -mark.box / 2, y: -13, width: mark.box, height: 26, rx: 13, fill: ground, stroke: paint, 'stroke-width': 1.5, 'stroke-dasharray': '3 3' }),
      drawn('text', { y: 4.5, 'text-anchor': 'middle', fill: colour('text') }, mark.label),
    ];
  }
  return [
    drawn('path', { class: 'halo', visibility: mark.current ? 'visible' : 'hidden', d: SHAPES[mark.shape](mark.r + 5), fill: 'none', stroke: colour('text'), 'stroke-width': 2 }),
    drawn('path', { d: SHAPES[mark.shape](mark.r), fill: mark.fill ? colour(mark.fill) : mark.filled ? paint : ground, stroke: paint, 'stroke-width': mark.filled ? 1.5 : 2.5, 'stroke-dasharray': mark.dashed ? '4 3' : null }),
    mark.hatched ? drawn('path', { d: HATCH(mark.r), fill: 'none', stroke: paint, 'stroke-width': 1.5 }) : null,
    mark.ring
      ? ringArcs(mark.ring, mark.r + 5).map((arc) => drawn('path', { d: arcPath(arc), fill: 'none', stroke: colour(arc.band === 'unrated' ? 'muted' : 'outlet'), 'stroke-width': arc.width, 'stroke-dasharray': arc.dash ? arc.dash.join(' ') : null }))
      : null,
  ];
};

const vectorLabel = (mark) => {
  const { seat } = mark;
  if (!seat) return null;
  return [
    drawn('rect', { class: 'words', x: seat.dx, y: seat.dy, width: seat.w, height: seat.h, fill: colour('ground'), 'fill-opacity': 0.85 }),
    seat.rows.map((row, at) =>
      drawn('text', { class: 'words', x: anchorX(seat), y: seat.dy + 13 + at * LINE_HEIGHT, 'text-anchor': seat.anchor, 'font-weight': mark.bold ? 700 : 400, fill: colour('text') }, row),
    ),
  ];
};

/** A scene as an SVG element; `act` makes its marks buttons. */
const vectorScene = (scene, act = null) => {
  const { width, height, marks, lines } = scene;
  const byKey = new Map(marks.map((mark) => [mark.key, mark]));
  const group = (mark) =>
    drawn(
      'g',
      {
        transform: `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`,
        ...(act ? { role: 'button', tabindex: 0, 'aria-label': `${mark.spoken}: ${mark.label}`, 'data-key': mark.key, class: mark.faded ? 'mark faded' : 'mark', on: act(mark) } : {}),
      },
      vectorMark(mark),
      vectorLabel(mark),
    );
  return drawn(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `${-width / 2} ${-height / 2} ${width} ${height}`,
      width,
      height,
      'font-family': FONT,
      'font-size': LABEL_SIZE,
      role: act ? 'group' : 'img',
      'aria-label': scene.caption,
    },
    drawn('rect', { x: -width / 2, y: -height / 2, width, height, fill: colour('ground') }),
    lines.map((line) => vectorLine(line, byKey)),
    marks.map(group),
  );
};
