// Any part of the page as an SVG drawing: its boxes, borders and lines of text where the browser put them.

/** Boxes with a ground or a border of their own, drawn as they are. */
const paintBox = (item, at) => {
  const style = getComputedStyle(item);
  const box = item.getBoundingClientRect();
  if (!box.width || !box.height || style.visibility === 'hidden') return null;
  const [x, y] = at(box);
  const border = parseFloat(style.borderTopWidth);
  const ground = style.backgroundColor === 'rgba(0, 0, 0, 0)' ? 'none' : style.backgroundColor;
  const hasBorder = border > 0 && style.borderTopStyle !== 'none';
  const left = parseFloat(style.borderLeftWidth);
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
  const parts = [];
  if (ground !== 'none' || hasBorder) {
    const inset = hasBorder ? border / 2 : 0;
    parts.push(
      drawn('rect', {
        x: x + inset,
        y: y + inset,
        width: Math.max(0, box.width - 2 * inset),
        height: Math.max(0, box.height - 2 * inset),
        rx: radius,
        fill: ground,
        stroke: hasBorder ? style.borderTopColor : 'none',
        'stroke-width': border,
        'stroke-dasharray': style.borderTopStyle === 'dashed' ? '5 3' : null,
      }),
    );
  }
  if (left > border + 1) parts.push(drawn('rect', { x, y, width: left, height: box.height, fill: style.borderLeftColor }));
  return parts;
};

/** A text node, line by line: the browser's own line breaks, found by the places of its characters. */
const paintText = (node, at) => {
  const style = getComputedStyle(node.parentElement);
  if (style.visibility === 'hidden') return [];
  const range = document.createRange();
  const text = node.data;
  const size = parseFloat(style.fontSize);
  const shown = style.textTransform === 'uppercase' ? (words) => words.toUpperCase() : (words) => words;
  const lines = [];
  let start = 0;
  let top = null;
  const flush = (end) => {
    const words = text.slice(start, end).replace(/\s+/g, ' ');
    if (!words.trim()) return;
    range.setStart(node, start);
    range.setEnd(node, end);
    const box = range.getClientRects()[0];
    if (!box || !box.width) return;
    const [x, y] = at(box);
    lines.push(
      drawn('text', { x, y: y + box.height / 2 + size * 0.35, 'font-size': size, 'font-weight': style.fontWeight, fill: style.color, 'text-decoration': style.textDecorationLine === 'none' ? null : style.textDecorationLine, 'letter-spacing': style.letterSpacing === 'normal' ? null : style.letterSpacing }, shown(words.trim())),
    );
  };
  for (let place = 0; place < text.length; place += 1) {
    if (/\s/.test(text[place])) continue;
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    const box = range.getClientRects()[0];
    if (!box) continue;
    if (top !== null && Math.abs(box.top - top) > size * 0.6) {
      flush(place);
      start = place;
    }
    top = box.top;
  }
  flush(text.length);
  return lines;
};

/** Drawings in the page keep their own paths, with the colours the style sheet gives them. */
const paintDrawing = (svg, at) => {
  const [x, y] = at(svg.getBoundingClientRect());
  const group = drawn('g', { transform: `translate(${x} ${y})` });
  for (const path of svg.querySelectorAll('path,rect,circle')) {
    const style = getComputedStyle(path);
    const copy = path.cloneNode(false);
    copy.removeAttribute('class');
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'fill-opacity']) copy.setAttribute(name, style.getPropertyValue(name));
    group.append(copy);
  }
  return group;
};

/** The whole of an element, scrolled-away parts too, as a stand-alone SVG. */
const paintElement = (root) => {
  const outer = root.getBoundingClientRect();
  const [width, height] = [Math.max(root.scrollWidth, Math.round(outer.width)), Math.max(root.scrollHeight, Math.round(outer.height))];
  const at = (box) => [box.left - outer.left + root.scrollLeft, box.top - outer.top + root.scrollTop];
  const parts = [drawn('rect', { width, height, fill: colour('ground') })];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(...paintText(node, at));
    else if (node instanceof SVGSVGElement) parts.push(paintDrawing(node, at));
    else if (node instanceof HTMLElement && getComputedStyle(node).display !== 'none' && !node.classList.contains('unseen')) {
      parts.push(...(paintBox(node, at) ?? []));
      node.childNodes.forEach(walk);
    }
  };
  root.childNodes.forEach(walk);
  return drawn('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': FONT, role: 'img' }, parts);
};
