// Words of the page: every string a reader sees comes from the one table that the page carries.

const words = (() => {
  const table = new Map(Object.entries(JSON.parse(document.querySelector('#page-words').textContent)));
  const figures = new Intl.NumberFormat('en');

  /** A number as it is read: thousands apart, at most two decimals. */
  const figure = (value) => figures.format(Math.round(value * 100) / 100);

  /** The words of `key`, with {n} and other names filled in; a pair of strings is for one and for many. */
  const say = (key, values = {}) => {
    let text = table.get(key);
    if (text === undefined) return key;
    if (Array.isArray(text)) text = text[values.n === 1 ? 0 : 1];
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? figure(value) : String(value);
    });
  };

  /** The words of `prefix_value`, or the value itself where the table has none: data may hold words we do not know. */
  const sayValue = (prefix, value) => (table.has(`${prefix}_${value}`) ? say(`${prefix}_${value}`) : String(value));

  return { say, sayValue, figure };
})();
const { say, sayValue, figure } = words;
