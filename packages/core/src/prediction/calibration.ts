import { OptionError } from '../errors';

/**
 * How probabilities follow from logits z: per label, p = σ(slope · z + intercept). Slopes are above 0, so that a calibration
 * changes no order of images, and no AUC.
 */
export interface Calibration {
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}

/**
 * A copy of a calibration after its check.
 *
 * @throws OptionError if it hasn't a slope above 0 and an intercept for each label
 */
export function checkedCalibration(
  calibration: Calibration | undefined,
  labels: readonly string[],
): Calibration | undefined {
  if (calibration === undefined) return undefined;
  const { slopes, intercepts } = calibration;
  if (isCalibration(calibration, labels.length)) return { slopes: [...slopes], intercepts: [...intercepts] };
  const bad = labels.findIndex((_, i) => !(slopes?.[i] > 0) || !Number.isFinite(intercepts?.[i]));
  const came =
    bad < 0
      ? `${slopes.length} and ${intercepts.length} of them`
      : `${slopes?.[bad]} and ${intercepts?.[bad]} for "${labels[bad]}"`;
  throw new OptionError(
    `calibration: expected a slope above 0 and an intercept for each of ${labels.length} labels; received ${came}. ` +
      'tune() makes one.',
  );
}

/** Whether a value has a slope above 0 and an intercept for each of `labels` labels. */
export function isCalibration(value: unknown, labels: number): value is Calibration {
  const { slopes, intercepts } = (value ?? {}) as Partial<Calibration>;
  const isList = (list: unknown, fits: (part: unknown) => boolean) =>
    Array.isArray(list) && list.length === labels && list.every(fits);
  return (
    isList(slopes, (slope) => Number.isFinite(slope) && (slope as number) > 0) &&
    isList(intercepts, Number.isFinite)
  );
}
