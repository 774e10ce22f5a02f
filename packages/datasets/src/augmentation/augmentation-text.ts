import type { Augmentation } from './augmentation';

/** A description of an augmentation in one line. */
export function augmentationText({ flip, erasing, randAugment, ...amounts }: Augmentation): string {
  return [
    ...(flip ? ['flip'] : []),
    ...Object.entries(amounts)
      .filter(([, amount]) => amount > 0)
      .map(([name, amount]) => `${name} ±${amount}`),
    ...(erasing ? [`erasing of ${100 * erasing.probability}%`] : []),
    ...(randAugment ? [`RandAugment(${randAugment.operations}, ${randAugment.magnitude})`] : []),
  ].join(', ');
}
