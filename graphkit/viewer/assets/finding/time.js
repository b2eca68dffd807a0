// When articles were published: a histogram that is also the brush, and a slider with two ends under it.

const DAY = 86_400_000;
const BARS = 24;

/** A date as a whole number of days; NaN where it is none. */
const dayOf = (date) => Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY);
const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Days of all dated articles, in order, and how many have no date. */
const articleDays = () => {
  const days = [];
  let undated = 0;
  for (const ref of graph.refs('article')) {
    const day = dayOf(graph.get(ref, 'published') ?? '');
    if (Number.isNaN(day)) undated += 1;
    else days.push(day);
  }
  return { days: days.sort((a, b) => a - b), undated };
};

const histogram = (days, low, high) => {
  const count = Math.min(BARS, high - low + 1);
  const width = (high - low + 1) / count;
  const bars = new Array(count).fill(0);
  for (const day of days) bars[Math.min(count - 1, Math.floor((day - low) / width))] += 1;
  return { bars, width };
};

const histogramPicture = (bars, isInside) => {
  const most = bars.reduce((high, count) => Math.max(high, count), 1);
  return drawn(
    'svg',
    { class: 'histogram', viewBox: `0 0 ${bars.length * 8} 40`, preserveAspectRatio: 'none', role: 'img', 'aria-label': say('time_label') },
    bars.map((count, at) => {
      const height = count ? Math.max(3, (38 * count) / most) : 0;
      return drawn('rect', { x: at * 8 + 0.5, y: 40 - height, width: 7, height, class: isInside(at) ? 'bar' : 'bar off' });
    }),
  );
};

const slider = (id, label, low, high, day, act) =>
  element(
    'label',
    { class: 'slide', for: id },
    say(label),
    element('input', { id, type: 'range', min: low, max: high, value: day, 'aria-valuetext': dateOf(day), on: { input: act } }),
  );

/** The whole field; it redraws itself while its ends are moved. */
const timeField = () => {
  const { days, undated } = articleDays();
  const field = element('fieldset', { id: 'time' }, element('legend', {}, say('time')));
  if (!days.length) {
    field.append(element('p', { class: 'key' }, say('time_none')));
    return field;
  }
  const [low, high] = [days[0], days[days.length - 1]];
  const { bars, width } = histogram(days, low, high);
  const { rest } = filters;
  const range = () => [rest.from === null ? low : dayOf(rest.from), rest.to === null ? high : dayOf(rest.to)];
  const output = element('output', { class: 'key', for: 'time-from time-to' });
  let picture = histogramPicture(bars, () => true);
  let waiting = 0;

  const draw = () => {
    const [from, to] = range();
    const inside = (at) => low + (at + 1) * width > from && low + at * width <= to;
    const next = histogramPicture(bars, inside);
    picture.replaceWith(next);
    picture = next;
    output.textContent = rest.from === null && rest.to === null ? say('time_all') : say('time_range', { from: dateOf(from), to: dateOf(to) });
  };
  const set = (from, to) => {
    rest.from = from <= low ? null : dateOf(from);
    rest.to = to >= high ? null : dateOf(to);
    for (const [id, day] of [['#time-from', from], ['#time-to', to]]) {
      const input = find(id, field);
      input.value = String(day);
      input.setAttribute('aria-valuetext', dateOf(day));
    }
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(filters.changed, 120);
  };
  const brush = (event) => {
    const box = plot.getBoundingClientRect();
    const dayAt = (x) => Math.round(low + Math.min(1, Math.max(0, (x - box.left) / box.width)) * (high - low));
    const start = dayAt(event.clientX);
    plot.setPointerCapture(event.pointerId);
    plot.onpointermove = (move) => set(Math.min(start, dayAt(move.clientX)), Math.max(start, dayAt(move.clientX)));
    plot.onpointerup = () => {
      plot.onpointermove = null;
    };
  };
  const plot = element('div', { class: 'plot', on: { pointerdown: brush } }, picture);
  const [from, to] = range();
  field.append(plot);
  if (high > low) {
    field.append(
      slider('time-from', 'time_from', low, high, from, (event) => set(Math.min(Number(event.target.value), range()[1]), range()[1])),
      slider('time-to', 'time_to', low, high, to, (event) => set(range()[0], Math.max(Number(event.target.value), range()[0]))),
    );
  }
  field.append(output);
  if (undated) {
    field.append(
      element(
        'label',
        { class: 'tick' },
        element('input', {
          type: 'checkbox',
          id: 'time-undated',
          checked: rest.undated,
          on: {
            change: (event) => {
              rest.undated = event.target.checked;
              filters.changed();
            },
          },
        }),
        say('time_undated', { n: undated }),
      ),
    );
  }
  draw();
  return field;
};
