import { plattScaling, temperatureScaling } from '@thawjs/metrics';
import type { Calibration } from '../prediction/calibration';

/** Logits and labels of validation images. */
export interface ValidationLogits {
  readonly labels: readonly string[];
  readonly y: Uint8Array;
  readonly known?: Uint8Array | undefined;
  /** `[images, labels]`, row-major. */
  readonly logits: Float32Array;
}

/** A calibration, and what users must know about it. */
export interface FittedCalibration {
  readonly calibration: Calibration | undefined;
  readonly notes: readonly string[];
}

/**
 * Slopes that a fit may have. Below, all probabilities of a label would be nearly equal; above, nearly all would be 0 or 1
 * in 32 bits. Validation that is ranked wrongly, or without any mistake, asks for such slopes.
 */
const SLOPES = [1e-2, 1e2] as const;

/**
 * Fits a calibration, one that changes no order.
 *
 * A label that has no calibration of its own (validation has positives or negatives alone, or ranks them the wrong way) gets
 * the temperature of all labels together, or none if that can't be fitted either.
 */
export function fitCalibration(
  { labels, y, known, logits }: ValidationLogits,
  kind: 'platt' | 'temperature',
): FittedCalibration {
  const shape = [y.length / labels.length, labels.length] as const;
  const yTrue = { data: y, shape };
  const yLogit = { data: logits, shape };
  const options = { labels, ...(known && { mask: { data: known, shape } }) };
  const [pooled] = temperatureScaling(yTrue, yLogit, options).slopes;
  if (kind === 'temperature') {
    if (!isUsable(pooled)) return { calibration: undefined, notes: [NOTHING] };
    return { calibration: { slopes: labels.map(() => pooled), intercepts: labels.map(() => 0) }, notes: [] };
  }
  const { slopes, intercepts } = plattScaling(yTrue, yLogit, options);
  if (![pooled, ...slopes].some(isUsable)) return { calibration: undefined, notes: [NOTHING] };
  const shared = isUsable(pooled) ? pooled : 1;
  const without = (isMeant: (slope: number) => boolean) =>
    labels.filter((_, i) => !isUsable(slopes[i]) && isMeant(slopes[i]));
  return {
    calibration: {
      slopes: slopes.map((slope) => (isUsable(slope) ? slope : shared)),
      intercepts: intercepts.map((intercept, i) => (isUsable(slopes[i]) ? intercept : 0)),
    },
    notes: [
      ...note(
        without(Number.isNaN),
        'validation has only positive or only negative images, so the temperature of all labels is taken',
      ),
      ...note(
        without((slope) => !Number.isNaN(slope)),
        'validation is ranked no better than by chance, so the temperature of all labels is taken',
      ),
    ],
  };
}

const NOTHING =
  'Not calibrated: validation has one kind of label only, no mistake, or is ranked no better than by chance.';

function isUsable(slope: number): boolean {
  return slope >= SLOPES[0] && slope <= SLOPES[1];
}

/** A note on some labels, if there are any. */
export function note(labels: readonly string[], what: string): string[] {
  return labels.length === 0 ? [] : [`${what}: ${labels.join(', ')}.`];
}
