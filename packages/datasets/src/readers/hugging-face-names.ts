import type { FileMetaData } from 'hyparquet';

/**
 * The names of a column's class numbers, as Hugging Face's `datasets` writes them beside the data; undefined if there
 * are none.
 */
export function huggingFaceNames(
  { key_value_metadata }: FileMetaData,
  column: string,
): readonly string[] | undefined {
  const text = key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  if (!text) return undefined;
  let feature: unknown;
  try {
    feature = JSON.parse(text)?.info?.features?.[column];
  } catch {
    return undefined;
  }
  // a sequence of class labels has the class label in `feature`, or is a list of one
  for (let depth = 0; depth < 4 && typeof feature === 'object' && feature !== null; depth++) {
    const { names, feature: inner } = feature as { names?: unknown; feature?: unknown };
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
    feature = Array.isArray(feature) ? feature[0] : inner;
  }
  return undefined;
}
