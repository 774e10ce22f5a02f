const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// What XML 1.0 forbids even as a character reference; one such byte in a class name would break a whole SVG.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text or markup without the characters that no XML may have; each becomes U+FFFD. */
export function allowedInXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd');
}

/** Escapes a text for HTML and SVG, as content and as a quoted attribute's value alike. */
export function escapeMarkup(text: string): string {
  return allowedInXml(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
