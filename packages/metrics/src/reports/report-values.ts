import { fillUndefined, meanOf } from '../averaging/mean-of';
import { averageRatio, type Conventions } from '../decisions/average-ratio';
import type { Cells } from '../decisions/count-cells';
import { accuracy, fbeta, precision, type Ratio, recall, specificity } from '../decisions/ratio';
import type { Averaged, ClassAverage } from '../options';
import type { RankedColumns } from './rank-columns';
import type { ReportMetrics } from './report-types';

/** The metrics of a report under one average; one value per class for `'none'`. */
export type ReportValues<A extends ClassAverage> = Readonly<
  Record<Exclude<keyof ReportMetrics, 'support'>, Averaged<A>>
>;

export function reportValues<A extends ClassAverage>(
  cells: Cells,
  ranked: RankedColumns,
  average: A,
  conventions: Conventions,
): ReportValues<A> {
  const ratio = (of: Ratio) => averageRatio(cells, of, average, conventions);
  const area = (perClass: Float64Array, pooled: number) =>
    averageArea(perClass, pooled, cells, average, conventions);
  return {
    precision: ratio(precision),
    recall: ratio(recall),
    specificity: ratio(specificity),
    f1: ratio(fbeta(1)),
    accuracy: ratio(accuracy),
    auc: area(ranked.auc, ranked.microAuc),
    averagePrecision: area(ranked.averagePrecision, ranked.microAveragePrecision),
  };
}

function averageArea<A extends ClassAverage>(
  perClass: Float64Array,
  pooled: number,
  cells: Cells,
  average: A,
  conventions: Conventions,
): Averaged<A>;
function averageArea(
  perClass: Float64Array,
  pooled: number,
  { tp, fn }: Cells,
  average: ClassAverage,
  { undefined: policy = 'nan' }: Conventions,
): Float64Array | number {
  if (average === 'none') return perClass.map((value) => fillUndefined(value, policy));
  if (average === 'micro') return fillUndefined(pooled, policy);
  return meanOf(
    perClass,
    policy,
    average === 'weighted' ? perClass.map((_, at) => tp[at] + fn[at]) : undefined,
  );
}
