// The evidence panel: what a thing is, the words it rests on, and where to go from there.

const panel = (() => {
  const chip = (text, style = '') => element('span', { class: `chip ${style}` }, text);
  const supportChip = (claim) => {
    const support = graph.get(claim, 'support');
    return chip([element('span', { 'aria-hidden': 'true' }, `${sayValue('glyph', support)} `), sayValue('support', support)], support === 'opinion' ? 'dashed' : support);
  };
  const bandChip = (outlet) => {
    const band = graph.get(outlet, 'band');
    return chip([element('span', { 'aria-hidden': 'true' }, `${sayValue('glyph', band)} `), sayValue('band', band)], band === 'unrated' ? 'dashed' : '');
  };
  const chips = (...items) => element('p', { class: 'chips' }, items.filter(Boolean));
  const meta = (...items) => {
    const shown = items.filter(Boolean);
    return shown.length ? element('p', { class: 'meta' }, shown.flatMap((item, at) => (at ? [' · ', item] : [item]))) : null;
  };
  const list = (title, lines) => (lines.length ? [element('h3', {}, say(title)), element('ul', { class: 'reasons' }, lines)] : null);

  const place = (article, begin, end) => {
    const url = webAddress(graph.get(article, 'url') ?? '');
    return element('p', { class: 'place' }, say('chars', { begin: String(begin), end: String(end) }), ' · ', foreign(url ? url.host + url.pathname : graph.name(article), 120));
  };
  const articleLink = (article) => {
    const link = outwardLink('open_article', graph.get(article, 'url') ?? '');
    return link ? element('p', {}, link) : null;
  };
  const actions = (...buttons) => (buttons.some(Boolean) ? element('p', { class: 'actions' }, buttons.filter(Boolean)) : null);
  const neighbourhoodButton = (ref) =>
    state.view === 'neighbourhood' && state.focus === ref ? null : button(say('show_neighbourhood'), () => go({ view: 'neighbourhood', focus: ref, selected: ref, opened: new Map() }, { focusPanel: true }));
  const boardButton = (ref) => button(say('show_board'), () => openThing(ref, { focusPanel: true }));

  const quoteText = (assertion) => {
    const article = graph.get(assertion, 'article');
    const source = [graph.name(article), graph.get(article, 'published'), graph.get(article, 'url'), say('chars', { begin: String(graph.get(assertion, 'begin')), end: String(graph.get(assertion, 'end')) })];
    return `“${clean(quoteOf(assertion))}”\n— ${source.filter(Boolean).map(clean).join(', ')}\n`;
  };

  const spokenBy = (assertion) => graph.get(assertion, 'chain').map(([source]) => source);

  /** Sentences that contradict an assertion, each in full beside it. */
  const conflictsOf = (assertion) => {
    const others = linked(assertion, 'contradicts').map(([other]) => other).filter((other) => graph.kind(other) === 'assertion');
    if (!others.length) return null;
    return [
      element('h3', {}, say('conflicts')),
      element('div', { class: 'side-by-side' }, [assertion, ...others.slice(0, 8)].map((one) => statement(one))),
    ];
  };

  /** An assertion in short: who, the sentence, where. */
  const statement = (assertion) => {
    const speakers = spokenBy(assertion);
    const who = speakers.length ? foreign(graph.name(speakers[0])) : say('the_article_itself');
    const title = [foreign(placeOf(assertion)), graph.get(graph.get(assertion, 'article'), 'published')];
    return element(
      'div',
      { class: graph.get(assertion, 'polarity') === 'negative' ? 'statement denied' : 'statement' },
      meta(...title, who),
      quotation(graph.get(assertion, 'article'), graph.get(assertion, 'begin'), graph.get(assertion, 'end'), { quote: graph.get(assertion, 'quote') }),
      button(say('kind_assertion') + ' →', () => openThing(assertion, { focusPanel: true }), { class: 'linkish' }),
    );
  };

  /** Whether a claim has no number although others have: too little stands behind it. */
  const isRefused = (claim) =>
    !graph.assessments(claim).length && graph.get(claim, 'support') !== 'opinion' && (graph.get(claim, 'origins') <= 1 || graph.rows('assessments') > 0);

  const bodies = {
    assertion(ref) {
      const [article, claim] = [graph.get(ref, 'article'), graph.get(ref, 'claim')];
      const [begin, end, certainty, worth] = ['begin', 'end', 'certainty', 'checkworthiness'].map((name) => graph.get(ref, name));
      return [
        chips(chip(sayValue('certainty', certainty), certainty === 'certain' ? '' : 'dashed'), chip(sayValue('voice', graph.get(ref, 'voice'))), supportChip(claim), worth !== null && worth >= 0.5 ? chip(say('chip_checkworthy')) : null),
        quotation(article, begin, end, { marks: marksOf(ref), quote: graph.get(ref, 'quote') }),
        place(article, begin, end),
        list('why', reasonsOf(ref)),
        assessmentsOf(claim),
        relation('said_by', spokenBy(ref)),
        relation('about', graph.get(ref, 'about')),
        conflictsOf(ref),
        relation('claim_of', [claim]),
        trace.show(ref),
        trace.circles(claim),
        relation('copied_by', linked(ref, 'derivedFrom').filter(([, isSource]) => !isSource).map(([other]) => other)),
        relation('asserted_in', [article]),
        articleLink(article),
        actions(button(say('copy_quote'), () => keepQuote(quoteText(ref))), neighbourhoodButton(claim), state.view === 'board' ? null : boardButton(ref)),
      ];
    },

    claim(ref) {
      const told = graph.assertionsOf(ref);
      const [said, denied] = [told.filter((one) => graph.get(one, 'polarity') !== 'negative'), told.filter((one) => graph.get(one, 'polarity') === 'negative')];
      const statements = (title, refs) =>
        refs.length ? [element('h3', {}, say(title)), refs.slice(0, 8).map(statement), refs.length > 8 ? button(say('and_more', { n: refs.length - 8 }), () => go({ view: 'table', tableKind: 'assertion' }), { class: 'linkish more' }) : null] : null;
      const same = linked(ref, 'sameClaim').map(([other]) => other);
      return [
        chips(supportChip(ref)),
        list('why', [originReason(ref, { leads: false })].concat(isRefused(ref) ? [reason(say('number_refused'))] : [])),
        assessmentsOf(ref),
        trace.circles(ref),
        statements('asserted_in', said),
        statements('denied_in', denied),
        relation('said_by', joined(ref, 'says', 'in')),
        relation('about', joined(ref, 'about', 'out')),
        relation('same_claim', same, { detail: (other) => linkDetail(ref, other, 'sameClaim') }),
        relation('supported_by', joined(ref, 'supports', 'in')),
        relation('supports', joined(ref, 'supports', 'out')),
        relation('conflicts', joined(ref, 'contradicts', 'both')),
        actions(neighbourhoodButton(ref), told.length ? boardButton(told[0]) : null),
      ];
    },

    outlet(ref) {
      const verdict = graph.get(ref, 'verdict');
      const cited = joined(ref, 'cites', 'in');
      const manners = new Set(Array.from(graph.citations(ref), (row) => graph.cell('citations', row, 'kind')));
      return [
        chips(bandChip(ref), verdict === 'contested' ? chip(say('verdict_contested'), 'contested') : null),
        list('why', [reason(say(`verdict_${verdict}`, { n: graph.get(ref, 'families') })), ...(manners.size === 1 ? [reason(say('why_cited', { manner: sayValue('citation', [...manners][0]) }))] : [])]),
        ratingsOf(ref),
        assessmentsOf(ref),
        trace.circles(ref),
        relation('says', graph.saidBy(ref)),
        relation('publishes', joined(ref, 'publishes', 'out')),
        relation('cites', joined(ref, 'cites', 'out')),
        relation('cited_by', ofKind(cited, 'article'), { detail: (other) => citationDetail(ref, other) }),
        relation('cited_by', ofKind(cited, 'outlet')),
        relation('about_this', graph.saidAbout(ref)),
        actions(neighbourhoodButton(ref)),
      ];
    },

    article(ref) {
      const authors = graph.get(ref, 'authors');
      const publisher = graph.get(ref, 'publisher');
      const notes = Array.from(graph.notes(ref));
      return [
        meta(clean(graph.get(ref, 'published') ?? say('undated')), say('written', { length: graph.get(ref, 'length') }), authors.length ? foreign(say('by_authors', { names: authors.join(', ') })) : null),
        articleLink(ref),
        notes.length ? [element('h3', {}, say('notes')), notes.map((row) => noteBlock(ref, row))] : null,
        relation('published_by', publisher >= 0 ? [publisher] : []),
        relation('asserts', graph.assertionsOf(ref), { isPlaced: false }),
        relation('cites', joined(ref, 'cites', 'out'), { detail: (other) => citationDetail(ref, other) }),
        relation('cited_by', joined(ref, 'cites', 'in')),
        trace.show(ref),
        trace.circles(ref),
        relation('copied_by', joined(ref, 'derivedFrom', 'in')),
        relation('shares_text', joined(ref, 'sharesText', 'both')),
        relation('mentions', mentioned(ref, 'actor'), { detail: (other) => mentionDetail(ref, other) }),
        actions(neighbourhoodButton(ref), state.view === 'board' && state.focus === ref ? null : boardButton(ref)),
      ];
    },

    actor(ref) {
      const wikidata = graph.get(ref, 'wikidata');
      return [
        wikidata ? element('p', {}, outwardLink('open_wikidata', `https://www.wikidata.org/wiki/${encodeURIComponent(wikidata)}`, { id: wikidata })) : null,
        relation('says', graph.saidBy(ref)),
        relation('about_this', graph.saidAbout(ref)),
        relation('cited_by', joined(ref, 'cites', 'in')),
        relation('mentioned_in', mentioned(ref, 'article'), { detail: (other) => mentionDetail(ref, other) }),
        actions(neighbourhoodButton(ref)),
      ];
    },
  };

  const noteBlock = (article, row) => {
    const cell = (name) => graph.cell('notes', row, name);
    return element(
      'div',
      { class: 'note' },
      element('p', {}, foreign(cell('question'))),
      cell('ranges').slice(0, 3).map(([begin, end]) => quotation(article, begin, end)),
      element('p', { class: 'meta' }, foreign(say('note_fact', { fact: clean(cell('fact')), source: clean(cell('fact_source')) }))),
    );
  };

  /** What people noted on a thing, with who and when. */
  const remarksOn = (ref) => {
    const rows = Array.from(graph.remarks(ref));
    const words = (row) => element('div', { class: 'note' }, element('p', {}, foreign(graph.cell('remarks', row, 'text'))), meta(...['by', 'made_at'].map((name) => graph.cell('remarks', row, name)).filter(Boolean).map((one) => foreign(one))));
    return rows.length ? [element('h3', {}, say('remarks')), rows.map(words)] : null;
  };

  const kicker = (ref) => {
    const kind = graph.kind(ref);
    return kind === 'actor' ? sayValue('actor', graph.get(ref, 'kind')) : say(`kind_${kind}`);
  };

  const put = (...content) => {
    const body = find('#panel-body');
    body.replaceChildren(...content.flat(Infinity).filter(Boolean));
    body.scrollTop = 0;
    find('#panel').scrollTop = 0;
  };

  return {
    put,
    quoteText,
    kicker,
    show(ref) {
      const kind = graph.kind(ref);
      if (document.documentElement.dataset.sheet === 'closed') document.documentElement.dataset.sheet = 'half';
      put(element('p', { class: `kicker ${kind}` }, kicker(ref)), element('h2', { tabindex: '-1' }, foreign(graph.name(ref))), remarksOn(ref), bodies[kind](ref));
      const n = kind === 'assertion' ? spokenBy(ref).length + graph.get(ref, 'about').length : graph.degree(ref);
      announce(say('live_shown', { kind: kicker(ref), name: graph.name(ref), links: say('links', { n }) }));
    },
  };
})();
