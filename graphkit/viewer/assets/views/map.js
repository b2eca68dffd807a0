// The whole graph as groups: a bubble each, its area by members, its ring by how the group's outlets are rated; and one group.

const map = (() => {
  const MOST_BUBBLES = 80;
  const MOST_MEMBERS = 120;
  const LEAST_MEMBERS = 10;
  const MANY = 12;
  const MOST_LINES = 120;
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

  const nameOf = (cluster) => graph.cell('clusters', cluster.number, 'name');

  /** Bubbles for the large groups; small ones are listed together, unless there are few groups at all. */
  const sort = (all) => {
    const large = all.length <= MANY ? all : all.filter((one) => one.members >= LEAST_MEMBERS);
    const drawn = large.slice(0, MOST_BUBBLES);
    return { drawn, rest: all.slice(drawn.length) };
  };

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
      .map(([key, n]) => ({ from: `c${Math.floor(key / width)}`, to: `c${key % width}`, colour: 'muted', width: Math.min(8, 1 + Math.log2(n) * 0.6), dash: [], arrow: false, opacity: 0.45, pull: 0.2 }));
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

  const build = (shown) => {
    const [width, height] = stage.size();
    const room = Math.min(60, Math.sqrt((width * height * 0.05) / Math.max(4, shown.length)) * 1.5);
    const largest = shown.reduce((high, one) => Math.max(high, one.members), 1);
    return { marks: shown.map((cluster) => bubble(cluster, largest, room)), lines: between(shown), caption: say('map_caption', { n: shown.length }) };
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
      element('h2', { tabindex: '-1' }, say('map_caption', { n: drawn.length + rest.length })),
      element('p', {}, say('map_explain')),
      element('ul', { class: 'ring-key', 'aria-label': say('map_ring') }, BANDS.map((band) => element('li', {}, ringSign(band), `${sayValue('glyph', band)} ${sayValue('band', band)}`))),
      element('ul', { class: 'relations' }, drawn.map(listEntry)),
      rest.length
        ? element('details', {}, element('summary', {}, say('map_small')), element('p', { class: 'meta' }, say('map_small_explain', { n: rest.length, least: LEAST_MEMBERS })), element('ul', { class: 'relations' }, rest.slice(0, 200).map(listEntry)))
        : null,
    );
    announce(say('map_caption', { n: drawn.length }));
  };

  const ringSign = (band) =>
    drawn('svg', { class: `sign ${band === 'unrated' ? 'muted' : 'outlet'}`, viewBox: '0 0 30 12', width: 30, height: 12, 'aria-hidden': 'true' }, drawn('path', { d: 'M2 6H28', 'stroke-width': RING[band].width, 'stroke-dasharray': RING[band].dash?.join(' ') ?? null }));

  const openCluster = (number) => go({ view: 'cluster', cluster: number, focus: -1, selected: -1 });

  const pickBubble = (key) => openCluster(Number(key.slice(1)));

  const show = () => {
    const { drawn: shown, rest } = sort(clusters());
    const scene = build(shown);
    bar.show({ caption: shown.length ? scene.caption : say('nothing_drawn') });
    stage.draw(arrange(scene), { pick: pickBubble, open: pickBubble });
    showPanel(shown, rest);
  };

  const buildCluster = () => {
    const members = [];
    for (let ref = 0; ref < graph.nodes; ref += 1) if (graph.clusterOf(ref) === state.cluster && filters.shows(ref)) members.push(ref);
    members.sort((a, b) => graph.degree(b) - graph.degree(a) || a - b);
    const shown = members.slice(0, MOST_MEMBERS);
    const caption = say('cluster_caption', { name: cut(graph.cell('clusters', state.cluster, 'name'), 50), shown: shown.length, total: members.length });
    return { scene: { marks: shown.map((ref) => sceneMark(ref, graph.degree(ref))), lines: sceneLines(shown), caption }, shown };
  };

  const showCluster = () => {
    const { scene, shown } = buildCluster();
    bar.show({ caption: scene.caption });
    stage.draw(arrange(scene), { pick: (key) => select(Number(key.slice(1))), open: (key) => openThing(Number(key.slice(1))) });
    if (graph.has(state.selected)) return markMember();
    panel.put(element('p', { class: 'kicker' }, say('view_cluster')), element('h2', { tabindex: '-1' }, foreign(graph.cell('clusters', state.cluster, 'name'))), graph.KINDS.map((kind) => relation(`kinds_${kind}`, ofKind(shown, kind))));
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
