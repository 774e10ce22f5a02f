/** A confidence interval; both ends NaN where there is none. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
