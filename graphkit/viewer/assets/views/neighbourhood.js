// What is linked to one thing, within one to three steps; never more marks than can be read, the rest folded into "+N".

/** Words of a drawing's mark that name its kind. */
const spokenKind = (ref) => panel.kicker(ref);

/** A mark for a node. */
const sceneMark = (ref, weight) => {
  const band = graph.kind(ref) === 'outlet' ? graph.get(ref, 'band') : null;
  return {
    ...markOf(ref),
    key: `n${ref}`,
    ref,
    label: graph.name(ref),
    sub: band ? [`${sayValue('glyph', band)} ${sayValue('band', band)}`] : [],
    spoken: spokenKind(ref),
    weight,
    current: false,
    x: 0,
    y: 0,
  };
};

/**
 * Of the lines between claims that say the same, those that hold each group together: the first node's own, then what joins more.
 * All pairs of a group are linked; drawn in full, twenty claims would be 190 lines that say one thing.
 */
const holding = (refs, inside) => {
  const lead = new Map();
  const leaderOf = (ref) => {
    let at = ref;
    while (lead.has(at)) at = lead.get(at);
    return at;
  };
  const edges = refs
    .flatMap((ref) => Array.from(graph.edges(ref)).filter((edge) => graph.edgeSource(edge) === ref))
    .filter((edge) => graph.edgeKind(edge) === 'sameClaim' && inside.has(graph.edgeTarget(edge)) && filters.showsEdge(edge));
  const isFirsts = (edge) => graph.edgeSource(edge) === refs[0] || graph.edgeTarget(edge) === refs[0];
  const kept = new Set();
  for (const edge of edges.filter(isFirsts).concat(edges)) {
    const [one, other] = [leaderOf(graph.edgeSource(edge)), leaderOf(graph.edgeTarget(edge))];
    if (one === other) continue;
    lead.set(other, one);
    kept.add(edge);
  }
  return kept;
};

/** Lines among the nodes of a scene, each pair and kind once. */
const sceneLines = (refs) => {
  const inside = new Set(refs);
  const same = holding(refs, inside);
  const found = [];
  for (const ref of refs) {
    for (const edge of graph.edges(ref)) {
      if (graph.edgeSource(edge) !== ref || !inside.has(graph.edgeTarget(edge)) || !filters.showsEdge(edge)) continue;
      if (graph.edgeKind(edge) === 'sameClaim' && !same.has(edge)) continue;
      const look = lineLook(graph.edgeKind(edge));
      found.push({ from: `n${ref}`, to: `n${graph.edgeTarget(edge)}`, ...look, arrow: !['sameClaim', 'sharesText', 'contradicts'].includes(graph.edgeKind(edge)), opacity: look.glyph ? 1 : 0.6 });
    }
  }
  return found;
};

/** Put marks in the room there is: by force, then apart, then their labels; what a tour does not speak of is faded. */
const arrange = (scene, { fixFirst = false } = {}) => {
  [scene.width, scene.height] = stage.size();
  const { marks, lines, width, height } = scene;
  if (!marks.length) return scene;
  for (const mark of marks) mark.faded = state.told !== null && mark.ref >= 0 && !state.told.has(mark.ref);
  const placeOfKey = new Map(marks.map((mark, at) => [mark.key, at]));
  const places = force(marks.length, lines.map((line) => [placeOfKey.get(line.from), placeOfKey.get(line.to), line.pull ?? 1]));
  const margin = width < 500 ? [48, 36] : [90, 46];
  const fitted = fit(places, width, height, margin);
  const crowded = marks.length > 45;
  if (crowded) for (const mark of marks) if (!mark.box && !mark.bold && !mark.ring) mark.r *= 0.78;
  const elbow = 0.38 * Math.sqrt((width * height) / marks.length);
  const boxes = marks.map((mark, at) => {
    const reach = reachAround(mark);
    const half = mark.box ? mark.box / 2 + 3 : Math.max(reach + 6, Math.min(elbow, width < 500 ? 48 : 74));
    const rows = mark.box ? 0 : crowded ? 1 : Math.min(4, Math.ceil(measure(mark.label) / 140)) + (mark.sub?.length ?? 0);
    return { x: fitted[at][0], y: fitted[at][1], left: half, right: half, up: mark.box ? 15 : reach + 5, down: mark.box ? 15 : reach + 6 + rows * LINE_HEIGHT, fixed: fixFirst && at === 0 };
  });
  spread(boxes, width, height);
  boxes.forEach((box, at) => Object.assign(marks[at], { x: box.x, y: box.y }));
  placeLabels(scene);
  return scene;
};

/** How many marks can be told apart in the room there is, never more than `most`. */
const roomFor = (most) => {
  const [width, height] = stage.size();
  return Math.max(24, Math.min(most, Math.floor((width * height) / 6500)));
};

