import { markThawError, ThawError } from '@thawjs/errors';

/**
 * Thrown if two inputs of a picture or a table disagree in length or shape.
 *
 * @example
 * ```ts
 * import { ReportShapeError, predictionsCsv } from '@thawjs/report';
 *
 * try {
 *   predictionsCsv({ ids: ['a', 'b'], labels: ['Smiling'], yTrue: [1], probabilities: [0.9, 0.2] });
 * } catch (error) {
 *   console.log(error instanceof ReportShapeError); // true
 * }
 * ```
 */
export class ReportShapeError extends ThawError {
  readonly code = 'ERR_REPORT_SHAPE';
  override readonly name = 'ReportShapeError';
}

/**
 * Thrown if there is nothing to draw: no history row, no panel, no item, no class.
 *
 * @example
 * ```ts
 * import { historyChart, ReportEmptyError } from '@thawjs/report';
 *
 * try {
 *   historyChart([]);
 * } catch (error) {
 *   console.log(error instanceof ReportEmptyError); // true
 * }
 * ```
 */
export class ReportEmptyError extends ThawError {
  readonly code = 'ERR_REPORT_EMPTY';
  override readonly name = 'ReportEmptyError';
}

/**
 * Thrown if a value is outside the range that can be drawn: a negative count, epochs that don't rise, a scale
 * of 0.
 *
 * @example
 * ```ts
 * import { classDistributionChart, ReportRangeError } from '@thawjs/report';
 *
 * try {
 *   classDistributionChart([{ title: 'all', labels: ['Bald'], counts: [-1] }]);
 * } catch (error) {
 *   console.log(error instanceof ReportRangeError); // true
 * }
 * ```
 */
export class ReportRangeError extends RangeError implements ThawError {
  readonly code = 'ERR_REPORT_RANGE';
  override readonly name = 'ReportRangeError';

  constructor(message: string) {
    super(message);
    markThawError(this);
  }
}

/**
 * Thrown if a part of a report is misspelt, or isn't of the form that `fineTune` and `evaluate` return.
 *
 * @example
 * ```ts
 * import { ReportInputError, writeReport } from '@thawjs/report';
 *
 * await writeReport({}, 'report.html').catch((error) => console.log(error instanceof ReportInputError)); // true
 * ```
 */
export class ReportInputError extends ThawError {
  readonly code = 'ERR_REPORT_INPUT';
  override readonly name = 'ReportInputError';
}

/**
 * Thrown if a picture takes longer to draw than is allowed.
 *
 * @example
 * ```ts
 * import { ReportTimeError, svgToPng } from '@thawjs/report';
 *
 * try {
 *   svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', { maxSeconds: 0.001 });
 * } catch (error) {
 *   console.log(error instanceof ReportTimeError); // true
 * }
 * ```
 */
export class ReportTimeError extends ThawError {
  readonly code = 'ERR_REPORT_TIME';
  override readonly name = 'ReportTimeError';
}

/**
 * Thrown if a file of results can't be written. The message has the file's name, the reason, and what to do.
 *
 * @example
 * ```ts
 * import { openOutputFolder, OutputError } from '@thawjs/report';
 *
 * await openOutputFolder('/dev/null/runs').catch((error) => console.log(error instanceof OutputError)); // true
 * ```
 */
export class OutputError extends ThawError {
  readonly code = 'ERR_OUTPUT';
  override readonly name = 'OutputError';
}
