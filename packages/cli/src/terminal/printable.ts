/** Colours and styles as picocolors writes them. Hidden text (8) isn't allowed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const STYLE = /\u001b\[(?:0|1|2|3|4|7|9|2[1-79]|3\d|39|4\d|9\d|10[0-7])m/;
/**
 * Control characters except tab and line break, and the characters that change the direction of the surrounding text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const EITHER = new RegExp(`${STYLE.source}|${CONTROL.source}`, 'g');

/**
 * Makes a text safe for a terminal. A file name or a label may hold characters that move the cursor, hide text or
 * reverse its order; they become U+FFFD. Colours stay.
 */
export function printable(text: string): string {
  return text.replace(EITHER, (found) => (STYLE.test(found) ? found : '\ufffd'));
}
