// The lines of the board: arcs between cards on the left, curves to actors on the right.

const curves = (() => {
  const boxIn = (item, frame) => {
    const [box, outer] = [item.getBoundingClientRect(), frame.getBoundingClientRect()];
    return { left: box.left - outer.left + frame.scrollLeft, right: box.right - outer.left + frame.scrollLeft, y: box.top - outer.top + frame.scrollTop + box.height / 2 };
  };

  const arc = (from, to, lane) => {
    const reach = 14 + 9 * (lane % 5);
    return `M${from.left} ${from.y}C${from.left - reach} ${from.y} ${to.left - reach} ${to.y} ${to.left - 2} ${to.y}`;
  };

  const curve = (from, to) => {
    const middle = (from.right + to.left) / 2;
    return `M${from.right} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.left} ${to.y}`;
  };

  const path = ({ from, to, kind }, cards, frame, lane) => {
    const [start, end] = [boxIn(cards.get(from), frame), boxIn(cards.get(to), frame)];
    const isArc = graph.kind(from) === 'assertion' && graph.kind(to) === 'assertion';
    const look = lineLook(kind);
    const line = drawn('path', { d: isArc ? arc(start, end, lane) : curve(start, end), class: `curve ${kind} ${look.colour}`, 'stroke-width': look.width, 'stroke-dasharray': look.dash.join(' ') || null });
    line.dataset.from = from;
    line.dataset.to = to;
    return line;
  };

  return {
    /** Draw `lines` [{from, to, kind}] between `cards` (ref → element) into `svg`, which covers `frame`. */
    draw(svg, lines, cards, frame) {
      svg.setAttribute('width', frame.scrollWidth);
      svg.setAttribute('height', frame.scrollHeight);
      svg.replaceChildren(...lines.map((line, lane) => path(line, cards, frame, lane)));
    },
    /** Bring out the lines of one thing; returns what they join it to. */
    bringOut(svg, ref) {
      const near = new Set();
      for (const line of svg.children) {
        const ends = [Number(line.dataset.from), Number(line.dataset.to)];
        const isNear = ends.includes(ref);
        line.classList.toggle('on', isNear);
        line.classList.toggle('off', ref >= 0 && !isNear);
        if (isNear) ends.forEach((end) => near.add(end));
      }
      return near;
    },
  };
})();
