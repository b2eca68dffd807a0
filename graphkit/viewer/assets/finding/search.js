// Search over names and quotes: one scan of one long text; best are those that begin with the words, then the best-linked.

const search = (() => {
  const MOST_HITS = 12;
  const SHORTEST = 2;
  let text = null; // all names, each on a line of its own
  let starts = null; // where each name begins in it
  let hits = [];
  let current = -1;

  const fold = (text) => {
    const lower = text.toLowerCase().replace(/\s+/g, ' ');
    return /[^\u0000-\u007f]/.test(lower) ? lower.normalize('NFKD').replace(/\p{M}/gu, '') : lower;
  };

  /** Lower-case names of nodes, and quotes of assertions where their claim does not say the same. */
  const prepare = () => {
    if (text !== null) return;
    const names = new Array(graph.size);
    starts = new Uint32Array(graph.size + 1);
    for (let ref = 0; ref < graph.size; ref += 1) {
      names[ref] = fold(ref < graph.nodes ? graph.name(ref) : quoteOf(ref));
      starts[ref + 1] = starts[ref] + names[ref].length + 1;
    }
    text = names.join('\n');
  };

  /** Whose name a place of the text lies in. */
  const refAt = (place) => {
    let [low, high] = [0, graph.size];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  };

  /** The best hits for some words: [refs, how many there are in all]. */
  const hitsFor = (query) => {
    prepare();
    const needle = fold(query.trim());
    if (needle.length < SHORTEST) return [[], 0];
    const best = [];
    const isBetter = (a, b) => (a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) < 0;
    let total = 0;
    for (let at = text.indexOf(needle); at >= 0; ) {
      const ref = refAt(at);
      const hit = [at === starts[ref] ? 0 : 1, -graph.degree(ref), ref];
      total += 1;
      if (best.length < MOST_HITS || isBetter(hit, best[best.length - 1])) {
        const place = best.findIndex((other) => isBetter(hit, other));
        best.splice(place < 0 ? best.length : place, 0, hit);
        best.length = Math.min(best.length, MOST_HITS);
      }
      at = ref + 1 < graph.size ? text.indexOf(needle, starts[ref + 1]) : -1;
    }
    return [best.map((one) => one[2]), total];
  };

  const input = () => find('#search-field');
  const box = () => find('#search-hits');

  const close = () => {
    hits = [];
    current = -1;
    box().replaceChildren();
    box().hidden = true;
    input().setAttribute('aria-expanded', 'false');
    input().removeAttribute('aria-activedescendant');
  };

  const option = (ref, at) => {
    const kind = graph.kind(ref);
    const name = kind === 'assertion' ? `“${quoteOf(ref)}”` : graph.name(ref);
    return element('li', { role: 'option', id: `hit-${at}`, 'aria-selected': 'false', on: { mousedown: (event) => event.preventDefault(), click: () => pick(ref) } }, element('span', { class: `hit-kind ${kind}` }, panel.kicker(ref)), ' ', foreign(name, 90));
  };

  const show = () => {
    const query = input().value;
    const [found, total] = hitsFor(query);
    hits = found;
    current = -1;
    const isSearching = query.trim().length >= SHORTEST;
    box().replaceChildren(...hits.map(option));
    if (isSearching && !hits.length) box().append(element('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'nothing' }, foreign(say('search_none', { query: clean(query) }))));
    box().hidden = !isSearching;
    input().setAttribute('aria-expanded', String(isSearching));
    input().removeAttribute('aria-activedescendant');
    if (isSearching) announce(say('search_found', { n: total }));
  };

  const move = (step) => {
    if (!hits.length) return;
    current = (current + step + hits.length + (current < 0 && step < 0 ? 1 : 0)) % hits.length;
    [...box().children].forEach((one, at) => one.setAttribute('aria-selected', String(at === current)));
    box().children[current].scrollIntoView({ block: 'nearest' });
    input().setAttribute('aria-activedescendant', `hit-${current}`);
  };

  const pick = (ref) => {
    close();
    input().value = '';
    openThing(ref, { focusPanel: true });
  };

  const onKey = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && hits.length) {
      event.preventDefault();
      pick(hits[Math.max(0, current)]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (box().hidden) input().blur();
      close();
    }
  };

  return {
    hitsFor,
    prepare,
    connect() {
      input().addEventListener('input', show);
      input().addEventListener('keydown', onKey);
      input().addEventListener('blur', close);
    },
  };
})();
