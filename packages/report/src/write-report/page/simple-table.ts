import { escapeMarkup, nameMarkup } from '../../escape-markup';

/** A cell: a text, which is escaped, or markup, which isn't. */
export type SimpleCell = string | number | { readonly html: string };

/** A table whose first column names the rows. Cells break their lines, so that the table fits a phone. */
export function simpleTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly SimpleCell[])[],
): string {
  const head = heads.map((text) => `<th scope="col">${escapeMarkup(text)}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${typeof first === 'string' ? nameMarkup(first) : cell(first)}</th>${others.map((one, at) => `<td data-head="${escapeMarkup(heads[at + 1])}">${cell(one)}</td>`).join('')}</tr>`,
  );
  return `<table class="thaw-simple"><caption class="thaw-hidden">${escapeMarkup(name)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function cell(value: SimpleCell): string {
  if (typeof value === 'object') return value.html;
  return escapeMarkup(typeof value === 'number' ? value.toLocaleString('en-US') : value);
}
