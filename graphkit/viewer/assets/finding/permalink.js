// The address says what is shown, so that it can be kept and sent; it works on file:// too.

const permalink = (() => {
  const CODES = { kind: 'x', actor: 'xa', band: 'xb', support: 'xs', certainty: 'xc', voice: 'xv', relation: 'xr' };

  const idOf = (ref) => (graph.has(ref) ? graph.id(ref) : '');

  const write = () => {
    const parts = new URLSearchParams();
    const put = (name, value, usual = '') => {
      if (String(value) !== String(usual)) parts.set(name, value);
    };
    parts.set('v', state.view);
    put('n', idOf(state.focus));
    put('s', state.selected === state.focus ? '' : idOf(state.selected));
    if (state.view === 'neighbourhood') put('h', state.hops, 1);
    if (state.view === 'cluster') put('c', state.cluster);
    if (state.view === 'table') put('k', state.tableKind, 'assertion');
    for (const [group, code] of Object.entries(CODES)) put(code, [...filters.hidden.get(group)].join('.'));
    const { from, to, origins, undated } = filters.rest;
    if (from !== null || to !== null) put('t', `${from ?? ''}..${to ?? ''}`);
    put('u', undated ? 1 : 0, 1);
    put('o', origins, 0);
    return `#${parts}`;
  };

  const filtersIn = (parts) => [...Object.values(CODES), 't', 'u', 'o'].map((code) => parts.get(code) ?? '').join('&');

  const readFilters = (parts) => {
    if (filtersIn(parts) === filtersIn(new URLSearchParams(write().slice(1)))) return;
    for (const [group, code] of Object.entries(CODES)) {
      const values = filters.hidden.get(group);
      values.clear();
      (parts.get(code) ?? '').split('.').filter(Boolean).forEach((value) => values.add(value));
    }
    const [from, to] = (parts.get('t') ?? '').split('..');
    const date = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(dayOf(text)) ? text : null);
    Object.assign(filters.rest, { from: date(from), to: date(to), undated: parts.get('u') !== '0', origins: Math.max(0, Number(parts.get('o') ?? 0) || 0) });
    filters.work();
    filters.draw();
  };

  /** Show what the address says; what it names and the graph does not have leads to the first view, with a message. */
  const read = (options) => {
    const parts = new URLSearchParams(location.hash.slice(1));
    readFilters(parts);
    const view = parts.get('v');
    const [focus, selected] = ['n', 's'].map((name) => (parts.has(name) ? graph.refOf(parts.get(name)) : -1));
    const cluster = Number(parts.get('c') ?? -1);
    const hops = Math.min(3, Math.max(1, Math.round(Number(parts.get('h') ?? 1)) || 1));
    const tableKind = tables.ORDER.includes(parts.get('k')) ? parts.get('k') : 'assertion';
    const fits = {
      board: focus >= 0 && graph.kind(focus) === 'article',
      neighbourhood: focus >= 0 && focus < graph.nodes,
      map: true,
      cluster: Number.isInteger(cluster) && cluster >= 0 && cluster < graph.rows('clusters'),
      table: true,
    };
    const isLost = (parts.has('n') && focus < 0) || (parts.has('s') && selected < 0);
    if (view && Object.hasOwn(fits, view) && fits[view] && !isLost) {
      return go({ view, focus, selected: selected >= 0 ? selected : focus, hops, cluster, tableKind, opened: new Map() }, options);
    }
    openFirst(options);
    if (view) bar.message(say('unknown_link'));
    return undefined;
  };

  // Going back takes the browser a moment; keys pressed meanwhile are steps still to go, so that none leads out of the page.
  let stepsBack = 0;
  let depth = 0;

  const stepBack = () => {
    if (depth > 0) {
      history.back();
      return;
    }
    stepsBack = 0;
    openFirst({ entry: 'replace', focusPanel: true });
  };

  /** How many steps lie behind an entry of the history; one without a number is new: its address was typed or followed. */
  const countSteps = () => {
    if (history.state === null) history.replaceState({ depth: depth + 1 }, '');
    ({ depth } = history.state);
  };

  const onPopState = () => {
    countSteps();
    const isAsked = stepsBack > 0;
    read({ entry: 'none', focusPanel: isAsked });
    if (!isAsked) return;
    stepsBack -= 1;
    if (stepsBack > 0) stepBack();
  };

  const onShown = (entry) => {
    if (entry === 'none') return;
    stepsBack = 0;
    const address = write();
    if (address === location.hash) return;
    if (entry === 'push') {
      depth += 1;
      history.pushState({ depth }, '', address);
    } else history.replaceState({ depth }, '', address);
  };

  return {
    /** One step back, but never out of the page. */
    back() {
      stepsBack += 1;
      if (stepsBack === 1) stepBack();
    },
    connect() {
      depth = history.state?.depth ?? 0;
      history.replaceState({ depth }, '');
      listen('shown', onShown);
      addEventListener('popstate', onPopState);
      if (location.hash.length > 1) read({ entry: 'replace' });
      else openFirst({ entry: 'replace' });
    },
  };
})();
