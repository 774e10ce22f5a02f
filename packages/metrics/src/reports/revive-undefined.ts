/**
 * A copy of a report with NaN where JSON has null, so that the parsed text of `JSON.stringify` prints as the
 * report itself. Typed arrays are kept.
 */
export function reviveUndefined<T>(report: T): T {
  return revived(report) as T;
}

function revived(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(revived);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
}
