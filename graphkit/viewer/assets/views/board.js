// One article: it and the outlets it cites, its assertions as numbered cards in text order, and the actors they name.

const board = (() => {
  const MOST_CARDS = 80;
  let cards = new Map(); // ref → its card
  let lines = [];
  let svg = null;
  let limit = MOST_CARDS;
  let article = -1;
  let order = []; // actors from top to bottom
  let observer = null;

  const frame = () => find('#board');

  const card = (ref, style, ...content) => {
    const made = element(
      'button',
      { type: 'button', class: `card ${style}`, 'aria-pressed': 'false', on: { click: () => select(ref), dblclick: () => state.focus !== ref && openThing(graph.kind(ref) === 'assertion' ? graph.get(ref, 'claim') : ref) } },
      content,
    );
    cards.set(ref, made);
    return made;
  };

  const column = (name, ...content) => element('div', { class: `column ${name}` }, content);
  const heading = (text) => element('h2', {}, text);

  const assertionCard = (ref, number) => {
    const claim = graph.get(ref, 'claim');
    const support = graph.get(claim, 'support');
    const words = [`${sayValue('glyph', support)} ${sayValue('support', support)}`, sayValue('certainty', graph.get(ref, 'certainty')), sayValue('voice_short', graph.get(ref, 'voice'))];
    if (graph.get(ref, 'polarity') === 'negative') words.push(say('polarity_negative'));
    const isDashed = support === 'opinion' || ['possible', 'probable'].includes(graph.get(ref, 'certainty'));
    return card(
      ref,
      `claim${isDashed ? ' dashed' : ''}`,
      element('span', { class: 'number' }, String(number)),
      element('span', { class: 'words' }, foreign(graph.name(ref), 180), element('span', { class: 'meta' }, words.join(' · '))),
    );
  };

  const outletCard = (ref) => {
    const band = graph.kind(ref) === 'outlet' ? graph.get(ref, 'band') : null;
    return card(ref, 'outlet', domain(cut(graph.name(ref), 80)), band ? element('span', { class: 'meta' }, `${sayValue('glyph', band)} ${sayValue('band', band)}`) : null);
  };

  const actorCard = (ref) => {
    if (graph.kind(ref) === 'outlet') return outletCard(ref);
    const kind = graph.get(ref, 'kind');
    return card(ref, `actor${kind === 'unnamed' ? ' dashed' : ''}`, foreign(graph.name(ref), 60), element('span', { class: 'meta' }, sayValue('actor', kind)));
  };

  const speakersOf = (ref) => [...new Set(graph.get(ref, 'chain').map(([source]) => source))];

  /** Actors in the order of the mean row of the cards that name them. */
  const actorsOf = (shown) => {
    const seen = new Map();
    shown.forEach((ref, row) => {
      for (const actor of new Set([...speakersOf(ref), ...graph.get(ref, 'about')])) {
        if (filters.shows(actor)) seen.set(actor, [...(seen.get(actor) ?? []), row]);
      }
    });
    const mean = (rows) => rows.reduce((sum, row) => sum + row, 0) / rows.length;
    return [...seen].sort((a, b) => mean(a[1]) - mean(b[1]) || a[0] - b[0]).map(([actor]) => actor);
  };

  /** Supports and conflicts between cards of this board, and who says what about whom. */
  const linesOf = (shown) => {
    const found = [];
    const add = (from, to, kind) => {
      if (cards.has(from) && cards.has(to) && filters.showsRelation(kind)) found.push({ from, to, kind });
    };
    for (const ref of shown) {
      for (const other of graph.get(ref, 'about')) add(ref, other, 'about');
      for (const speaker of speakersOf(ref)) add(ref, speaker, 'says');
      for (const row of graph.links(ref)) {
        const [source, target, kind] = ['source', 'target', 'relation'].map((name) => graph.cell('links', row, name));
        if (source === ref) add(source, target, kind);
      }
    }
    return found;
  };

  /** Cards, in sections by paragraph where there are many. */
  const cardColumn = (shown, total) => {
    if (!shown.length) return column('cards', heading(say('board_cards')), element('p', { class: 'empty' }, say('board_cards_none')));
    const content = [heading(`${say('board_cards')} (${shown.length < total ? say('board_caption', { shown: shown.length, total }) : figure(total)})`)];
    const text = total > MOST_CARDS ? graph.get(article, 'parts')[0]?.[1] ?? '' : '';
    let paragraph = 0;
    shown.forEach((ref, at) => {
      if (text) {
        const current = text.slice(0, toUtf16(graph.get(ref, 'begin'), graph.get(article, 'astral'))).split('\n').length;
        if (current !== paragraph) content.push(element('h3', {}, say('board_paragraph', { n: current })));
        paragraph = current;
      }
      content.push(assertionCard(ref, at + 1));
    });
    return column('cards', content);
  };

  const moreButton = (left) =>
    button(
      say('board_more', { n: Math.min(left, MOST_CARDS) }),
      () => {
        limit += MOST_CARDS;
        show();
      },
      { class: 'more-cards' },
    );

  const sideColumn = () => {
    const inOrder = Array.from(graph.citations(article)).filter((row) => graph.cell('citations', row, 'article') === article).map((row) => graph.cell('citations', row, 'target'));
    const cited = [...new Set(inOrder)].filter(filters.shows);
    const own = card(article, 'article', foreign(graph.name(article), 140), element('span', { class: 'meta' }, [graph.get(article, 'publisher') >= 0 ? graph.name(graph.get(article, 'publisher')) : null, graph.get(article, 'published')].filter(Boolean).flatMap((one, at) => (at ? [' · ', domain(one)] : [domain(one)]))));
    return column('side', heading(say('board_article')), own, heading(say('board_outlets')), cited.length ? cited.map(outletCard) : element('p', { class: 'empty' }, say('board_outlets_none')));
  };

  /** Put each actor as near as can be to the middle of the cards that name it. */
  const placeActors = (actors) => {
    const own = actors.map((ref) => cards.get(ref)).filter((made) => made.parentElement.classList.contains('actors'));
    own.forEach((made) => made.style.removeProperty('margin-top'));
    if (!own.length || getComputedStyle(frame()).display !== 'grid') return;
    const middleOf = (made) => made.offsetTop + made.offsetHeight / 2;
    const [top, bottom, gap] = [own[0].offsetTop, own[0].parentElement.clientHeight, 7];
    const places = own.map((made) => {
      const ref = actors.find((one) => cards.get(one) === made);
      const near = lines.filter((line) => line.to === ref).map((line) => middleOf(cards.get(line.from)));
      return near.reduce((sum, y) => sum + y, 0) / near.length - made.offsetHeight / 2;
    });
    let floor = bottom;
    for (let at = own.length - 1; at >= 0; at -= 1) {
      places[at] = Math.min(places[at], floor - own[at].offsetHeight);
      floor = places[at] - gap;
    }
    let edge = top;
    own.forEach((made, at) => {
      const place = Math.max(places[at], edge);
      made.style.marginTop = `${Math.round(place - edge)}px`;
      edge = place + made.offsetHeight + gap;
    });
  };

  const redraw = () => {
    if (state.view !== 'board' || !svg) return;
    placeActors(order);
    curves.draw(svg, lines, cards, frame());
    highlight();
  };

  /** Keep what is linked to the selected card, grey the rest. */
  const highlight = () => {
    const ref = cards.has(state.selected) && state.selected !== article ? state.selected : -1;
    const near = curves.bringOut(svg, ref);
    for (const [other, made] of cards) {
      made.setAttribute('aria-pressed', String(other === state.selected));
      const isFar = ref >= 0 && other !== ref && other !== article && !near.has(other);
      made.classList.toggle('off', state.told ? !state.told.has(other) && other !== ref : isFar);
    }
  };

  const show = () => {
    if (article !== state.focus) limit = MOST_CARDS;
    article = state.focus;
    cards = new Map();
    const told = graph.assertionsOf(article).filter(filters.shows).sort((a, b) => graph.get(a, 'begin') - graph.get(b, 'begin') || a - b);
    const place = told.indexOf(state.selected);
    while (place >= limit) limit += MOST_CARDS;
    const shown = told.slice(0, limit);
    svg = drawn('svg', { class: 'curves', 'aria-hidden': 'true' });
    const middle = cardColumn(shown, told.length);
    if (told.length > shown.length) middle.append(moreButton(told.length - shown.length));
    const actors = actorsOf(shown);
    order = actors;
    const side = sideColumn();
    const right = column('actors', heading(say('board_actors')), actors.length ? actors.map((ref) => (cards.has(ref) ? null : actorCard(ref))) : element('p', { class: 'empty' }, say('board_actors_none')));
    frame().replaceChildren(svg, side, middle, right);
    lines = linesOf(shown);
    bar.show({ switcher: article });
    redraw();
    observer ??= new ResizeObserver(redraw);
    observer.disconnect();
    observer.observe(frame());
    panel.show(graph.has(state.selected) ? state.selected : article);
    cards.get(state.selected)?.scrollIntoView({ block: 'nearest' });
  };

  const sheet = () => assertionSheet(graph.assertionsOf(article).filter(filters.shows));

  views.set('board', { show, select: () => { highlight(); panel.show(state.selected); }, picture: () => paintElement(frame()), sheet, scrolls: frame });
  return { marks: () => cards.size };
})();
