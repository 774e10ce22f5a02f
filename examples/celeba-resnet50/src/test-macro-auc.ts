import type { Classifier } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { rocAucScore } from '@thawjs/metrics';

/** Exact macro ROC AUC on the test set, over the classes that have both kinds of label there. */
export async function testMacroAuc(model: Classifier, test: ImageDataset): Promise<number> {
  return rocAucScore(test.y, await model.predict(test), { average: 'macro', undefined: 'skip' });
}
