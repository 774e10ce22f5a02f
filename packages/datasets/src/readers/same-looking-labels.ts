/** Characters that show nothing: zero-width spaces and joiners, byte order marks. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;

/** Finds two labels that look the same and differ in invisible characters, in kinds of spaces, or in how accents are written. */
export function sameLookingLabels(labels: readonly string[]): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const label of labels) {
    const look = label.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
    const other = seen.get(look);
    if (other !== undefined) return [other, label];
    seen.set(look, label);
  }
  return undefined;
}
