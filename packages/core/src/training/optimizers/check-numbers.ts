import { OptionError } from '../../errors';

const RANGES = {
  'of 0 or more': (value: number) => value >= 0,
  'above 0': (value: number) => value > 0,
  'from 0 to below 1': (value: number) => value >= 0 && value < 1,
  'of 1 or more, a whole number': (value: number) => value >= 1 && Number.isInteger(value),
} as const;

/**
 * Checks numeric options of an optimizer. Undefined options pass.
 *
 * @throws OptionError if an option is outside its range.
 */
export function checkNumbers(
  optimizer: string,
  expected: keyof typeof RANGES,
  options: Readonly<Record<string, number | undefined>>,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || (RANGES[expected](value) && Number.isFinite(value))) continue;
    throw new OptionError(`${optimizer}: expected ${option} ${expected}; received ${value}.`);
  }
}
