// The whole graph as groups: a bubble each, its area by members, its ring by how the group's outlets are rated; and one group.

const map = (() => {
  const MOST_BUBBLES = 80;
  const MOST_MEMBERS = 120;
  const LEAST_MEMBERS = 10;
  const MANY = 12;
  const MOST_LINES = 90;
  const BANDS = ['high', 'mixed', 'low', 'unrated'];

  /** Groups with what the filters leave of them: [{number, name, members, bands}], the largest first. */
  const clusters = () => {
    const found = new Map();
    for (let ref = 0; ref < graph.nodes; ref += 1) {
      if (!filters.shows(ref)) continue;
      const number = graph.clusterOf(ref);
      if (!found.has(number)) found.set(number, { number, members: 0, bands: new Map() });
      const one = found.get(number);
      one.members += 1;
      if (graph.kind(ref) === 'outlet') one.bands.set(graph.get(ref, 'band'), (one.bands.get(graph.get(ref, 'band')) ?? 0) + 1);
    }
    return [...found.values()].sort((a, b) => b.members - a.members || a.number - b.number);
  };

  /** What a group is called; the one without a name holds what is linked to nothing. */
  const groupName = (number) => graph.cell('clusters', number, 'name') || say('map_unlinked');
  const nameOf = (cluster) => groupName(cluster.number);

  /** Groups that may have a bubble: the large ones, or all where there are few. */
  const largeOnes = (all) => (all.length <= MANY ? all : all.filter((one) => one.members >= LEAST_MEMBERS)).slice(0, MOST_BUBBLES);

  const between = (shown) => {
    const inside = new Set(shown.map((one) => one.number));
    const width = graph.rows('clusters');
    const weights = new Map();
    for (let edge = 0; edge < graph.edgeCount(); edge += 1) {
      const [a, b] = [graph.clusterOf(graph.edgeSource(edge)), graph.clusterOf(graph.edgeTarget(edge))];
      if (a === b || !inside.has(a) || !inside.has(b)) continue;
      const key = Math.min(a, b) * width + Math.max(a, b);
      weights.set(key, (weights.get(key) ?? 0) + 1);
    }
    return [...weights]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, MOST_LINES)
      .map(([key, n]) => ({ from: `c${Math.floor(key / width)}`, to: `c${key % width}`, colour: 'muted', width: Math.min(5, 0.8 + Math.log2(n) * 0.35), dash: [], arrow: false, opacity: 0.35, pull: 0.2 }));
  };

  const ringWords = (bands) => BANDS.filter((band) => bands.get(band)).map((band) => `${sayValue('glyph', band)} ${figure(bands.get(band))}`).join('  ') || say('map_no_outlets');

  const bubble = (cluster, largest, room) => ({
    key: `c${cluster.number}`,
    ref: -1,
    cluster,
    shape: 'disc',
    r: Math.max(9, Math.sqrt(cluster.members / largest) * room),
    colour: 'line-strong',
    fill: 'bubble',
    filled: true,
    dashed: false,
    ring: BANDS.map((band) => [band, cluster.bands.get(band) ?? 0]),
    label: nameOf(cluster),
    sub: [figure(cluster.members)],
    spoken: say('view_cluster'),
    weight: cluster.members,
    x: 0,
    y: 0,
  });

  /** A seat under the bubble: one line of its name, and how many members it has. */
  const seatUnder = (mark, room) => {
    const rows = [...breakLabel(mark.label, room, 1), ...mark.sub];
    const w = rows.reduce((wide, row) => Math.max(wide, measure(row)), 0) + 4;
    return { dx: -w / 2, dy: reachAround(mark) + 3, w, h: rows.length * LINE_HEIGHT + 2, anchor: 'middle', rows };
  };

  /** Many bubbles are packed with their names, as many as there is room for. */
  const packBubbles = (scene) => {
    [scene.width, scene.height] = stage.size();
    const { marks, width, height } = scene;
    for (const mark of marks) mark.seat = seatUnder(mark, width < 500 ? 96 : 124);
    const boxes = marks.map((mark) => {
      const [reach, { w, h }] = [reachAround(mark) + 2, mark.seat];
      return { left: Math.max(reach, w / 2 + 3), right: Math.max(reach, w / 2 + 3), up: reach, down: reach + h + 4 };
    });
    const fitting = pack(boxes, width, height);
    scene.marks = marks.slice(0, fitting);
    scene.marks.forEach((mark, at) => Object.assign(mark, { x: boxes[at].x, y: boxes[at].y }));
    return scene;
  };

  /** A few bubbles stand on an ellipse, the largest of four or more in its middle. */
  const ringBubbles = (scene) => {
    [scene.width, scene.height] = stage.size();
    const { marks, width, height } = scene;
    const middle = marks.length === 1 || marks.length > 3 ? 1 : 0;
    const around = marks.length - middle;
    marks.slice(middle).forEach((mark, at) => {
      const angle = -Math.PI * 0.75 + (2 * Math.PI * at) / around;
      mark.x = Math.cos(angle) * width * 0.34;
      mark.y = Math.sin(angle) * height * 0.33;
    });
    const boxes = marks.map((mark) => {
      const reach = reachAround(mark) + 5;
      return { x: mark.x, y: mark.y, left: Math.max(reach, 46), right: Math.max(reach, 46), up: reach, down: reach + 3 * LINE_HEIGHT };
    });
    spread(boxes, width, height);
    marks.forEach((mark, at) => Object.assign(mark, { x: boxes[at].x, y: boxes[at].y }));
    placeLabels(scene);
    return scene;
  };

  const build = (large) => {
    const [width, height] = stage.size();
    const room = Math.min(60, width / 8, height / 9, Math.sqrt((width * height * 0.05) / Math.max(4, large.length)) * 1.5);
    const largest = large.reduce((high, one) => Math.max(high, one.members), 1);
    const scene = { marks: large.map((cluster) => bubble(cluster, largest, room)), lines: between(large), caption: '' };
    if (large.length <= MANY) return ringBubbles(scene);
    packBubbles(scene);
    scene.lines = between(scene.marks.map((mark) => mark.cluster));
    return scene;
  };

  const listEntry = (cluster) =>
    element(
      'li',
      {},
      button([foreign(nameOf(cluster), 90), element('span', { class: 'meta' }, `${say('map_members', { n: cluster.members })} · ${ringWords(cluster.bands)}`)], () => openCluster(cluster.number), { class: 'linkish' }),
    );

  const showPanel = (drawn, rest) => {
    panel.put(
      element('p', { class: 'kicker' }, say('map_title')),
      element('h2', { tabindex: '-1' }, say('map_groups', { n: drawn.length + rest.length })),
      element('p', {}, say('map_explain')),
      element('ul', { class: 'ring-key', 'aria-label': say('map_ring') }, BANDS.map((band) => element('li', {}, ringSign(band), `${sayValue('glyph', band)} ${sayValue('band', band)}`))),
      element('ul', { class: 'relations' }, drawn.map(listEntry)),
      rest.length
        ? element('details', {}, element('summary', {}, say('map_small')), element('p', { class: 'meta' }, say('map_small_explain', { n: rest.length, least: LEAST_MEMBERS })), element('ul', { class: 'relations' }, rest.slice(0, 200).map(listEntry)))
        : null,
    );
    announce(say('map_caption', { n: drawn.length, total: drawn.length + rest.length }));
  };

  const ringSign = (band) =>
    drawn('svg', { class: `sign ${band === 'unrated' ? 'muted' : 'outlet'}`, viewBox: '0 0 30 12', width: 30, height: 12, 'aria-hidden': 'true' }, drawn('path', { d: 'M2 6H28', 'stroke-width': RING[band].width, 'stroke-dasharray': RING[band].dash?.join(' ') ?? null }));

  const openCluster = (number) => go({ view: 'cluster', cluster: number, focus: -1, selected: -1 });

  const pickBubble = (key) => openCluster(Number(key.slice(1)));

  const show = () => {
    const all = clusters();
    const large = largeOnes(all);
    bar.show({ caption: say(all.length ? 'map_caption' : 'nothing_drawn', { n: large.length, total: all.length }) });
    const scene = build(large);
    const shown = scene.marks.map((mark) => mark.cluster);
    scene.caption = say('map_caption', { n: shown.length, total: all.length });
    if (all.length) bar.show({ caption: scene.caption });
    stage.draw(scene, { pick: pickBubble, open: pickBubble });
    showPanel(shown, all.filter((one) => !shown.includes(one)));
  };

  /** The best-linked member and then, one by one, the best-linked of those that are linked to a member shown already. */
  const linkedMembers = (members) => {
    const inside = new Set(members);
    const waiting = members.sort((a, b) => graph.degree(b) - graph.degree(a) || a - b);
    const shown = new Set();
    const reachable = new Set();
    const most = Math.min(roomFor(MOST_MEMBERS), members.length);
    while (shown.size < most) {
      let next = -1;
      for (const ref of reachable) if (next < 0 || graph.degree(ref) > graph.degree(next) || (graph.degree(ref) === graph.degree(next) && ref < next)) next = ref;
      if (next < 0) next = waiting.find((ref) => !shown.has(ref));
      reachable.delete(next);
      shown.add(next);
      for (const edge of graph.edges(next)) {
        const other = graph.otherEnd(edge, next);
        if (inside.has(other) && !shown.has(other) && filters.showsEdge(edge)) reachable.add(other);
      }
    }
    return [...shown];
  };

  const buildCluster = () => {
    const members = [];
    for (let ref = 0; ref < graph.nodes; ref += 1) if (graph.clusterOf(ref) === state.cluster && filters.shows(ref)) members.push(ref);
    const shown = linkedMembers(members);
    const caption = say('cluster_caption', { name: cut(groupName(state.cluster), 50), shown: shown.length, total: members.length });
    return { scene: { marks: shown.map((ref) => sceneMark(ref, graph.degree(ref))), lines: sceneLines(shown), caption }, shown };
  };

  const showCluster = () => {
    const { scene, shown } = buildCluster();
    bar.show({ caption: scene.caption });
    stage.draw(arrange(scene), { pick: (key) => select(Number(key.slice(1))), open: (key) => openThing(Number(key.slice(1))) });
    if (graph.has(state.selected)) return markMember();
    panel.put(element('p', { class: 'kicker' }, say('view_cluster')), element('h2', { tabindex: '-1' }, foreign(groupName(state.cluster))), graph.KINDS.map((kind) => relation(`kinds_${kind}`, ofKind(shown, kind))));
    return announce(scene.caption);
  };

  const markMember = () => {
    stage.setCurrent(`n${state.selected}`);
    panel.show(state.selected);
  };

  const picture = () => vectorScene(stage.scene());
  views.set('map', { show, select: () => panel.show(state.selected), picture, sheet: () => clusterSheet(clusters()), open: pickBubble });
  views.set('cluster', { show: showCluster, select: markMember, picture, sheet: () => edgeSheet(stage.scene()), open: (key) => openThing(Number(key.slice(1))) });
  return { ringWords, nameOf };
})();
