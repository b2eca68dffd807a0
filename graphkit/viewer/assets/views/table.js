// The same things as rows: sortable, filtered like every view, each row leading to its evidence.

const tables = (() => {
  const MOST_ROWS = 1000;
  const AT_ONCE = 120;
  let sorting = { column: null, down: false };
  let needle = '';

  const speakerWords = (ref) => graph.get(ref, 'chain').map(([source]) => graph.name(source)).join('; ') || say('the_article_itself');
  const outletOf = (article) => (graph.get(article, 'publisher') >= 0 ? graph.name(graph.get(article, 'publisher')) : '');

  /** Columns of each kind: [word, value of a thing, name of the class of its cells]. */
  const COLUMNS = {
    assertion: [
      ['quote', quoteOf, 'wide'],
      ['claim', (ref) => graph.name(ref), 'wide'],
      ['speaker', speakerWords],
      ['certainty', (ref) => sayValue('certainty', graph.get(ref, 'certainty'))],
      ['voice', (ref) => sayValue('voice_short', graph.get(ref, 'voice'))],
      ['support', (ref) => sayValue('support', graph.get(graph.get(ref, 'claim'), 'support'))],
      ['article', (ref) => graph.name(graph.get(ref, 'article'))],
      ['begin', (ref) => graph.get(ref, 'begin'), 'figure'],
      ['end', (ref) => graph.get(ref, 'end'), 'figure'],
    ],
    claim: [
      ['label', (ref) => graph.name(ref), 'wide'],
      ['support', (ref) => sayValue('support', graph.get(ref, 'support'))],
      ['origins', (ref) => graph.get(ref, 'origins'), 'figure'],
      ['assertions', (ref) => graph.assertionsOf(ref).length, 'figure'],
    ],
    outlet: [
      ['label', (ref) => graph.name(ref)],
      ['band', (ref) => sayValue('band', graph.get(ref, 'band'))],
      ['verdict', (ref) => say(`verdict_${graph.get(ref, 'verdict')}`, { n: graph.get(ref, 'families') })],
      ['articles', (ref) => joined(ref, 'publishes', 'out').length, 'figure'],
      ['cited', (ref) => ofKind(joined(ref, 'cites', 'in'), 'article').length, 'figure'],
    ],
    actor: [
      ['label', (ref) => graph.name(ref)],
      ['kind', (ref) => sayValue('actor', graph.get(ref, 'kind'))],
      ['says', (ref) => graph.saidBy(ref).length, 'figure'],
      ['about', (ref) => graph.saidAbout(ref).length, 'figure'],
    ],
    article: [
      ['label', (ref) => graph.name(ref), 'wide'],
      ['outlet', outletOf],
      ['published', (ref) => graph.get(ref, 'published') ?? ''],
      ['assertions', (ref) => graph.assertionsOf(ref).length, 'figure'],
      ['url', (ref) => graph.get(ref, 'url') ?? ''],
    ],
  };
  const ORDER = ['assertion', 'claim', 'outlet', 'actor', 'article'];

  const collator = new Intl.Collator('en', { numeric: true });
  const compare = (a, b) => (typeof a === 'number' ? a - b : collator.compare(a, b));

  /** Things of a kind as they are to be listed: filtered, searched, sorted. */
  const listed = (kind) => {
    let refs = graph.refs(kind).filter(filters.shows);
    const columns = COLUMNS[kind];
    if (needle) refs = refs.filter((ref) => columns.some(([, value]) => String(value(ref)).toLowerCase().includes(needle)));
    const column = columns.find(([name]) => name === sorting.column);
    if (!column) return refs;
    const keyed = refs.map((ref) => [column[1](ref), ref]).sort((a, b) => compare(a[0], b[0]) || a[1] - b[1]);
    if (sorting.down) keyed.reverse();
    return keyed.map(([, ref]) => ref);
  };

  const headCell = ([name, , style]) => {
    const isSorted = sorting.column === name;
    const label = say(`column_${name}`);
    const act = () => {
      sorting = { column: name, down: isSorted && !sorting.down };
      show();
    };
    return element('th', { scope: 'col', class: style, 'aria-sort': isSorted ? (sorting.down ? 'descending' : 'ascending') : null }, button([label, element('span', { 'aria-hidden': 'true' }, isSorted ? (sorting.down ? ' ▾' : ' ▴') : '')], act, { title: say('table_sort', { column: label }) }));
  };

  const row = (kind, ref) => {
    const cells = COLUMNS[kind].map(([name, value, style], at) => {
      const shown = value(ref);
      const words = typeof shown === 'number' ? figure(shown) : foreign(shown, 400);
      return element(at ? 'td' : 'th', { class: style, scope: at ? null : 'row', 'data-label': say(`column_${name}`) }, at ? words : button(words, () => choose(ref), { class: 'linkish' }));
    });
    return element('tr', { class: ref === state.selected ? 'chosen' : null, 'data-ref': ref }, cells);
  };

  /** Show the evidence of a row beside the table. */
  const choose = (ref) => {
    select(ref);
    find('#panel h2')?.focus();
  };

  const mark = () => {
    document.documentElement.toggleAttribute('data-chosen', graph.has(state.selected));
    findAll('#table-body tr[data-ref]').forEach((one) => one.classList.toggle('chosen', Number(one.dataset.ref) === state.selected));
    if (graph.has(state.selected)) panel.show(state.selected);
  };

  /** Add the rows that are not seen yet a few at a time, as long as the table is this one. */
  const fillUp = (body, kind, refs, from) => {
    if (from >= refs.length) return;
    setTimeout(() => {
      if (!body.isConnected) return;
      body.append(...refs.slice(from, from + AT_ONCE).map((ref) => row(kind, ref)));
      fillUp(body, kind, refs, from + AT_ONCE);
    }, 30);
  };

  const draw = () => {
    const kind = state.tableKind;
    const refs = listed(kind);
    const shown = refs.slice(0, MOST_ROWS);
    const caption = say(shown.length < refs.length ? 'table_rows_cut' : 'table_rows', { shown: shown.length, total: graph.count(kind) });
    find('#table-caption').textContent = `${say(`kinds_${kind}`)}: ${caption}`;
    const body = element('tbody', {}, shown.slice(0, AT_ONCE).map((ref) => row(kind, ref)));
    find('#table-body').replaceChildren(element('table', {}, element('caption', { class: 'unseen' }, say(`kinds_${kind}`)), element('thead', {}, element('tr', {}, COLUMNS[kind].map(headCell))), body));
    fillUp(body, kind, shown, AT_ONCE);
    announce(`${say(`kinds_${kind}`)}: ${caption}`);
  };

  const pickKind = (kind) => {
    sorting = { column: null, down: false };
    go({ view: 'table', tableKind: kind, selected: -1 }, { entry: 'replace' });
  };

  const show = () => {
    const field = element('input', {
      type: 'search',
      value: needle,
      'aria-label': say('table_filter'),
      placeholder: say('table_filter'),
      on: {
        input: (event) => {
          needle = event.target.value.trim().toLowerCase();
          draw();
        },
      },
    });
    const tabs = ORDER.filter((kind) => graph.count(kind)).map((kind) => button(`${say(`kinds_${kind}`)} ${figure(graph.count(kind))}`, () => pickKind(kind), { 'aria-pressed': String(kind === state.tableKind) }));
    bar.show({});
    find('#table').replaceChildren(
      element('div', { class: 'table-bar' }, element('div', { class: 'tabs', role: 'group', 'aria-label': say('view_table') }, tabs), field, button(say('table_csv'), () => saveSheet(sheet(state.tableKind), `graphkit-${state.tableKind}s`))),
      element('p', { id: 'table-caption', class: 'meta' }),
      element('div', { id: 'table-body', class: 'table-body', tabindex: 0, role: 'region', 'aria-label': say('view_table') }),
    );
    draw();
    mark();
  };

  /** The whole list of a kind as rows for a CSV file, identifiers and offsets included. */
  const sheet = (kind) => [['id', ...COLUMNS[kind].map(([name]) => say(`column_${name}`))], ...listed(kind).map((ref) => [graph.id(ref), ...COLUMNS[kind].map(([, value]) => value(ref))])];

  views.set('table', { show, select: mark, picture: () => paintElement(find('#table')), sheet: () => sheet(state.tableKind) });
  return { COLUMNS, ORDER, sheet };
})();
