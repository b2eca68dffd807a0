// Filters, which are also the legend: what is not ticked is not shown, in any view.

const filters = (() => {
  const GROUPS = {
    kind: ['outlet', 'article', 'claim', 'actor'],
    actor: ['person', 'country', 'organisation', 'group', 'unnamed'],
    band: ['high', 'mixed', 'low', 'unrated'],
    support: ['supported', 'single', 'none', 'conflict', 'opinion'],
    certainty: ['certain', 'probable', 'possible', 'underspecified'],
    voice: ['author', 'attributed', 'mixed'],
    relation: [],
  };
  const hidden = new Map(Object.keys(GROUPS).map((group) => [group, new Set()]));
  const rest = { origins: 0, from: null, to: null, undated: true };
  let visible = new Uint8Array(0);

  const isHidden = (group, value) => hidden.get(group).has(value);

  const articleShows = (ref) => {
    const date = graph.get(ref, 'published');
    if (!date) return rest.undated;
    return (rest.from === null || date >= rest.from) && (rest.to === null || date <= rest.to);
  };

  const claimShows = (ref) => !isHidden('support', graph.get(ref, 'support')) && graph.get(ref, 'origins') >= rest.origins;

  /** Work out anew what the filters leave; assertions first, since a claim shows as long as one of its assertions does. */
  const work = () => {
    visible = new Uint8Array(graph.size);
    const stands = new Uint8Array(graph.size);
    const told = new Uint8Array(graph.size);
    for (const ref of graph.refs('article')) stands[ref] = articleShows(ref) ? 1 : 0;
    for (const ref of graph.refs('claim')) stands[ref] = claimShows(ref) ? 1 : 0;
    for (const ref of graph.refs('assertion')) {
      const [claim, article] = [graph.get(ref, 'claim'), graph.get(ref, 'article')];
      const shows =
        stands[claim] && stands[article] && !isHidden('certainty', graph.get(ref, 'certainty')) && !isHidden('voice', graph.get(ref, 'voice'));
      if (!shows) continue;
      visible[ref] = isHidden('kind', 'claim') ? 0 : 1;
      told[claim] = 1;
    }
    for (const ref of graph.refs('outlet')) visible[ref] = !isHidden('kind', 'outlet') && !isHidden('band', graph.get(ref, 'band')) ? 1 : 0;
    for (const ref of graph.refs('article')) visible[ref] = !isHidden('kind', 'article') && stands[ref] ? 1 : 0;
    for (const ref of graph.refs('claim')) visible[ref] = !isHidden('kind', 'claim') && told[ref] ? 1 : 0;
    for (const ref of graph.refs('actor')) visible[ref] = !isHidden('kind', 'actor') && !isHidden('actor', graph.get(ref, 'kind')) ? 1 : 0;
  };

  /** How many things there are of each value of a group, in the whole graph. */
  const counts = (group) => {
    if (group === 'kind') return new Map(GROUPS.kind.map((kind) => [kind, graph.count(kind)]));
    const found = new Map();
    const add = (value) => found.set(value, (found.get(value) ?? 0) + 1);
    if (group === 'relation') {
      for (let edge = 0; edge < graph.edgeCount(); edge += 1) add(graph.edgeKind(edge));
      return found;
    }
    const [kind, name] = { actor: ['actor', 'kind'], band: ['outlet', 'band'], support: ['claim', 'support'] }[group] ?? ['assertion', group];
    for (const ref of graph.refs(kind)) add(graph.get(ref, name));
    return found;
  };

  const sign = (group, value) => {
    if (group === 'kind') return legendMark(value === 'actor' ? 'person' : value, value);
    if (group === 'actor') return legendMark(value, 'actor');
    if (group === 'relation') return legendLine(value);
    const glyph = { band: 'glyph', support: 'glyph' }[group];
    if (glyph) return element('span', { class: 'glyph', 'aria-hidden': 'true' }, sayValue(glyph, value));
    return null;
  };

  const wording = (group, value) => {
    const prefix = { kind: 'kinds', relation: 'edge', voice: 'voice_short' }[group] ?? group;
    return sayValue(prefix, value);
  };

  const changed = () => {
    work();
    tell('filtered');
  };

  const box = (group, value, count) =>
    element(
      'label',
      { class: 'tick' },
      element('input', {
        type: 'checkbox',
        name: group,
        value,
        checked: !isHidden(group, value),
        on: {
          change: (event) => {
            if (event.target.checked) hidden.get(group).delete(value);
            else hidden.get(group).add(value);
            changed();
          },
        },
      }),
      sign(group, value),
      element('span', { class: 'tick-name' }, wording(group, value)),
      element('span', { class: 'count' }, figure(count)),
    );

  const fieldset = (group) => {
    const counted = counts(group);
    const values = (GROUPS[group].length ? GROUPS[group] : graph.edgeKinds).filter((value) => counted.get(value));
    if (!values.length) return null;
    return element('fieldset', {}, element('legend', {}, say(`filter_${group}`)), values.map((value) => box(group, value, counted.get(value))));
  };

  const originsField = () => {
    const most = graph.refs('claim').reduce((high, ref) => Math.max(high, graph.get(ref, 'origins')), 1);
    if (most < 2) return null;
    return element(
      'fieldset',
      {},
      element('legend', {}, element('label', { for: 'origins' }, say('filter_origins'))),
      element('input', {
        id: 'origins',
        type: 'number',
        min: 0,
        max: Math.ceil(most),
        value: rest.origins,
        on: {
          change: (event) => {
            rest.origins = Math.max(0, Number(event.target.value) || 0);
            changed();
          },
        },
      }),
    );
  };

  const borders = () =>
    element(
      'fieldset',
      {},
      element('legend', {}, say('filter_borders')),
      element('p', { class: 'key' }, say('border_solid')),
      element('p', { class: 'key' }, say('border_dashed')),
    );

  /** Draw the filters; called again when they were changed from elsewhere (a permalink). */
  const draw = () => {
    find('#filters').replaceChildren(
      ...[fieldset('kind'), timeField(), ...['support', 'certainty', 'voice', 'band', 'actor', 'relation'].map(fieldset), originsField(), borders()].filter(Boolean),
      button(say('filter_reset'), reset, { class: 'reset' }),
    );
  };

  const reset = () => {
    for (const values of hidden.values()) values.clear();
    Object.assign(rest, { origins: 0, from: null, to: null, undated: true });
    draw();
    changed();
  };

  return {
    hidden,
    rest,
    draw,
    changed,
    work,
    reset,
    shows: (ref) => visible[ref] === 1,
    showsEdge: (edge) => !isHidden('relation', graph.edgeKind(edge)),
    showsRelation: (kind) => !isHidden('relation', kind),
  };
})();
