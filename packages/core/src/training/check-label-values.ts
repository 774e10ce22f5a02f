import { DataMismatchError } from '../errors';
import type { LabelledImages } from '../labelled-images';

/**
 * Checks the labels that a data set knows: they must be from 0 to 1, and one or more of them known.
 *
 * @param which what the caller calls the data set, for messages
 * @throws DataMismatchError
 */
export function checkLabelValues(data: LabelledImages, which: string): void {
  const bad = firstKnown(data, (value) => !(value >= 0 && value <= 1));
  if (bad >= 0) {
    throw new DataMismatchError(
      `${which}: expected labels from 0 to 1; received ${whereIs(data, bad)}. Give labels that aren't known a 0 in known.`,
    );
  }
  if (firstKnown(data, () => true) < 0) {
    throw new DataMismatchError(
      `${which}: expected one or more known labels; all ${data.y.length} have a 0 in known.`,
    );
  }
}

/**
 * Checks that a data set's known labels are 0 or 1, which calibration and thresholds need. Called before the training, so
 * that no training is lost by its end.
 *
 * @throws DataMismatchError
 */
export function checkHardLabels(validation: LabelledImages): void {
  const soft = firstKnown(validation, (value) => value !== 0 && value !== 1);
  if (soft < 0) return;
  throw new DataMismatchError(
    `validation: expected labels 0 or 1, to which calibration and thresholds are fitted; received ` +
      `${whereIs(validation, soft)}. Round them, or pass tune: false.`,
  );
}

function firstKnown({ y, known }: LabelledImages, isMeant: (value: number) => boolean): number {
  for (let at = 0; at < y.length; at++) if (known?.[at] !== 0 && isMeant(y[at])) return at;
  return -1;
}

function whereIs({ y, labels, ids }: LabelledImages, at: number): string {
  return `${y[at]} for "${labels[at % labels.length]}" of "${ids[Math.floor(at / labels.length)]}"`;
}
