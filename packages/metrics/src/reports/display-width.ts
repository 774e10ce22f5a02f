const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{M}\p{Cf}]+$/u;

/**
 * The number of columns that a text takes in a terminal: two for East Asian wide characters and emoji (Unicode
 * Standard Annex 11), none for marks that join the character before them, else one.
 */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + characterWidth(character), 0);
}

/** The longest beginning of a text that takes at most the given number of columns, with `…` if it is cut. */
export function fitWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let fitting = '';
  let used = 1;
  for (const character of charactersOf(text)) {
    used += characterWidth(character);
    if (used > width) break;
    fitting += character;
  }
  return `${fitting}…`;
}

/** The characters as a reader sees them: a letter with its accents is one. */
function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function characterWidth(character: string): number {
  return WIDE.test(character) ? 2 : INVISIBLE.test(character) ? 0 : 1;
}
