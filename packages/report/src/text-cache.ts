import LRU from 'zrender/lib/core/LRU.js';

const ENTRIES = Symbol('entries');

/**
 * Makes zrender, by which ECharts draws, keep the widths of texts in objects without a prototype. In plain objects, the text
 * `__proto__` is found to be Object.prototype, which zrender then writes to, and `constructor` and `toString` are found to be
 * those functions. A label of these names would change every object of the process.
 */
export function keepTextsApart(): void {
  Object.defineProperty(LRU.prototype, '_map', {
    configurable: true,
    get(this: { [ENTRIES]: object }) {
      return this[ENTRIES];
    },
    set(this: { [ENTRIES]: object }, entries: object) {
      this[ENTRIES] = Object.setPrototypeOf(entries, null);
    },
  });
}
