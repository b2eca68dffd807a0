// Keys: everything can be done without a mouse.

const keyboard = (() => {
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** The mark nearest to the current one in a direction; what lies aside counts as further. */
  const nearest = ([dx, dy]) => {
    const { marks } = stage.scene();
    const from = marks.find((mark) => mark.current) ?? { x: -dx * 1e4, y: -dy * 1e4 };
    let best = null;
    let least = Infinity;
    for (const mark of marks) {
      const [x, y] = [mark.x - from.x, mark.y - from.y];
      const along = x * dx + y * dy;
      const distance = along + 2.5 * Math.abs(x * dy - y * dx);
      if (mark !== from && along > 2 && distance < least) [best, least] = [mark, distance];
    }
    return best;
  };

  const onCanvas = (event) => {
    if (!stage.scene()) return;
    if (DIRECTIONS[event.key]) {
      event.preventDefault();
      const mark = nearest(DIRECTIONS[event.key]);
      if (!mark) return;
      stage.setCurrent(mark.key);
      if (mark.ref >= 0) select(mark.ref);
      else announce(`${mark.spoken}: ${mark.label}`);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const mark = stage.scene().marks.find((one) => one.current);
      if (mark) views.get(state.view).open(mark.key);
    }
  };

  const isTyping = (target) => target.matches?.('input:not([type=checkbox]):not([type=range]),select,textarea');

  const ACTS = {
    '/': () => find('#search-field').focus(),
    m: () => go({ view: 'map', focus: -1, selected: -1 }),
    t: () => go({ view: 'table', selected: -1 }),
    l: () => bar.openNeighbourhood(),
    b: () => bar.openBoard(),
    '?': () => bar.help(),
  };

  const onPage = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find('dialog[open]')) return;
    if (ACTS[event.key]) {
      event.preventDefault();
      ACTS[event.key]();
    } else if (event.key === 'Escape') {
      if (bar.closeSheets()) return;
      permalink.back();
    }
  };

  return {
    connect() {
      document.addEventListener('keydown', onPage);
      find('#canvas').addEventListener('keydown', onCanvas);
    },
  };
})();
