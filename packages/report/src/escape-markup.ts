const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Characters that XML 1.0 forbids even as a character reference, of which one in a class name would break
// a whole SVG, and characters that change the direction of the text around them. After such a label, a reader
// would see "5 of 31" as "13 fo 5".
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g;

/** Replaces characters that XML forbids, or that change the direction of text, by U+FFFD. */
export function allowedInXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd');
}

/** Escapes a text for HTML and SVG, as content or as the value of a quoted attribute. */
export function escapeMarkup(text: string): string {
  return allowedInXml(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

// Letters of Hebrew, Arabic and related scripts.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Whether a text has letters that are written from right to left, which move the numbers behind them. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/**
 * A name that the user chose, such as a label, as markup. A name in Arabic or Hebrew doesn't change the order
 * of the text around it, and an empty name can be seen.
 */
export function nameMarkup(name: string): string {
  const text = escapeMarkup(name.trim() === '' ? '(empty)' : name);
  return isRightToLeft(name) ? `<bdi>${text}</bdi>` : text;
}
