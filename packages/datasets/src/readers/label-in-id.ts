/** Parts of names that tell the images of one thing apart, and are no labels. */
const VIEW = /^(?:\d+|\w{1,2}|left|right|front|back|side|top|bottom|lateral|frontal|oblique|mlo)$/i;
/** The names of a column that says whether a label is there, and not which. */
const VERDICT = /^(?:label|target|value|class|answer|is_?present|present|probability)$/i;

/** An image's name and a label that stand in one cell. */
export interface LabelInId {
  readonly image: string;
  readonly label: string;
}

/** The parts of a cell before and after the last place of a text; undefined if the text isn't in it. */
export function splitAfter(cell: string, after: string): LabelInId | undefined {
  const at = cell.lastIndexOf(after);
  const label = cell.slice(at + after.length).trim();
  return at < 1 || label === '' ? undefined : { image: cell.slice(0, at).trim(), label };
}

/**
 * The labels at the ends of ids such as `ID_1_epidural`, as in RSNA's table with a row per image and label; undefined if
 * the ids have none.
 *
 * Ids have labels if the one column beside them is named like a verdict, and each image comes with the same words.
 */
export function labelsInIds(
  ids: readonly string[],
  labels: readonly string[],
): readonly string[] | undefined {
  if (labels.length !== 1 || !VERDICT.test(labels[0])) return undefined;
  const images = new Set<string>();
  const names = new Set<string>();
  for (const id of ids) {
    const parts = splitAfter(id, '_');
    if (!parts || VIEW.test(parts.label) || !/^[a-z]+$/i.test(parts.label)) return undefined;
    images.add(parts.image);
    names.add(parts.label);
    if (names.size > ids.length / 2) return undefined;
  }
  return names.size > 1 && images.size * names.size === ids.length ? [...names] : undefined;
}
