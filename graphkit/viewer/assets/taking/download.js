// Taking away: pictures, tables and quotes; file names are fixed, never made from foreign words.

const SCALE = 2;
const MOST_PIXELS = 60e6;

const save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(say('taken', { file: name }));
};

const svgText = (svg) => new XMLSerializer().serializeToString(svg).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

const svgBlob = (svg) => new Blob([svgText(svg)], { type: 'image/svg+xml;charset=utf-8' });

/** The drawing as a bitmap, twice as fine as on the screen, less where it would grow too large. */
const pngBlob = async (svg) => {
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)));
  const address = URL.createObjectURL(svgBlob(svg));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = element('canvas', { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
};

const saveSheet = (rows, name) => save(`${name}.csv`, new Blob(['\ufeff', csvOf(rows)], { type: 'text/csv;charset=utf-8' }));

/** Put a quote with its source into the clipboard, or into a file where that is not allowed. */
const keepQuote = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    bar.message(say('copied'));
  } catch {
    save('graphkit-quote.txt', new Blob([text], { type: 'text/plain;charset=utf-8' }));
  }
};

const take = {
  svg: () => save(`graphkit-${state.view}.svg`, svgBlob(views.get(state.view).picture())),
  png: async () => save(`graphkit-${state.view}.png`, await pngBlob(views.get(state.view).picture())),
  csv: () => saveSheet(views.get(state.view).sheet(), `graphkit-${state.view}`),
  print: () => print(),
};

const connectTaking = () => {
  const entries = [
    ['png', say('take_png')],
    ['svg', say('take_svg')],
    ['csv', say('take_csv')],
    ...tables.ORDER.filter((kind) => graph.count(kind)).map((kind) => [kind, say('take_csv_all', { kind: say(`kinds_${kind}`) })]),
    ['print', say('take_print')],
  ];
  const menu = find('#take-menu');
  const small = (label, act) => element('li', { class: 'small-screen' }, button(label, act));
  menu.append(
    ...entries.map(([what, label]) =>
      element(
        'li',
        {},
        button(label, () => {
          find('#take').open = false;
          if (take[what]) take[what]();
          else saveSheet(tables.sheet(what), `graphkit-${what}s`);
        }),
      ),
    ),
    small(say('theme'), bar.turnTheme),
    small(say('help'), bar.help),
  );
};
