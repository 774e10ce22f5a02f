import type { BootstrapOptions, Bootstrapped } from './bootstrap';

/** Intervals from the values of all resamples, which are stored resample by resample. */
export function intervalsOf<V extends number | Float64Array>(
  estimate: V,
  data: Float64Array,
  options: Pick<BootstrapOptions, 'confidence' | 'method'>,
): Bootstrapped<V>;
export function intervalsOf(
  estimate: number | Float64Array,
  data: Float64Array,
  { confidence = 0.95, method = 'percentile' }: Pick<BootstrapOptions, 'confidence' | 'method'>,
): Bootstrapped<number | Float64Array> {
  const estimates = typeof estimate === 'number' ? Float64Array.of(estimate) : estimate;
  const columns = estimates.length;
  const resamples = data.length / columns;
  const summaries = Array.from(estimates, (own, column) => {
    const values = Float64Array.from(
      { length: resamples },
      (_, resample) => data[resample * columns + column],
    );
    const defined = values.filter((value) => !Number.isNaN(value)).sort();
    const [below, above] = [quantile(defined, (1 - confidence) / 2), quantile(defined, (1 + confidence) / 2)];
    return {
      low: method === 'basic' ? 2 * own - above : below,
      high: method === 'basic' ? 2 * own - below : above,
      standardError: deviation(defined),
      undefinedResamples: resamples - defined.length,
    };
  });
  const all = (key: keyof (typeof summaries)[number]) =>
    typeof estimate === 'number' ? summaries[0][key] : Float64Array.from(summaries, (one) => one[key]);
  return {
    estimate,
    low: all('low'),
    high: all('high'),
    standardError: all('standardError'),
    undefinedResamples: all('undefinedResamples'),
    distribution: { data, shape: [resamples, columns] },
  };
}

/** A quantile, interpolated linearly between the two nearest sorted values, as NumPy does by default. */
function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  return low + (high - low) * (place - below);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** A confidence interval; both ends are NaN if it is undefined. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
