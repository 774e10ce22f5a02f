/** A metric with three decimals, or "undefined". */
export function printNumber(value: number): string {
  return Number.isNaN(value) ? 'undefined' : value.toFixed(3);
}

/** A share as percent. */
export function printShare(value: number): string {
  return Number.isNaN(value) ? 'undefined' : `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
}

/** A probability or a learning rate: three significant digits, or more for a value just below 1. */
export function printDigits(value: number): string {
  if (Number.isNaN(value)) return 'undefined';
  if (!Number.isFinite(value)) return 'none';
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  const digits = [3, 4, 5, 6, 7, 8].find(
    (count) => (Number(value.toPrecision(count)) === 1) === (value === 1),
  );
  return String(Number(value.toPrecision(digits ?? 8)));
}

/** A threshold, with all its digits: those of a sweep have as few as give the same predictions. */
export function printThreshold(value: number): string {
  return Number.isFinite(value) ? String(value) : 'none';
}

/** The words for the thresholds of the decisions, of which there is one per class. */
export function printThresholds(thresholds: readonly number[]): string {
  return thresholds.every((threshold) => threshold === 0.5)
    ? 'a threshold of ½'
    : 'the thresholds of the model';
}

/** A count with its unit: `1 image`, `1,234 images`. */
export function printCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** Seconds in a readable unit: `42 s`, `3.5 min`, `2.1 h`. */
export function printSeconds(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(2))} s`;
  return seconds < 3600 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
