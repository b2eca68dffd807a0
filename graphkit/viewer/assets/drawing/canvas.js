// A scene on the canvas of vis-network; where the page comes without it, the same scene as SVG.

const stage = (() => {
  const hasLibrary = typeof vis !== 'undefined';
  const paths = new Map();
  let network = null;
  let scene = null;
  let handlers = null;
  let hovered = null;

  const path = (shape, r) => {
    const key = `${shape} ${r.toFixed(1)}`;
    if (!paths.has(key)) paths.set(key, new Path2D(SHAPES[shape](r)));
    return paths.get(key);
  };

  const hatch = (r) => {
    const key = `hatch ${r.toFixed(1)}`;
    if (!paths.has(key)) paths.set(key, new Path2D(HATCH(r)));
    return paths.get(key);
  };

  const paints = new Map();
  const paint = (name) => {
    if (!paints.has(name)) paints.set(name, colour(name));
    return paints.get(name);
  };

  const drawRing = (context, mark) => {
    for (const arc of ringArcs(mark.ring, mark.r + 5)) {
      context.beginPath();
      context.arc(0, 0, arc.r, arc.start, arc.end);
      context.strokeStyle = paint(arc.band === 'unrated' ? 'muted' : 'outlet');
      context.lineWidth = arc.width;
      context.setLineDash(arc.dash ?? []);
      context.stroke();
    }
    context.setLineDash([]);
  };

  const drawBox = (context, mark) => {
    context.beginPath();
    context.roundRect(-mark.box / 2, -13, mark.box, 26, 13);
    context.fillStyle = paint('ground');
    context.fill();
    context.strokeStyle = paint(mark.colour);
    context.lineWidth = 1.5;
    context.setLineDash([3, 3]);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = paint('text');
    context.textAlign = 'center';
    context.fillText(mark.label, 0, 4.5);
  };

  const drawMark = (context, mark) => {
    context.font = `400 ${LABEL_SIZE}px ${FONT}`;
    if (mark.box) return drawBox(context, mark);
    if (mark.current || mark.key === hovered) {
      context.strokeStyle = paint('text');
      context.lineWidth = 2;
      context.stroke(path(mark.shape, mark.r + 5));
    }
    const shape = path(mark.shape, mark.r);
    if (mark.faded) context.globalAlpha = 0.3;
    context.fillStyle = paint(mark.fill ?? (mark.filled ? mark.colour : 'ground'));
    context.fill(shape);
    context.strokeStyle = paint(mark.colour);
    context.lineWidth = mark.filled ? 1.5 : 2.5;
    context.setLineDash(mark.dashed ? [4, 3] : []);
    context.stroke(shape);
    context.setLineDash([]);
    if (mark.hatched) context.stroke(hatch(mark.r));
    if (mark.ring) drawRing(context, mark);
    return undefined;
  };

  const drawLabel = (context, mark, seat) => {
    context.globalAlpha = 0.85;
    context.fillStyle = paint('ground');
    context.fillRect(mark.x + seat.dx, mark.y + seat.dy, seat.w, seat.h);
    context.globalAlpha = 1;
    context.fillStyle = paint('text');
    context.font = `${mark.bold ? 700 : 400} ${LABEL_SIZE}px ${FONT}`;
    context.textAlign = { start: 'left', middle: 'center', end: 'right' }[seat.anchor];
    seat.rows.forEach((row, at) => context.fillText(row, mark.x + anchorX(seat), mark.y + seat.dy + 13 + at * LINE_HEIGHT));
  };

  const drawGlyph = (context, line, byKey) => {
    const [from, to] = [byKey.get(line.from), byKey.get(line.to)];
    const [x, y] = pointOn(from, to, line.glyphAt);
    context.beginPath();
    context.arc(x, y, GLYPH_RADIUS, 0, 2 * Math.PI);
    context.fillStyle = paint('ground');
    context.fill();
    context.strokeStyle = paint(line.colour);
    context.lineWidth = 1.5;
    context.stroke();
    context.fillStyle = paint(line.colour);
    context.font = `700 11px ${FONT}`;
    context.textAlign = 'center';
    context.fillText(line.glyph, x, y + 4);
  };

  /** Labels and glyphs are drawn by the page after the library drew lines and marks. */
  const drawWords = (context) => {
    if (!scene) return;
    const places = network.getPositions();
    for (const mark of scene.marks) Object.assign(mark, places[mark.key]);
    const byKey = new Map(scene.marks.map((mark) => [mark.key, mark]));
    for (const line of scene.lines) if (line.glyph) drawGlyph(context, line, byKey);
    for (const mark of scene.marks) if (mark.seat) drawLabel(context, mark, mark.seat);
    const over = byKey.get(hovered);
    if (over && !over.seat && !over.box) {
      const rows = breakLabel(over.label, 220, 3);
      const w = rows.reduce((wide, row) => Math.max(wide, measure(row)), 0) + 4;
      drawLabel(context, over, { dx: -w / 2, dy: over.r + 4, w, h: rows.length * LINE_HEIGHT + 2, anchor: 'middle', rows });
    }
  };

  const nodeOf = (mark) => ({
    id: mark.key,
    x: mark.x,
    y: mark.y,
    shape: 'custom',
    ctxRenderer: ({ ctx, x, y }) => ({
      drawNode() {
        ctx.save();
        ctx.translate(x, y);
        drawMark(ctx, mark);
        ctx.restore();
      },
      nodeDimensions: mark.box ? { width: mark.box, height: 26 } : { width: 2 * mark.r, height: 2 * mark.r },
    }),
  });

  const edgeOf = (line, at) => ({
    id: `line ${at}`,
    from: line.from,
    to: line.to,
    width: line.width,
    dashes: line.dash.length ? line.dash : false,
    smooth: false,
    chosen: false,
    color: { color: paint(line.colour), opacity: line.opacity, inherit: false },
    arrows: line.arrow ? { to: { enabled: true, scaleFactor: 0.45 } } : '',
    arrowStrikethrough: false,
  });

  const connect = () => {
    const options = JSON.parse(find('#vis-options').textContent);
    network = new vis.Network(find('#canvas'), { nodes: [], edges: [] }, options);
    network.on('afterDrawing', drawWords);
    network.on('click', ({ nodes }) => nodes.length && handlers.pick(nodes[0]));
    network.on('doubleClick', ({ nodes }) => nodes.length && handlers.open(nodes[0]));
    network.on('hoverNode', ({ node }) => {
      hovered = node;
      network.redraw();
    });
    network.on('blurNode', () => {
      hovered = null;
      network.redraw();
    });
  };

  const drawCanvas = () => {
    if (!network) connect();
    paints.clear();
    hovered = null;
    network.setSize(`${scene.width}px`, `${scene.height}px`);
    network.setData({ nodes: new vis.DataSet(scene.marks.map(nodeOf)), edges: new vis.DataSet(scene.lines.map(edgeOf)) });
    network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: false });
    network.unselectAll();
  };

  const drawVector = () => {
    const act = (mark) => ({
      click: () => handlers.pick(mark.key),
      dblclick: () => handlers.open(mark.key),
      focus: () => handlers.pick(mark.key),
    });
    find('#canvas').replaceChildren(vectorScene(scene, act));
  };

  return {
    hasLibrary,
    /** Room for a drawing, in pixels. */
    size() {
      const box = find('#canvas').getBoundingClientRect();
      return [Math.max(300, Math.round(box.width)), Math.max(300, Math.round(box.height))];
    },
    /** Draw a scene; `acts` are pick(key) on a click and open(key) on a double click. */
    draw(next, acts) {
      scene = next;
      handlers = acts;
      find('#canvas').setAttribute('aria-label', say('network_label', { caption: scene.caption }));
      if (hasLibrary) drawCanvas();
      else drawVector();
    },
    /** Mark one mark as the current one. */
    setCurrent(key) {
      if (!scene) return;
      for (const mark of scene.marks) mark.current = mark.key === key;
      if (hasLibrary) network?.redraw();
      else findAll('#canvas .mark').forEach((group) => find('.halo', group)?.setAttribute('visibility', group.dataset.key === key ? 'visible' : 'hidden'));
    },
    scene: () => scene,
    clear() {
      scene = null;
    },
    library: () => network,
  };
})();
