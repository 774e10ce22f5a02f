import type { ImageDataset } from '@thawjs/datasets';
import type { Matrix } from '@thawjs/metrics';

/** The labels of a dataset, and which of them are known, in the form that the metrics take. */
export function labelTable({
  y,
  known,
  labels,
  length,
}: ImageDataset): [Matrix, { labels: readonly string[]; mask?: Matrix }] {
  const shape = [length, labels.length] as const;
  return [
    { data: y, shape },
    { labels, ...(known && { mask: { data: known, shape } }) },
  ];
}
