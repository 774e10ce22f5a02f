import { OptionValueError, UnknownOptionError } from '../errors';

/** The accepted values of an option, as a test and in words. */
export interface OptionRule {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
  /** What to do about a refused value, if there is advice for it. */
  readonly hint?: (value: unknown, labels: readonly string[] | undefined) => string | undefined;
}

/**
 * Refuses options that the metric doesn't have and values that an option doesn't accept; `undefined` means
 * not given.
 */
export function checkOptions(
  metric: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      throw new UnknownOptionError(
        `${metric}: expected options among ${Object.keys(rules).join(', ')}; received "${name}". Is it misspelt?`,
      );
    }
    const rule = rules[name];
    if (value === undefined || rule.accepts(value)) continue;
    const ErrorOfKind = typeof value === 'string' ? UnknownOptionError : OptionValueError;
    const hint = rule.hint?.(value, 'labels' in options ? (options.labels as readonly string[]) : undefined);
    throw new ErrorOfKind(
      `${metric}: expected ${name} to be ${rule.expected}; received ${typeof value === 'string' ? `"${value}"` : String(value)}.${hint ? ` ${hint}` : ''}`,
    );
  }
}
