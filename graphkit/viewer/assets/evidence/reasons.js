// Why: lines that say what a reader should know before trusting a sentence, each leading to its evidence.

/** A number as the article gave it: its comparator, its value, what it counts. */
const numberWords = ([, value, comparator, unit]) => {
  const shown = /^-?\d+(\.\d+)?$/.test(value) ? figure(Number(value)) : value;
  return say(`comparator_${comparator}`, { value: shown }) + (unit ? ` ${clean(unit)}` : '');
};

/** Marks of an assertion's parts, to be drawn in its sentence: who, by which word, how hedged, how loaded, how many. */
const marksOf = (assertion) => {
  const marks = [];
  const add = (kind, tag, at, range) => {
    if (Array.isArray(range)) marks.push({ range, tag, class: kind, id: `mark-${kind}-${at}` });
  };
  graph.get(assertion, 'chain').forEach(([, , , source, cue], at) => {
    add('speaker', 'u', at, source);
    add('cue', 'u', at, cue);
  });
  graph.get(assertion, 'hedges').forEach((range, at) => add('hedge', 'em', at, range));
  graph.get(assertion, 'loaded').forEach((range, at) => add('loaded', 'em', at, range));
  graph.get(assertion, 'numbers').forEach(([range], at) => add('number', 'b', at, range));
  return marks;
};

const wordsOf = (assertion, rangeOrWords) =>
  Array.isArray(rangeOrWords) ? wordsAt(graph.get(assertion, 'article'), ...rangeOrWords) ?? '' : rangeOrWords;

/** A line of the list; `mark` is the id of a mark in the sentence, `ref` a thing: the line leads there. */
const reason = (text, { mark = null, ref = null } = {}) => {
  const words = foreign(text);
  if (ref !== null) return element('li', {}, button(words, () => openThing(ref, { focusPanel: true }), { class: 'linkish' }));
  if (mark === null) return element('li', {}, words);
  return element('li', {}, button(words, () => pointAt(mark), { class: 'linkish' }));
};

/** Show where in the sentence a reason stands. */
const pointAt = (id) => {
  const target = document.getElementById(id);
  if (!target) return;
  findAll('.pointed').forEach((other) => other.classList.remove('pointed'));
  target.classList.add('pointed');
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
};

const speakerReasons = (assertion) => {
  const chain = graph.get(assertion, 'chain');
  if (!chain.length) return [reason(say('why_own_voice'))];
  const lines = chain
    .filter(([, , depth]) => depth === chain[0][2])
    .map(([source, mode, , range], at) => {
      const unnamed = graph.kind(source) === 'actor' && graph.get(source, 'kind') === 'unnamed';
      const name = (range && wordsAt(graph.get(assertion, 'article'), ...range)) ?? graph.name(source);
      if (unnamed) return reason(say('why_unnamed', { words: clean(name) }), range ? { mark: `mark-speaker-${at}` } : {});
      return reason(say('why_named', { name: clean(graph.name(source)), mode: sayValue('mode', mode) }), range ? { mark: `mark-speaker-${at}` } : { ref: source });
    });
  const names = chain.map(([source]) => clean(graph.name(source)));
  if (chain.some(([, , depth]) => depth > chain[0][2])) lines.push(reason(say('why_chain', { names: names.join(' ← ') })));
  return lines;
};

/** How many origins; `leads` to the claim where it is not shown itself. */
const originReason = (claim, { leads = true } = {}) => {
  const n = graph.get(claim, 'origins');
  const key = n === 0 ? 'why_origin_zero' : n === 1 ? 'why_origin_one' : 'why_origins';
  return reason(say(key, { n }), leads ? { ref: claim } : {});
};

/** Links of one relation that touch a thing: [other end, whether the thing is the link's source, its row]. */
const linked = (ref, relation) =>
  Array.from(graph.links(ref))
    .filter((row) => graph.cell('links', row, 'relation') === relation)
    .map((row) => {
      const source = graph.cell('links', row, 'source');
      return source === ref ? [graph.cell('links', row, 'target'), true, row] : [source, false, row];
    });

/** Where a thing stands, in few words: the headline or outlet of the article. */
const placeOf = (assertion) => {
  if (assertion < graph.nodes) return graph.name(assertion);
  const article = graph.get(assertion, 'article');
  const publisher = graph.get(article, 'publisher');
  return publisher >= 0 ? graph.name(publisher) : cut(graph.name(article), 60);
};

/** How a link was found and how sure it is; nothing where that is not said. */
const how = (row) => {
  const [method, score] = [graph.cell('links', row, 'method'), graph.cell('links', row, 'score')];
  return method && score !== null ? say('found_by', { method: clean(method), score: score.toFixed(2) }) : '';
};
const foundBy = (row) => (how(row) ? ` (${how(row)})` : '');

/** All reasons of an assertion, in the order a reader asks. */
const reasonsOf = (assertion) => {
  const claim = graph.get(assertion, 'claim');
  const lines = speakerReasons(assertion);
  if (graph.get(assertion, 'polarity') === 'negative') lines.push(reason(say('why_denied')));
  graph.get(assertion, 'hedges').forEach((hedge, at) =>
    lines.push(reason(say('why_hedge', { words: clean(wordsOf(assertion, hedge)) }), { mark: Array.isArray(hedge) ? `mark-hedge-${at}` : null })),
  );
  graph.get(assertion, 'numbers').forEach((number, at) => lines.push(reason(say('why_number', { number: numberWords(number) }), { mark: `mark-number-${at}` })));
  graph.get(assertion, 'loaded').forEach((loaded, at) =>
    lines.push(reason(say('why_loaded', { words: clean(wordsOf(assertion, loaded)) }), { mark: Array.isArray(loaded) ? `mark-loaded-${at}` : null })),
  );
  if (graph.get(assertion, 'tense') === 'future') lines.push(reason(say('why_future')));
  if (graph.get(assertion, 'type') !== 'factual') lines.push(reason(say('why_opinion', { type: sayValue('type', graph.get(assertion, 'type')) })));
  for (const [other, isSource, row] of linked(assertion, 'derivedFrom')) {
    if (isSource) lines.push(reason(say('why_derived', { name: placeOf(other) }) + foundBy(row), { ref: other }));
  }
  for (const [other, , row] of linked(assertion, 'contradicts')) lines.push(reason(say('why_conflict', { name: placeOf(other) }) + foundBy(row), { ref: other }));
  lines.push(originReason(claim));
  const confidence = graph.get(assertion, 'confidence');
  if (confidence !== null) lines.push(reason(say('why_confidence', { percent: `${Math.round(confidence * 100)} %` })));
  return lines;
};
