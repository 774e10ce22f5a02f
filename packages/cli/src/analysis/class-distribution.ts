import type { ImageDataset } from '@thawjs/datasets';
import { labelStatistics } from '@thawjs/metrics';
import type { ClassDistribution } from '@thawjs/report';
import { labelTable } from './label-table';

/** The images per class of a data set, for a chart. Images for which a label is unknown don't count for this label. */
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
