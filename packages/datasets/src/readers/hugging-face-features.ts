import type { ColumnFile } from './column-file';

/**
 * The names of a column's class numbers, as Hugging Face's `datasets` writes them beside the data; undefined if there
 * are none.
 */
export function classNames(description: string | undefined, column: string): readonly string[] | undefined {
  let feature = features(description)[column];
  // a list of class labels has the class label in `feature`, or is a list of one
  for (let depth = 0; depth < 4 && typeof feature === 'object' && feature !== null; depth++) {
    const { names, feature: inner } = feature as { names?: unknown; feature?: unknown };
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
    feature = Array.isArray(feature) ? feature[0] : inner;
  }
  return undefined;
}

/** The column of the images: `image`, or else the only one that the description calls images. */
export function imageColumn({ columns, description }: ColumnFile): string {
  const described = Object.entries(features(description))
    .filter(([name, feature]) => isImage(feature) && columns.includes(name))
    .map(([name]) => name);
  return !columns.includes('image') && described.length === 1 ? described[0] : 'image';
}

function isImage(feature: unknown): boolean {
  return (
    typeof feature === 'object' && feature !== null && (feature as { _type?: unknown })._type === 'Image'
  );
}

/** The description of each column: in a file under `info`, in `dataset_info.json` at the top. */
function features(description: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const found = JSON.parse(description ?? '{}');
    return Object(found?.info?.features ?? found?.features);
  } catch {
    return {};
  }
}
