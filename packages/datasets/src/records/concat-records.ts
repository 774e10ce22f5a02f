import { DatasetShapeError } from '../errors';
import { concatImages } from '../images/concat-images';
import type { DatasetRecords } from './dataset-records';

/**
 * The records of several datasets one after another. Groups that are equal are the same group.
 *
 * @throws {DatasetShapeError} they have other labels, or not the same columns, framing and augmentation
 */
export function concatRecords(parts: readonly DatasetRecords[]): DatasetRecords {
  const [first] = parts as [DatasetRecords];
  const { subset: _, imageIndices: __, ...others } = first;
  for (const part of parts) {
    const fail = (what: string, remedy: string) => {
      throw new DatasetShapeError(`concat: expected datasets ${what}. ${remedy}`);
    };
    if (part.labels.join('\0') !== first.labels.join('\0')) {
      fail(
        `with the labels ${first.labels.slice(0, 5).join(', ')}${first.labels.length > 5 ? ', …' : ''}; received ${part.labels.slice(0, 5).join(', ')}`,
        'Bring them in line with only(…) or map(…).',
      );
    }
    for (const column of ['groups', 'splits', 'images', 'landmarks'] as const) {
      if ((part[column] === undefined) !== (first[column] === undefined)) {
        fail(`that all have ${column} or none; received both`, 'Make them anew with or without.');
      }
    }
    if (
      part.landmarks &&
      part.landmarks.length * first.ids.length !== first.landmarks!.length * part.ids.length
    ) {
      fail('with as many landmarks a row', 'Take the same points of both.');
    }
    if (JSON.stringify(part.augmentation) !== JSON.stringify(first.augmentation)) {
      fail('with the same augmentation', 'Augment after concat.');
    }
    if (part.resize !== first.resize) {
      fail('that are resized in the same way', "Call resized('fast') after concat.");
    }
    if ((part.framing ?? first.framing) !== undefined && parts.length > 1) {
      fail('that are not cropped or aligned', 'Crop or align after concat.');
    }
  }
  const anyUnknown = parts.some(({ known }) => known);
  return {
    ...others,
    ids: parts.flatMap(({ ids }) => ids),
    y: joined(parts.map(({ y }) => y)),
    ...(anyUnknown && {
      known: joined(parts.map(({ y, known }) => known ?? new Uint8Array(y.length).fill(1))),
    }),
    ...(first.groups && { groups: joinedGroups(parts) }),
    ...(first.splits && { splits: parts.flatMap(({ splits }) => splits!) }),
    ...(first.landmarks && {
      landmarks: Float32Array.from(parts.flatMap(({ landmarks }) => Array.from(landmarks!))),
    }),
    ...(first.images && concatImages(parts)),
  };
}

function joined(columns: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(columns.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const column of columns) {
    all.set(column, start);
    start += column.length;
  }
  return all;
}

/** Numbers as long as all are, else texts. */
function joinedGroups(parts: readonly DatasetRecords[]): Int32Array | string[] {
  const columns = parts.map(({ groups }) => groups!);
  if (columns.every((groups) => groups instanceof Int32Array)) {
    return Int32Array.from(columns.flatMap((groups) => Array.from(groups)));
  }
  return columns.flatMap((groups) => Array.from(groups as ArrayLike<number | string>, String));
}
