import type { ImageDataset } from '@thawjs/datasets';
import { labelStatistics } from '@thawjs/metrics';
import type { ClassDistribution } from '@thawjs/report';
import { labelTable } from './label-table';

/** The images per class of a data set, for a chart. Where labels aren't known, an image is left out. */
export function classDistribution(title: string, data: ImageDataset): ClassDistribution {
  const { perLabel } = labelStatistics(...labelTable(data));
  return {
    title,
    labels: data.labels,
    counts: perLabel.map(({ positives }) => positives),
    total: data.length,
    known: perLabel.map(({ known }) => known),
  };
}
