// What is shown: a view, the thing in its middle, the thing in the panel, and what the filters hide.

const state = {
  view: 'board',
  focus: -1, // the article of the board, the middle of the neighbourhood
  selected: -1, // what the panel shows
  hops: 1,
  cluster: -1,
  tableKind: 'assertion',
  told: null, // what a step of the tour speaks of
  opened: new Map(), // folded groups that were opened: key → how many are shown
};

/** Views register here what draws them: { show(), hide(), picture() → SVG element, sheet() → CSV table }. */
const views = new Map();
const listeners = new Map();

/** Call `act` whenever `event` is told. */
const listen = (event, act) => listeners.set(event, [...(listeners.get(event) ?? []), act]);
const tell = (event, ...values) => (listeners.get(event) ?? []).forEach((act) => act(...values));

/** Change the view; `entry` is 'push' for a new step of the history, 'replace' for a change in place, 'none' on the way back. */
const go = (change, { entry = 'push', focusPanel = false } = {}) => {
  const before = state.view;
  Object.assign(state, change);
  if (before !== state.view) views.get(before)?.hide?.();
  document.documentElement.dataset.view = state.view;
  views.get(state.view).show();
  tell('shown', entry);
  if (focusPanel) find('#panel h2')?.focus();
};

/** Show a thing in the panel without changing the view. */
const select = (ref, { entry = 'replace' } = {}) => {
  state.selected = ref;
  tell('selected');
  tell('shown', entry);
};

/** Open a thing where it is best read: articles and assertions on a board, the rest in its neighbourhood. */
const openThing = (ref, options = {}) => {
  const kind = graph.kind(ref);
  if (kind === 'article') return go({ view: 'board', focus: ref, selected: ref }, options);
  if (kind === 'assertion') return go({ view: 'board', focus: graph.get(ref, 'article'), selected: ref }, options);
  return go({ view: 'neighbourhood', focus: ref, selected: ref, opened: new Map() }, options);
};

/** The first view of the page. */
const openFirst = (options = {}) => {
  const { view, focus } = graph.start;
  if (view === 'board' && graph.has(focus)) return go({ view, focus, selected: focus }, options);
  if (view === 'neighbourhood' && graph.has(focus)) return go({ view, focus, selected: focus }, options);
  if (graph.nodes) return go({ view: 'map', focus: -1, selected: -1 }, options);
  return go({ view: 'table', focus: -1, selected: -1 }, options);
};