const neighbourhood = (() => {
  const MOST_MARKS = 160;
  const AT_FIRST_HOP = 14;
  const FURTHER = 4;
  const OPENED = 60;

  /** How many neighbours of a kind a node shows; further out the room is shared among the nodes of the last hop. */
  const limitOf = (key, hop, share) => (state.opened.has(key) ? state.opened.get(key) : hop === 1 ? AT_FIRST_HOP : Math.max(1, Math.min(FURTHER, share)));

  /** Neighbours of a node that are not shown yet, by kind, the best-linked first. */
  const neighboursByKind = (ref, shown) => {
    const found = new Map();
    for (const edge of graph.edges(ref)) {
      const other = graph.otherEnd(edge, ref);
      if (shown.has(other) || !filters.shows(other) || !filters.showsEdge(edge)) continue;
      const kind = graph.kind(other);
      if (!found.has(kind)) found.set(kind, new Set());
      found.get(kind).add(other);
    }
    return [...found]
      .sort(([a], [b]) => graph.KINDS.indexOf(a) - graph.KINDS.indexOf(b))
      .map(([kind, refs]) => [kind, [...refs].sort((a, b) => graph.degree(b) - graph.degree(a) || a - b)]);
  };

  /** Nodes by hop, folded groups, and how many were left out for want of room. */
  const gather = (middle) => {
    const shown = new Map([[middle, 0]]);
    const groups = [];
    const most = state.opened.size ? MOST_MARKS : roomFor(MOST_MARKS);
    let left = 0;
    let frontier = [middle];
    for (let hop = 1; hop <= state.hops; hop += 1) {
      const next = [];
      const share = Math.floor((most - shown.size) / frontier.length / 3);
      for (const ref of frontier) {
        const before = groups.length;
        for (const [kind, others] of neighboursByKind(ref, shown)) {
          // the middle folds each kind apart, the others all kinds together
          const group = hop === 1 ? kind : 'any';
          const key = `${graph.id(ref)} ${group}`;
          const room = most - shown.size - groups.length;
          const wanted = Math.min(limitOf(key, hop, share), others.length);
          const taken = others.slice(0, others.length <= wanted ? Math.min(wanted, room) : Math.min(wanted, Math.max(0, room - 1)));
          taken.forEach((other) => shown.set(other, hop));
          next.push(...taken);
          const rest = others.length - taken.length;
          left += rest;
          if (!rest) continue;
          if (hop > 1 && groups.length > before) groups[before].n += rest;
          else if (room - taken.length > 0) groups.push({ key, ref, kind: group, n: rest, shown: taken.length });
        }
      }
      frontier = next;
    }
    return { shown, groups, left };
  };

  const groupMark = (group) => {
    const kinds = say(`${group.n === 1 ? 'kind' : 'kinds'}_${group.kind}`);
    const label = say(group.kind === 'any' ? 'fold_any' : 'fold', { n: group.n, kinds });
    return { key: `g${group.key}`, ref: -1, group, label, spoken: kinds, box: measure(label) + 22, colour: group.kind === 'any' ? 'muted' : group.kind, shape: 'disc', r: 13, weight: 1e6, x: 0, y: 0 };
  };

  const build = () => {
    const middle = state.focus;
    const { shown, groups, left } = gather(middle);
    const refs = [...shown.keys()];
    const marks = refs.map((ref) => sceneMark(ref, 1e4 * (4 - shown.get(ref)) + graph.degree(ref)));
    Object.assign(marks[0], { r: marks[0].r * 1.4, bold: true, weight: 1e7 });
    const lines = sceneLines(refs).concat(groups.map((group) => ({ from: `n${group.ref}`, to: `g${group.key}`, colour: 'muted', width: 1.2, dash: [2, 4], arrow: false, opacity: 0.6 })));
    const caption = [say('neighbourhood_caption', { name: cut(graph.name(middle), 60) }), say('hops_n', { n: state.hops }), say('drawn', { n: refs.length })];
    if (left) caption.push(say('folded', { n: left }));
    return { marks: marks.concat(groups.map(groupMark)), lines, caption: caption.join(' · ') };
  };

  const pick = (key) => {
    const mark = stage.scene().marks.find((one) => one.key === key);
    if (mark.group) {
      state.opened.set(mark.group.key, mark.group.shown + OPENED);
      show();
      return;
    }
    if (mark.ref !== state.selected) select(mark.ref);
  };

  const open = (key) => {
    const mark = stage.scene().marks.find((one) => one.key === key);
    if (mark?.group) pick(key);
    else if (mark) openThing(mark.ref);
  };

  const show = () => {
    const scene = build();
    bar.show({ caption: scene.caption, hops: true });
    stage.draw(arrange(scene, { fixFirst: true }), { pick, open });
    mark();
  };

  const mark = () => {
    const ref = graph.has(state.selected) ? state.selected : state.focus;
    stage.setCurrent(`n${ref}`);
    panel.show(ref);
  };

  const sheet = () => edgeSheet(stage.scene());
  views.set('neighbourhood', { show, select: mark, picture: () => vectorScene(stage.scene()), sheet, open });
  return { arrange };
})();
