import { OptionError } from '../errors';

/** A copy of thresholds after their check: one from 0 to 1 for each label. @throws OptionError */
export function checkedThresholds(values: readonly number[], labels: readonly string[]): readonly number[] {
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (values.length !== labels.length || bad >= 0) {
    const came = bad >= 0 ? `${values[bad]} for "${labels[bad]}"` : `${values.length} of them`;
    throw new OptionError(
      `thresholds: expected a number from 0 to 1 for each of ${labels.length} labels; received ${came}.`,
    );
  }
  return [...values];
}
