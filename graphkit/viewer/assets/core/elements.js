// Elements are made from text, never from HTML: foreign words go in by append() alone.

const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Foreign text as it may be shown: without characters that reorder or hide what stands around them. */
const clean = (text) => String(text ?? '').replace(BIDI_CONTROLS, '').replace(CONTROLS, '\ufffd');

/** At most `length` characters; never half of a surrogate pair. */
const cut = (text, length) => {
  const characters = clean(text);
  if (characters.length <= length) return characters;
  return characters.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '').trimEnd() + '…';
};

const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

const fill = (made, properties, children) => {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};

/** An HTML element; `on` holds listeners, other properties are attributes, children are nodes or text. */
const element = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);

/** The same for SVG. */
const drawn = (tag, properties = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);

/** Foreign text, kept from reordering the text around it. */
const foreign = (text, length) => element('bdi', {}, length ? cut(text, length) : clean(text));

/** A domain may break after its dots, and nowhere else if that is enough. */
const domain = (text) => element('bdi', {}, clean(text).split(/(?<=\.)/).flatMap((part, at) => (at ? [element('wbr'), part] : [part])));

const button = (label, act, properties = {}) =>
  element('button', { type: 'button', on: { click: act }, ...properties }, label);

/** The address if it is a web address, else null. */
const webAddress = (address) => {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
};

/** A link out of the page that says where it leads, or nothing for anything but a web address. */
const outwardLink = (key, address, values = {}) => {
  const url = webAddress(address);
  if (!url) return null;
  return element(
    'a',
    { href: url.href, rel: 'noopener noreferrer nofollow', referrerpolicy: 'no-referrer', target: '_blank', class: 'outward' },
    foreign(say(key, { host: url.hostname, ...values })),
    ' ↗',
  );
};

/** Tell those who listen what happened. */
const announce = (text) => {
  find('#live').textContent = clean(text);
};

/** A colour of the theme in force, by the name of its custom property. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
