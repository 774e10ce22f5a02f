/** An axis in at most five round steps from below a value up to 1. */
export function endingAtOne(low: number): { min: number; max: number; interval: number } {
  const power = 10 ** Math.floor(Math.log10((1 - low) / 5));
  const interval = power * ([1, 2, 5].find((step) => step * power >= (1 - low) / 5) ?? 10);
  return { min: 1 - Math.ceil((1 - low) / interval) * interval, max: 1, interval };
}

/** At most ten round numbers of epochs. */
export function epochTicks(first: number, last: number): number[] {
  const steps = [1, 10, 100, 1000, 10_000].flatMap((power) => [power, 2 * power, 5 * power]);
  const step = steps.find((candidate) => candidate >= (last - first) / 9) ?? 100_000;
  const from = Math.ceil(first / step) * step;
  return Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, index) => from + index * step);
}
