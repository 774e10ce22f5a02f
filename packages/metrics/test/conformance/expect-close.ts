import { expect } from 'vitest';

/** Equal to within a tolerance, value by value; JSON's null stands for NaN. */
export function expectClose(
  actual: number | ArrayLike<number>,
  expected: number | null | readonly (number | null)[],
  tolerance: number,
  what: string,
): void {
  const received = typeof actual === 'number' ? [actual] : Array.from(actual);
  const wanted = (Array.isArray(expected) ? expected : [expected]) as (number | null)[];
  expect(received.length, what).toBe(wanted.length);
  for (const [at, value] of wanted.entries()) {
    if (value === null) expect(received[at], `${what} [${at}]`).toBeNaN();
    else
      expect(
        Math.abs(received[at] - value),
        `${what} [${at}]: ${received[at]} for ${value}`,
      ).toBeLessThanOrEqual(tolerance);
  }
}
