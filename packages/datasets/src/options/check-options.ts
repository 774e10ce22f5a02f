import { nearestNames } from '@thawjs/errors/nearest-names';
import { DatasetOptionError } from '../errors';

/** The check of an option, and a description of valid values. */
export interface OptionRule {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

/**
 * Refuses unknown options, and values that an option doesn't take. `undefined` means that the option isn't given.
 *
 * @throws {DatasetOptionError} an option is unknown, or doesn't take the given value
 *
 * @example
 * ```ts
 * import { ANY, checkOptions, DatasetOptionError, oneOf } from '@thawjs/datasets';
 *
 * const rules = { root: ANY, images: oneOf('ignore') };
 * try {
 *   checkOptions('openMine', { image: 'ignore' }, rules);
 * } catch (error) {
 *   console.log(error instanceof DatasetOptionError); // true
 * }
 * ```
 */
export function checkOptions(
  caller: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) {
      const [nearest] = nearestNames(name, Object.keys(rules), 1);
      throw new DatasetOptionError(
        `${caller}: expected options among ${Object.keys(rules).join(', ')}; received "${name}". Did you mean "${nearest}"?`,
      );
    }
    if (value === undefined || rule.accepts(value)) continue;
    throw new DatasetOptionError(
      `${caller}: expected ${name} to be ${rule.expected}; received ${typeof value === 'string' ? `"${value}"` : String(value)}.`,
    );
  }
}

/** An option that is one of a few words. */
export function oneOf(...words: readonly string[]): OptionRule {
  return {
    accepts: (value) => words.includes(value as string),
    expected: words.map((word) => `'${word}'`).join(' or '),
  };
}

/** An option that is true or false. */
export const FLAG: OptionRule = {
  accepts: (value) => typeof value === 'boolean',
  expected: 'true or false',
};

/** An option that is a text, and not an empty one. */
export const TEXT: OptionRule = {
  accepts: (value) => typeof value === 'string' && value !== '',
  expected: 'a text',
};

/** An option that another check reads more closely. */
export const ANY: OptionRule = { accepts: () => true, expected: 'anything' };
