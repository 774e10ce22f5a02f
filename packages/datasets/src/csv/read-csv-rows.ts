import { DatasetFileError } from '../errors';

const QUOTE = 34;
const SPACE = 32;
const LF = 10;
const CR = 13;

/**
 * Reads the rows of a CSV text one after another, the header's first (RFC 4180).
 *
 * Quoted fields, line breaks in them, LF, CRLF and CR, byte order marks and empty lines are understood. The number of
 * cells isn't checked: the caller refuses rows with too few or too many cells.
 *
 * @param delimiter what separates the cells; one character. With a space, any number of spaces separates two cells, and
 *   spaces around a row are ignored
 * @param onRow gets the cells and the number of the line that the row begins on, from 1
 * @throws {DatasetFileError} a quote is never closed, or something follows the closing one
 *
 * @example
 * ```ts
 * import { readCsvRows } from '@thawjs/datasets';
 *
 * const rows: string[] = [];
 * readCsvRows('id,Smiling\r\n"a,1.jpg",1\r\n', (cells, line) => rows.push(`${line}: ${cells.join(' | ')}`));
 * console.log(rows); // [ '1: id | Smiling', '2: a,1.jpg | 1' ]
 * ```
 */
export function readCsvRows(
  text: string,
  onRow: (cells: readonly string[], line: number) => void,
  delimiter = ',',
): void {
  const separator = delimiter.charCodeAt(0);
  let at = 0;
  while (text.charCodeAt(at) === 0xfeff) at++;
  let line = 1;
  const skipSpaces = () => {
    while (separator === SPACE && text.charCodeAt(at) === SPACE) at++;
  };
  while (at < text.length) {
    const rowLine = line;
    const cells: string[] = [];
    skipSpaces();
    for (let more = true; more; ) {
      const start = quoteAfterSpaces(text, at) ?? at;
      if (text.charCodeAt(start) === QUOTE) {
        const end = closingQuote(text, start, line);
        for (let i = start; i < end; i++) if (text.charCodeAt(i) === LF) line++;
        const content = text.slice(start + 1, end);
        cells.push(content.includes('"') ? content.replaceAll('""', '"') : content);
        at = end + 1;
        while (text.charCodeAt(at) === SPACE && separator !== SPACE) at++;
        const next = text.charCodeAt(at);
        if (at < text.length && next !== separator && next !== LF && next !== CR) {
          throw new DatasetFileError(
            `line ${line}: expected the end of a cell after its closing quote; received "${text.slice(start, at + 20)}". Was a quote not closed, or not doubled?`,
          );
        }
      } else {
        for (let code = text.charCodeAt(at); at < text.length; code = text.charCodeAt(++at)) {
          if (code === separator || code === LF || code === CR) break;
        }
        cells.push(text.slice(start, at));
      }
      more = text.charCodeAt(at) === separator && at < text.length;
      if (more) at++;
      skipSpaces();
      if (separator === SPACE && isEnd(text, at)) more = false;
    }
    if (text.charCodeAt(at) === CR) at++;
    if (text.charCodeAt(at) === LF) at++;
    line++;
    if (cells.length > 1 || cells[0] !== '') onRow(cells, rowLine);
  }
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === LF || text.charCodeAt(at) === CR;
}

/** The position of a quote that begins a cell after spaces, which some programs write after each comma. */
function quoteAfterSpaces(text: string, start: number): number | undefined {
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  return text.charCodeAt(at) === QUOTE ? at : undefined;
}

/** The position at which the quote that opens at `start` closes. Two quotes in a row are one quote of the content. */
function closingQuote(text: string, start: number, line: number): number {
  let at = start;
  do {
    at = text.indexOf('"', at + 1);
    if (at === -1) {
      throw new DatasetFileError(
        `line ${line}: the quote of "${text.slice(start + 1, start + 31)}…" is never closed. Close it, or double it if it is part of the text.`,
      );
    }
  } while (text.charCodeAt(at + 1) === QUOTE && ++at);
  return at;
}
