import { augmentationText } from '../augmentation/augmentation-text';
import type { DatasetRecords } from '../records/dataset-records';
import { positiveCounts } from './positive-counts';
import { relativeDeviation } from './relative-deviation';

/** What a person wants to know of a dataset before training on it, as lines of text. */
export function summaryText(records: DatasetRecords): string {
  const { ids, labels, y, groups, groupName = 'group', splits, images, framing, augmentation } = records;
  const rows = ids.length;
  const counts = positiveCounts(y, labels.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const lines = [`${grouped(rows)} ${images ? 'images' : 'rows without images'}, ${labels.length} labels`];
  if (groups) lines.push(`${grouped(new Set<string | number>(groups).size)} groups by ${groupName}`);
  if (splits) {
    const parts = (['train', 'validation', 'test'] as const).map(
      (name) => `${name} ${grouped(splits.filter((split) => split === name).length)}`,
    );
    lines.push(`official split: ${parts.join(', ')}`);
  }
  if (framing) lines.push(`framed by ${framing.kind}`);
  if (augmentation) lines.push(`augmented: ${augmentationText(augmentation)}`);
  if (rows > 0) {
    lines.push(
      `${(total / rows).toFixed(2)} labels an image; std/mean of positives per label ${relativeDeviation(counts).toFixed(4)}`,
      ...labelTable(labels, counts, rows),
    );
  }
  return lines.join('\n');
}

function labelTable(labels: readonly string[], counts: Int32Array, rows: number): string[] {
  const nameWidth = Math.max(...labels.map((label) => label.length));
  const countWidth = grouped(Math.max(...counts)).length;
  return [...labels.keys()]
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .map((column) => {
      const share = `${((100 * counts[column]!) / rows).toFixed(1)}%`;
      return `  ${labels[column]!.padEnd(nameWidth)}  ${grouped(counts[column]!).padStart(countWidth)}  ${share.padStart(6)}`;
    });
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
