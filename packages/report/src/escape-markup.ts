const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Characters that XML 1.0 forbids even as a character reference. One of them in a class name would break a
// whole SVG.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Replaces the characters of a text or markup that XML forbids by U+FFFD. */
export function allowedInXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd');
}

/** Escapes a text for HTML and SVG, as content or as the value of a quoted attribute. */
export function escapeMarkup(text: string): string {
  return allowedInXml(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
