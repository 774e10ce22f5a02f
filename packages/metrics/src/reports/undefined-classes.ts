import { LabelShapeError } from '../errors';
import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { LabelOptions } from '../options';

/**
 * The names of the classes for which a metric is undefined: those whose value is NaN.
 *
 * Takes the result of any metric of this package with `average: 'none'`. Without `labels`, a class is named
 * by its column number, from `'0'`.
 *
 * @param perClass one value per class
 * @returns names in the order of the columns; empty where every class is defined
 * @throws LabelShapeError if `labels` has another length than `perClass`
 *
 * @example
 * ```ts
 * import { rocAucScore, undefinedClasses } from '@thawjs/metrics';
 *
 * const labels = ['Bald', 'Smiling'];
 * const perClass = rocAucScore([[0, 1], [0, 0]], [[0.1, 0.8], [0.4, 0.3]], { average: 'none', labels });
 * console.log(perClass); // Float64Array(2) [ NaN, 1 ]
 * console.log(undefinedClasses(perClass, { labels })); // [ 'Bald' ]
 * ```
 */
export function undefinedClasses(perClass: ArrayLike<number>, options: LabelOptions = {}): string[] {
  checkOptions('undefinedClasses', options, labelRules);
  const { labels } = options;
  if (labels !== undefined && labels.length !== perClass.length) {
    throw new LabelShapeError(
      `undefinedClasses: expected ${perClass.length} names in labels, one a value; received ${labels.length}.`,
    );
  }
  const names: string[] = [];
  for (let column = 0; column < perClass.length; column++) {
    if (Number.isNaN(perClass[column])) names.push(labels?.[column] ?? String(column));
  }
  return names;
}
