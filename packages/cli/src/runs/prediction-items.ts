import type { Evaluation } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import type { PredictionGridItem, PredictionOutcome } from '@thawjs/report';

/**
 * Test images for a grid: the file, the network's input, and the labels that are right, wrong or missed.
 *
 * @param rows which rows of the test set.
 */
export async function predictionItems(
  test: ImageDataset,
  { yScore: { data }, thresholds }: Pick<Evaluation, 'yScore' | 'thresholds'>,
  size: readonly [height: number, width: number],
  rows: readonly number[],
): Promise<PredictionGridItem[]> {
  const items: PredictionGridItem[] = [];
  const [height, width] = size;
  for await (const { pixels } of test.select(rows).batches({ size, batchSize: 1 })) {
    const row = rows[items.length];
    const predicted = test.labels.flatMap((label, column) => {
      const probability = data[row * test.labels.length + column];
      const isTrue = test.y[row * test.labels.length + column] === 1;
      const outcome = outcomeOf(isTrue, probability >= thresholds[column]);
      return outcome ? [{ label, probability, outcome }] : [];
    });
    const preprocessed = { data: pixels, width, height };
    items.push({ id: test.ids[row], original: await test.image(row), preprocessed, predicted });
  }
  return items;
}

function outcomeOf(isTrue: boolean, isPredicted: boolean): PredictionOutcome | undefined {
  if (isTrue) return isPredicted ? 'tp' : 'fn';
  return isPredicted ? 'fp' : undefined;
}
