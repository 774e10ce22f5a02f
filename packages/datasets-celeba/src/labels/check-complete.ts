import { LabelFileError } from '../errors';

/**
 * Refuses attributes that end before another file does, because a csv has no line with the number of its images.
 *
 * @throws {LabelFileError} the other file has images that the attributes lack
 */
export function checkComplete(
  ids: readonly string[],
  attributes: string,
  other: { readonly ids: readonly string[]; readonly file: string },
): void {
  if (other.ids.length <= ids.length) return;
  const known = new Set(ids);
  const lacking = other.ids.filter((id) => !known.has(id));
  if (lacking.length === 0) return;
  const count = (number: number) => number.toLocaleString('en-US');
  throw new LabelFileError(
    `CelebA.open: expected ${attributes} to have the ${count(other.ids.length)} images that ${other.file} has; it has ${count(ids.length)}, and ${lacking[0]} is the first that it lacks. ` +
      `Download it again; for a part of the data on purpose, put the number of images on a line before the names of a .txt, or take the other images out of ${other.file}.`,
  );
}
