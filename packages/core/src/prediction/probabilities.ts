import { calibrateScores } from '@thawjs/metrics';
import type { Calibration } from './calibration';

/** Probabilities from logits, `[images, labels]`, row-major. */
export function probabilitiesOf(
  logits: Float32Array,
  labels: number,
  calibration: Calibration | undefined,
): Float32Array {
  if (logits.length === 0) return logits;
  const { slopes, intercepts } = calibration ?? { slopes: [1], intercepts: [0] };
  const scores = { data: logits, shape: [logits.length / labels, labels] };
  return Float32Array.from(calibrateScores(scores, { from: 'logits', slopes, intercepts }).data);
}
