import { OptionValueError } from '../../errors';
import { averageRules, inputRules } from '../../input/option-rules';
import type { InputOptions, UndefinedPolicy } from '../../options';

/** Options of {@link precisionAtK} and {@link recallAtK}. */
export interface TopKOptions extends InputOptions {
  /** How many of a row's highest-scored labels count as predicted: an integer from 1 to the number of classes. */
  readonly k: number;
  /** What to do with a row for which the metric is not defined. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

/** Rules of {@link TopKOptions}. */
export const topKRules = {
  k: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
    expected: 'an integer from 1',
  },
  undefined: averageRules.undefined,
  ...inputRules,
};

/** Refuses a missing k and a k above the number of classes. */
export function checkK(metric: string, k: number | undefined, columns: number): void {
  if (k !== undefined && k <= columns) return;
  throw new OptionValueError(
    `${metric}: expected k to be an integer from 1 to ${columns}, as there are ${columns} classes; received ${k}.`,
  );
}
