// The bar over the view, the sheets of small screens, the theme; then everything is connected and the first view shown.

const bar = (() => {
  const root = document.documentElement;

  const hopButtons = () =>
    element('div', { class: 'hops', role: 'group', 'aria-label': say('hops') }, element('span', { class: 'meta' }, say('hops')), [1, 2, 3].map((n) => button(String(n), () => go({ hops: n, opened: new Map() }), { 'aria-pressed': String(n === state.hops), 'aria-label': say('hops_n', { n }) })));

  const switcher = (article) => {
    const articles = graph.refs('article').filter(filters.shows);
    if (articles.length < 2) return null;
    if (articles.length > 200) return null;
    return element(
      'select',
      { id: 'switch', 'aria-label': say('board_switch'), on: { change: (event) => openThing(Number(event.target.value)) } },
      [...new Set([article, ...articles])].sort((a, b) => a - b).map((ref) => element('option', { value: ref, selected: ref === article }, cut(graph.name(ref), 80))),
    );
  };

  const close = (name) => {
    const wasOpen = root.dataset[name] === 'open';
    delete root.dataset[name];
    return wasOpen;
  };

  const themeNow = () => root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

  const api = {
    show({ caption = '', hops = false, switcher: article = null }) {
      find('#bar').replaceChildren(...[article === null ? null : switcher(article), caption ? element('p', { class: 'caption' }, foreign(caption)) : null, hops ? hopButtons() : null].filter(Boolean));
      findAll('#views button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.view === state.view)));
      find('#message').hidden = true;
      root.dataset.sheet = 'half';
    },
    message(text) {
      find('#message').textContent = text;
      find('#message').hidden = false;
      announce(text);
    },
    openBoard() {
      const near = graph.has(state.selected) ? boardNear(state.selected) : -1;
      if (near >= 0) openThing(near);
      else if (graph.count('article')) openThing(graph.start.view === 'board' ? graph.start.focus : graph.from('article'));
    },
    openNeighbourhood() {
      const ref = [state.selected, state.focus].find(graph.has) ?? best();
      const node = ref >= graph.nodes ? graph.get(ref, 'claim') : ref;
      if (node >= 0) go({ view: 'neighbourhood', focus: node, selected: node, opened: new Map() });
    },
    help: () => find('#help').showModal(),
    turnTheme() {
      root.dataset.theme = themeNow() === 'dark' ? 'light' : 'dark';
      announce(say('theme_now', { theme: say(root.dataset.theme) }));
      tell('filtered');
    },
    closeSheets: () => close('filters'),
    connect() {
      find('#views').addEventListener('click', (event) => {
        const view = event.target.closest('button')?.dataset.view;
        if (view === 'board') api.openBoard();
        else if (view === 'neighbourhood') api.openNeighbourhood();
        else if (view === 'map') go({ view, focus: -1, selected: -1 });
        else if (view === 'table') go({ view, selected: -1 });
      });
      find('#filters-toggle').addEventListener('click', () => {
        if (!close('filters')) root.dataset.filters = 'open';
        find('#filters-toggle').setAttribute('aria-expanded', String(root.dataset.filters === 'open'));
        tell('filtered');
      });
      find('#theme').addEventListener('click', api.turnTheme);
      find('#help-toggle').addEventListener('click', api.help);
      find('#sheet-grow').addEventListener('click', () => {
        root.dataset.sheet = root.dataset.sheet === 'full' ? 'half' : 'full';
        find('#sheet-grow').textContent = say(root.dataset.sheet === 'full' ? 'panel_lower' : 'panel_wider');
      });
      find('#sheet-close').addEventListener('click', () => {
        root.dataset.sheet = 'closed';
        announce(say('panel_close'));
      });
    },
  };

  /** The best-linked node, for want of a chosen one. */
  const best = () => {
    let found = graph.nodes ? 0 : -1;
    for (let ref = 1; ref < graph.nodes; ref += 1) if (graph.degree(ref) > graph.degree(found)) found = ref;
    return found;
  };

  /** An article from which a thing can be seen: it, the one that holds it, the first that tells it. */
  const boardNear = (ref) => {
    const kind = graph.kind(ref);
    if (kind === 'article' || kind === 'assertion') return ref;
    const told = kind === 'claim' ? graph.assertionsOf(ref) : graph.saidBy(ref).concat(graph.saidAbout(ref));
    if (told.length) return told[0];
    return joined(ref, 'cites', 'in').concat(joined(ref, 'publishes', 'out')).find((other) => graph.kind(other) === 'article') ?? -1;
  };
  return api;
})();

const start = async () => {
  const root = document.documentElement;
  graph.load(await readData());
  root.toggleAttribute('data-embed', graph.start.embed);
  root.dataset.library = String(stage.hasLibrary);
  filters.work();
  filters.draw();
  bar.connect();
  search.connect();
  connectTaking();
  keyboard.connect();
  listen('filtered', () => {
    views.get(state.view).show();
    tell('shown', 'replace');
  });
  listen('selected', () => views.get(state.view).select());
  permalink.connect();
  story.connect();
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width && state.view === 'board') return;
    width = innerWidth;
    clearTimeout(start.waiting);
    start.waiting = setTimeout(() => stage.scene() && !['board', 'table'].includes(state.view) && views.get(state.view).show(), 150);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => tell('filtered'));
  requestAnimationFrame(() => requestAnimationFrame(() => {
    root.dataset.ready = 'true';
    const later = globalThis.requestIdleCallback ?? setTimeout;
    later(graph.warm);
    later(search.prepare);
  }));
};
start();
