// Which labels are shown and where: no label on a mark, on another label or off the edge; the lesser one gives way.

const LABEL_SIZE = 13;
const LINE_HEIGHT = 16;
const FONT = 'system-ui, sans-serif';

const measure = (() => {
  const context = document.createElement('canvas').getContext('2d');
  return (text, size = LABEL_SIZE, weight = 400) => {
    context.font = `${weight} ${size}px ${FONT}`;
    return context.measureText(text).width;
  };
})();

/** Break a label into at most `most` lines of at most `width` pixels; what does not fit ends in an ellipsis. */
const breakLabel = (text, width, most = 3) => {
  const lines = [];
  let line = '';
  const shorten = (words) => {
    let kept = words;
    while (kept.length > 1 && measure(`${kept}…`) > width) kept = kept.slice(0, -1).replace(/[\ud800-\udbff]$/, '');
    return kept === words ? words : `${kept.trimEnd()}…`;
  };
  const words = clean(text).split(/\s+/).filter(Boolean);
  for (let at = 0; at < words.length; at += 1) {
    const longer = line ? `${line} ${words[at]}` : words[at];
    if (measure(longer) <= width) {
      line = longer;
    } else if (lines.length + 1 === most) {
      lines.push(shorten(`${line ? `${line} ` : ''}${words.slice(at).join(' ')}`));
      return lines;
    } else {
      if (line) lines.push(line);
      line = shorten(words[at]);
    }
  }
  if (line) lines.push(line);
  return lines;
};

const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** How much of a segment lies in a box, roughly: the share of nine points on it. */
const crossing = (box, x1, y1, x2, y2) => {
  if (Math.max(x1, x2) < box.x || Math.min(x1, x2) > box.x + box.w || Math.max(y1, y2) < box.y || Math.min(y1, y2) > box.y + box.h) return 0;
  let inside = 0;
  for (let at = 0; at <= 8; at += 1) {
    const [x, y] = [x1 + ((x2 - x1) * at) / 8, y1 + ((y2 - y1) * at) / 8];
    if (x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h) inside += 1;
  }
  return 0.3 + inside;
};

/** How far a mark reaches from its middle, its ring included. */
const reachAround = (mark) => mark.r + (mark.ring ? 9 : 0);

/** Boxes a label of a mark may take, best first. */
const seats = (mark, w, h) => {
  const gap = reachAround(mark) + 4;
  const [cx, cy] = [mark.x - w / 2, mark.y - h / 2];
  return [
    { x: cx, y: mark.y + gap, anchor: 'middle' },
    { x: mark.x + gap + 2, y: cy, anchor: 'start' },
    { x: mark.x - gap - 2 - w, y: cy, anchor: 'end' },
    { x: cx, y: mark.y - gap - h, anchor: 'middle' },
    { x: mark.x + gap * 0.8, y: mark.y + gap * 0.7, anchor: 'start' },
    { x: mark.x - gap * 0.8 - w, y: mark.y + gap * 0.7, anchor: 'end' },
    { x: mark.x + gap * 0.8, y: mark.y - gap * 0.7 - h, anchor: 'start' },
    { x: mark.x - gap * 0.8 - w, y: mark.y - gap * 0.7 - h, anchor: 'end' },
  ].map((seat, rank) => ({ ...seat, w, h, rank }));
};

const GLYPH_RADIUS = 8;

/** A point on a line between two marks. */
const pointOn = (a, b, at) => [a.x + (b.x - a.x) * at, a.y + (b.y - a.y) * at];

/** Put the glyph of each line where it covers no mark and no other glyph, as near its middle as can be; returns their boxes. */
const placeGlyphs = (lines, byKey, taken) => {
  const boxes = [];
  for (const line of lines) {
    if (!line.glyph) continue;
    const [a, b] = [byKey.get(line.from), byKey.get(line.to)];
    const boxAt = (at) => {
      const [x, y] = pointOn(a, b, at);
      return { x: x - GLYPH_RADIUS - 1, y: y - GLYPH_RADIUS - 1, w: 2 * GLYPH_RADIUS + 2, h: 2 * GLYPH_RADIUS + 2 };
    };
    const isFree = (at) => ![...taken, ...boxes].some((other) => overlaps(boxAt(at), other));
    line.glyphAt = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].find(isFree) ?? 0.5;
    boxes.push(boxAt(line.glyphAt));
  }
  return boxes;
};

/** Give each mark of a scene a `seat` for its label (relative to the mark), or none; heavy marks choose first. */
const placeLabels = (scene) => {
  const { marks, lines, width, height } = scene;
  const byKey = new Map(marks.map((mark) => [mark.key, mark]));
  const segments = lines.map((line) => [byKey.get(line.from), byKey.get(line.to)]);
  const taken = marks.map((mark) => {
    const reach = reachAround(mark) + 2;
    return { x: mark.x - reach, y: mark.y - reach, w: 2 * reach, h: 2 * reach };
  });
  for (const mark of marks) if (mark.box) taken.push({ x: mark.x - mark.box / 2 - 2, y: mark.y - 15, w: mark.box + 4, h: 30 });
  taken.push(...placeGlyphs(lines, byKey, taken));
  const few = marks.length <= 24 ? [[190, 5], [150, 5]] : [];
  const widths = width < 500 ? [[120, 4], [110, 3], [90, 2]] : [...few, [160, 3], [120, 2], [90, 1]];
  const cost = (box, mark) => segments.reduce((sum, [a, b]) => sum + (a === mark || b === mark ? 0.6 : 1) * crossing(box, a.x, a.y, b.x, b.y), box.rank * 0.25);
  /** The rows a label may have, the fullest first; where there is little room, what stands under a name shrinks to its sign. */
  const forms = (mark) => {
    const sub = mark.sub ?? [];
    const short = sub.length && sub[0].includes(' ') ? [110, 72].map((room) => breakLabel(`${sub[0].split(' ')[0]} ${mark.label}`, room, 1)) : [];
    return widths.map(([room, most]) => breakLabel(mark.label, room, most).concat(sub)).concat(short);
  };
  for (const mark of [...marks].sort((a, b) => b.weight - a.weight)) {
    mark.seat = null;
    if (mark.box || !mark.label) continue;
    for (const rows of forms(mark)) {
      const w = rows.reduce((wide, row) => Math.max(wide, measure(row, LABEL_SIZE, mark.bold ? 700 : 400)), 0) + 4;
      const h = rows.length * LINE_HEIGHT + 2;
      const free = seats(mark, w, h).filter(
        (box) => box.x >= -width / 2 && box.x + w <= width / 2 && box.y >= -height / 2 && box.y + h <= height / 2 && !taken.some((other) => overlaps(box, other)),
      );
      if (!free.length) continue;
      const best = free.reduce((low, box) => {
        box.cost = cost(box, mark);
        return !low || box.cost < low.cost ? box : low;
      }, null);
      taken.push(best);
      mark.seat = { dx: best.x - mark.x, dy: best.y - mark.y, w, h, anchor: best.anchor, rows };
      break;
    }
  }
};
