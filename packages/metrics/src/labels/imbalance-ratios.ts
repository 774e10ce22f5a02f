/** max(counts) / count for each label; NaN where there is no positive. */
export function imbalanceRatios(counts: Uint32Array): Float64Array {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return Float64Array.from(counts, (count) => (count === 0 ? Number.NaN : most / count));
}
