/** The property that marks an error as one of Thaw's. `Symbol.for` gives every copy of this file the same symbol. */
const mark = () => Symbol.for('@thawjs/error');

/**
 * The base class of all errors that Thaw's packages throw on purpose.
 *
 * Each class has a stable `code`. The message says what was expected, what was received, and what to do.
 * docs/errors.md lists the codes of all packages.
 *
 * `instanceof ThawError` is true for an error of any Thaw package, whichever package `ThawError` was imported from. That
 * also holds if a package is loaded twice, as an ES module and as CommonJS, or in two versions.
 */
export abstract class ThawError extends Error {
  /** Names the kind of error. It stays the same in all versions of one major version. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    markThawError(this);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // Subclasses inherit this method. For them, `instanceof` works as usual, by the prototype.
    // biome-ignore lint/complexity/noThisInStatic: it is the class to the right of instanceof
    const isInherited = this !== ThawError;
    // biome-ignore lint/complexity/noThisInStatic: as above
    if (isInherited) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && mark() in value;
  }
}

/**
 * Makes an error of another base class, such as RangeError, an instance of ThawError, too. Call it in the error's
 * constructor.
 */
export function markThawError(error: Error & { readonly code?: string }): void {
  // Not enumerable, so that logs and comparisons don't show the mark.
  Object.defineProperty(error, mark(), { value: true });
}
