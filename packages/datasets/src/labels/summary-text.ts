import { augmentationText } from '../augmentation/augmentation-text';
import type { DatasetRecords } from '../records/dataset-records';
import { positiveCounts } from './positive-counts';
import { relativeDeviation } from './relative-deviation';

/** A summary of a dataset as lines of text. */
export function summaryText(records: DatasetRecords): string {
  const { ids, labels, y, known, groups, groupName = 'group', splits, images } = records;
  const { framing, resize, augmentation, subset, problems } = records;
  const rows = ids.length;
  const counts = positiveCounts(y, labels.length);
  const ofKnown = known ? positiveCounts(known, labels.length) : counts.map(() => rows);
  const knownRows = known ? rowsWithKnown(known, labels.length) : rows;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const lines = [`${grouped(rows)} ${images ? 'images' : 'rows without images'}, ${labels.length} labels`];
  if (groups) lines.push(`${grouped(new Set<string | number>(groups).size)} groups by ${groupName}`);
  if (splits) {
    const parts = (['train', 'validation', 'test'] as const).map(
      (name) => `${name} ${grouped(splits.filter((split) => split === name).length)}`,
    );
    lines.push(`official split: ${parts.join(', ')}`);
  }
  if (problems) {
    lines.push(
      `${grouped(problems.length)} rows of the file were left out, the first (${problems[0].where}): ${problems[0].message}`,
    );
  }
  if (framing) lines.push(`framed by ${framing.kind}`);
  if (resize === 'fast') lines.push('resized while decoded');
  if (augmentation) lines.push(`augmented: ${augmentationText(augmentation)}`);
  if (rows > 0) {
    lines.push(
      ...(known
        ? [
            `${share(y.length - ofKnown.reduce((sum, count) => sum + count, 0), y.length)} of the labels are unknown`,
          ]
        : []),
      ...(subset
        ? [
            `balanced subset by ${subset.method}: ${subset.score.toFixed(4)}, and no such subset is below ${subset.bound.toFixed(4)}; ${grouped(subset.emptyRows)} of its rows have no label`,
          ]
        : []),
      `${(total / knownRows).toFixed(2)} labels an image; std/mean of positives per label ${relativeDeviation(counts).toFixed(4)}`,
      ...labelTable(labels, counts, ofKnown),
    );
  }
  return lines.join('\n');
}

/** Per label: the number of positives, and their share of the rows for which the label is known. */
function labelTable(labels: readonly string[], counts: Int32Array, ofKnown: Int32Array): string[] {
  const nameWidth = Math.max(...labels.map((label) => label.length));
  const countWidth = grouped(Math.max(...counts)).length;
  return [...labels.keys()]
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .map((column) => {
      return `  ${labels[column].padEnd(nameWidth)}  ${grouped(counts[column]).padStart(countWidth)}  ${share(counts[column], ofKnown[column]).padStart(6)}`;
    });
}

/** The number of rows for which a label is known. */
function rowsWithKnown(known: Uint8Array, width: number): number {
  let count = 0;
  for (let start = 0; start < known.length; start += width) {
    if (known.subarray(start, start + width).includes(1)) count++;
  }
  return count;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function share(count: number, of: number): string {
  return of === 0 ? '–' : `${((100 * count) / of).toFixed(1)}%`;
}
