/** A metric with three decimals, or "undefined". */
export function printNumber(value: number): string {
  return Number.isNaN(value) ? 'undefined' : value.toFixed(3);
}

/** A share as percent. */
export function printShare(value: number): string {
  return Number.isNaN(value) ? 'undefined' : `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
}

/** A threshold or a learning rate: three significant digits. */
export function printDigits(value: number): string {
  if (Number.isNaN(value)) return 'undefined';
  if (!Number.isFinite(value)) return 'none';
  return value !== 0 && Math.abs(value) < 1e-3
    ? value.toExponential(1)
    : String(Number(value.toPrecision(3)));
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
