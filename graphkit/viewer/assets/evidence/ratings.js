// Numbers, always with where they come from: ratings of outlets by family, intervals as bars, terms of a sum.

const share = (value) => value.toFixed(2);

/** A bar from 0 to 1 with an interval and, if there is one, a point in it. */
const intervalBar = (low, high, point) =>
  drawn(
    'svg',
    { class: 'interval', viewBox: '0 0 200 14', 'aria-hidden': 'true' },
    drawn('path', { class: 'scale', d: 'M2 7H198M2 3V11M198 3V11M100 5V9' }),
    drawn('rect', { class: 'reach', x: 2 + 196 * low, y: 3, width: Math.max(2, 196 * (high - low)), height: 8, rx: 2 }),
    point === null ? null : drawn('path', { class: 'point', d: `M${2 + 196 * point} 0V14` }),
  );

const ratingRow = (row) => {
  const cell = (name) => graph.cell('ratings', row, name);
  const scale = cell('worst') !== null && cell('best') !== null ? say('rating_of', { value: clean(cell('value')), worst: clean(cell('worst')), best: clean(cell('best')) }) : clean(cell('value'));
  const family = cell('family') && cell('family') !== cell('rater') ? element('span', { class: 'meta' }, foreign(cell('family'))) : null;
  const set = [cell('rating_set'), cell('version'), cell('licence')].filter(Boolean).map(clean).join(', ');
  const remarks = [cell('scope') ? say('rating_scope', { scope: clean(cell('scope')) }) : null, cell('is_imputed') ? say('rating_imputed') : null].filter(Boolean);
  return element(
    'tr',
    {},
    element('td', {}, foreign(cell('rater')), family, outwardLink('open_rating', cell('url'))),
    element('td', {}, scale, remarks.map((remark) => element('span', { class: 'meta' }, remark))),
    element('td', {}, foreign(cell('scale')), element('span', { class: 'meta' }, sayValue('dimension', cell('dimension'))), set ? element('span', { class: 'meta' }, foreign(set)) : null),
    element('td', { class: 'date' }, clean(cell('rated_on'))),
  );
};

/** What raters say of an outlet: one row each, and the interval that the families span. */
const ratingsOf = (outlet) => {
  const rows = Array.from(graph.ratings(outlet));
  if (!rows.length) return [];
  const heads = ['rating_rater', 'rating_value', 'rating_scale', 'rating_date'];
  const [low, high] = [graph.get(outlet, 'low'), graph.get(outlet, 'high')];
  return [
    element('h3', {}, say('ratings')),
    low === null ? null : [intervalBar(low, high, null), element('p', { class: 'meta' }, say(graph.get(outlet, 'families') > 1 ? 'families_span' : 'families_one', { low: share(low), high: share(high) }))],
    element(
      'table',
      { class: 'ratings' },
      element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, say(head))))),
      element('tbody', {}, rows.map(ratingRow)),
    ),
  ];
};

/** One term of a sum: its size, the words it stands for, whose they are and why it is no larger. */
const termLine = ([value, outlet, assertion, why]) => {
  const figure = element('span', { class: 'figure' }, (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2));
  const to = assertion >= 0 ? assertion : outlet;
  if (to < 0) return element('li', {}, figure, ' ', foreign(why));
  const name = assertion >= 0 ? foreign(`“${cut(quoteOf(assertion), 90)}”`) : domain(graph.name(outlet));
  const place = assertion < 0 ? null : outlet >= 0 ? graph.name(outlet) : placeOf(assertion);
  const details = [place, why].filter(Boolean).map((one) => foreign(one));
  return element(
    'li',
    {},
    figure,
    ' ',
    button(name, () => openThing(to, { focusPanel: true }), { class: 'linkish' }),
    details.length ? element('span', { class: 'meta' }, details.flatMap((one, at) => (at ? [' · ', one] : [one]))) : null,
  );
};

/** What was worked out of a claim or outlet: the number, its interval, how, and from what. */
const assessmentsOf = (ref) =>
  Array.from(graph.assessments(ref)).map((row) => {
    const cell = (name) => graph.cell('assessments', row, name);
    const values = { score: share(cell('score')), low: share(cell('low')), high: share(cell('high')), level: `${Math.round(cell('level') * 100)} %` };
    return [
      element('h3', {}, say(cell('is_estimate') ? 'assessed_estimate' : graph.kind(ref) === 'outlet' ? 'assessed_observed' : 'assessed_support')),
      intervalBar(cell('low'), cell('high'), cell('score')),
      element('p', { class: 'figures' }, say(cell('level') ? 'assessed_interval' : 'assessed_range', values)),
      cell('method') ? element('p', { class: 'meta' }, foreign(say('assessed_method', { method: clean(cell('method')) }))) : null,
      cell('terms').length ? [element('h4', {}, say('assessed_terms')), element('ul', { class: 'terms' }, cell('terms').map(termLine))] : null,
      relation('assessed_evidence', cell('evidence').filter((one) => !cell('terms').some((term) => term[2] === one))),
    ];
  });
