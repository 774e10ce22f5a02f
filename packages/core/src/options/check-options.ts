import { nearestNames } from '@thawjs/errors/nearest-names';
import { OptionError } from '../errors';

/** The check of one option, and a description of valid values. */
export interface OptionRule {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

/**
 * Refuses options whose names aren't known, and values out of range. Undefined means not given.
 *
 * @throws OptionError if a name isn't among the rules, or a value isn't accepted.
 */
export function checkOptions(
  caller: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  checkIsOptions(caller, options);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      const known = Object.keys(rules);
      const [nearest] = nearestNames(name, known, 1);
      throw new OptionError(
        `${caller}: expected options among ${known.join(', ')}; received "${name}". Did you mean "${nearest}"?`,
      );
    }
    if (value !== undefined) checkOption(caller, name, value, rules[name]);
  }
}

/** Refuses options that aren't an object with names, such as a number given by its place. @throws OptionError */
export function checkIsOptions(caller: string, options: object): void {
  if (typeof options === 'object' && options !== null && !isList(options)) return;
  const shown = typeof options === 'string' ? `"${options}"` : String(options);
  throw new OptionError(`${caller}: expected an object of options; received ${shown}.`);
}

/** Whether a value is a list of numbers or of others, plain or typed. */
export function isList(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Refuses one value. @throws OptionError if the rule doesn't accept it. */
export function checkOption(caller: string, name: string, value: unknown, rule: OptionRule): void {
  if (rule.accepts(value)) return;
  const shown = typeof value === 'string' ? `"${value}"` : String(value);
  throw new OptionError(`${caller}: expected ${name} ${rule.expected}; received ${shown}.`);
}

/** An option that is a finite number in a range, such as `numberRule('above 0', (value) => value > 0)`. */
export function numberRule(expected: string, isInRange: (value: number) => boolean): OptionRule {
  return {
    accepts: (value) => typeof value === 'number' && Number.isFinite(value) && isInRange(value),
    expected,
  };
}

export const NUMBER = numberRule('to be a finite number', () => true);
export const ABOVE_0 = numberRule('above 0', (value) => value > 0);
export const FROM_0 = numberRule('of 0 or more', (value) => value >= 0);
export const WHOLE_FROM_1 = numberRule(
  'of 1 or more, a whole number',
  (value) => value >= 1 && Number.isInteger(value),
);
export const WHOLE_FROM_0 = numberRule(
  'of 0 or more, a whole number',
  (value) => value >= 0 && Number.isInteger(value),
);
export const FROM_0_TO_1 = numberRule('from 0 to 1', (value) => value >= 0 && value <= 1);
export const FROM_0_TO_BELOW_1 = numberRule('from 0 to below 1', (value) => value >= 0 && value < 1);

/** An option that is a number of 1 or more, or Infinity. */
export const FROM_1: OptionRule = {
  accepts: (value) => typeof value === 'number' && value >= 1,
  expected: 'of 1 or more',
};

/** An option that is a number of 0 or more, or Infinity. */
export const FROM_0_TO_INFINITY: OptionRule = {
  accepts: (value) => typeof value === 'number' && value >= 0,
  expected: 'of 0 or more',
};

/** An option that is one of a few words. */
export function oneOf(...words: readonly string[]): OptionRule {
  return {
    accepts: (value) => words.includes(value as string),
    expected: `to be ${words.map((word) => `'${word}'`).join(' or ')}`,
  };
}

/** An option that is a text, and not an empty one. */
export const TEXT: OptionRule = {
  accepts: (value) => typeof value === 'string' && value !== '',
  expected: 'to be a text',
};

/** An option that is true or false. */
export const FLAG: OptionRule = {
  accepts: (value) => typeof value === 'boolean',
  expected: 'to be true or false',
};

/** An option that is a list. */
export const LIST: OptionRule = { accepts: Array.isArray, expected: 'to be a list' };

/** An option that is a function. */
export const FUNCTION: OptionRule = {
  accepts: (value) => typeof value === 'function',
  expected: 'to be a function',
};

/** An option that is a list of objects, such as callbacks. */
export const OBJECTS: OptionRule = {
  accepts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null),
  expected: 'to be a list of objects',
};

/** An option that is an object of functions by name. */
export const FUNCTIONS: OptionRule = {
  accepts: (value) =>
    OBJECT.accepts(value) && Object.values(value as object).every((one) => typeof one === 'function'),
  expected: 'to be an object of functions by name',
};

/** An option that is the signal of an AbortController. */
export const SIGNAL: OptionRule = {
  accepts: (value) => typeof (value as Partial<AbortSignal> | null)?.throwIfAborted === 'function',
  expected: 'to be an AbortSignal, such as the `signal` of an AbortController',
};

/** An option that is checked where it is used. */
export const ANY: OptionRule = { accepts: () => true, expected: 'to be anything' };

/** An option that is an object, such as further options or a data set. */
export const OBJECT: OptionRule = {
  accepts: (value) => typeof value === 'object' && value !== null,
  expected: 'to be an object',
};
