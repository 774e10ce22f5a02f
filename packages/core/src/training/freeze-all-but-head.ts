import type { Classifier } from '../classifier/classifier';
import { freeze } from '../freezing/freeze';
import { unfreeze } from '../freezing/unfreeze';

/** Freezes all layers but the head, whose standardising layer learns its statistics: the freeze state of a head phase. */
export function freezeAllButHead(classifier: Classifier): void {
  const head = new Set(classifier.headLayers);
  freeze(classifier, (_, path) => !head.has(path));
  unfreeze(classifier, (_, path) => head.has(path), { batchNorm: 'training' });
}
