// A guided tour: steps with a heading and a text, each with what it points at; the rest is faded.

const story = (() => {
  let step = -1;

  const steps = () => graph.story?.steps ?? [];

  const show = () => {
    const { heading, text, refs, view } = steps()[step];
    const [first] = refs;
    state.told = refs.length ? new Set(refs.flatMap((ref) => (graph.kind(ref) === 'claim' ? [ref, ...graph.assertionsOf(ref)] : [ref]))) : null;
    if (view === 'map' || view === 'table') go({ view });
    else if (first !== undefined && view === 'neighbourhood' && first < graph.nodes) go({ view: 'neighbourhood', focus: first, selected: first, opened: new Map() });
    else if (first !== undefined) openThing(onBoard(first));
    const last = step === steps().length - 1;
    find('#story').replaceChildren(
      element(
        'div',
        { class: 'story-words' },
        element('p', { class: 'kicker' }, say('story_step', { n: step + 1, total: steps().length })),
        element('h2', { tabindex: '-1', id: 'story-heading' }, foreign(heading)),
        element('p', {}, foreign(text)),
      ),
      element(
        'div',
        { class: 'story-steps' },
        step > 0 ? button(say('story_back'), () => turn(-1)) : null,
        last ? null : button(say('story_next'), () => turn(1), { class: 'chief' }),
        button(say('story_end'), end),
      ),
    );
    find('#story').hidden = false;
    find('#story-heading').focus();
    announce(`${heading}. ${text}`);
  };

  /** A claim is shown on the board of the first article that tells it. */
  const onBoard = (ref) => (graph.kind(ref) === 'claim' ? graph.assertionsOf(ref)[0] ?? ref : ref);

  const turn = (by) => {
    step += by;
    show();
  };

  const end = () => {
    step = -1;
    find('#story').hidden = true;
    state.told = null;
    views.get(state.view).show();
    find('#story-start').focus();
  };

  return {
    connect() {
      if (!steps().length) return;
      const start = find('#story-start');
      start.hidden = false;
      start.addEventListener('click', () => {
        step = 0;
        show();
      });
    },
  };
})();
