// Where it comes from: from text to text along what was taken from what, with the words that show each step; and circles.

const trace = (() => {
  const MOST_STEPS = 20;

  /** What a thing was taken from, the surest first: [giver, row of the link]; an assertion has what its article has. */
  const giversOf = (ref) => {
    const score = ([, row]) => graph.cell('links', row, 'score') ?? 0;
    const found = linked(ref, 'derivedFrom')
      .filter(([, isSource]) => isSource)
      .map(([other, , row]) => [other, row])
      .sort((a, b) => score(b) - score(a) || a[0] - b[0]);
    return found.length || graph.kind(ref) !== 'assertion' ? found : giversOf(graph.get(ref, 'article'));
  };

  const articleOf = (ref) => (graph.kind(ref) === 'assertion' ? graph.get(ref, 'article') : graph.kind(ref) === 'article' ? ref : -1);
  const dateOfThing = (ref) => (articleOf(ref) >= 0 ? graph.get(articleOf(ref), 'published') : null);

  /** The words of the taker in which the step shows. */
  const evidence = (row) => {
    const article = articleOf(graph.cell('links', row, 'source'));
    const [range] = graph.cell('links', row, 'source_ranges');
    return range && article >= 0 ? quotation(article, ...range) : null;
  };

  /** How a trace ends: at one who speaks, in a circle, at a later text, or where nothing earlier is known. */
  const ending = (last, { isCircle = false, isLater = false } = {}) => {
    if (isCircle) return say('trace_circle');
    if (isLater) return say('trace_later');
    if (['outlet', 'actor'].includes(graph.kind(last))) return say('trace_speaker', { name: clean(graph.name(last)) });
    const chain = graph.kind(last) === 'assertion' ? graph.get(last, 'chain') : [];
    return chain.length ? say('trace_speaker', { name: clean(graph.name(chain[chain.length - 1][0])) }) : say('trace_cold');
  };

  /** The steps back from a thing as nested lists, or nothing where it was taken from nothing. */
  const show = (start) => {
    const seen = new Set([start]);
    const step = ([giver, row]) => {
      const isCircle = seen.has(giver);
      const isLater = graph.cell('links', row, 'is_later');
      seen.add(giver);
      const further = isCircle || isLater || seen.size > MOST_STEPS ? [] : giversOf(giver);
      return element(
        'li',
        {},
        button(entryWords(giver, dateOfThing(giver), true), () => openThing(giver, { focusPanel: true }), { class: 'linkish' }),
        how(row) ? element('span', { class: 'meta' }, foreign(how(row))) : null,
        evidence(row),
        further.length ? steps(further) : element('p', { class: 'meta' }, foreign(ending(giver, { isCircle, isLater }))),
      );
    };
    const steps = (givers) => element('ol', { class: 'relations trace' }, givers.map(step));
    const givers = giversOf(start);
    return givers.length ? [element('h3', {}, say('trace')), steps(givers)] : null;
  };

  /** The circles that a thing is part of, each as one way round. */
  const circles = (ref) =>
    Array.from(graph.circles(ref), (row) => {
      const cell = (name) => graph.cell('circles', row, name);
      const entry = (one) => element('li', {}, button(entryWords(one, null, false), () => openThing(one, { focusPanel: true }), { class: 'linkish' }));
      return [
        element('h3', {}, say(cell('claims').length ? 'circle' : 'circle_cites')),
        element('p', {}, say(cell('is_closed') ? 'circle_closed' : 'circle_open', { n: cell('members').length })),
        element('ol', { class: 'relations circle' }, cell('loop').map(entry)),
        cell('claims').includes(ref) ? null : relation('circle_claims', cell('claims')),
      ];
    });

  return { show, circles };
})();
