import type { BackboneRecord } from '../backbones/backbone-record';
import { backboneRecords } from '../backbones/backbone-records';

/** Options of the measurements of `backbones`. */
export interface MeasureBackbonesOptions {
  /** Names of the networks to measure, or true for all, which takes some minutes. */
  readonly measure: true | readonly string[];
  /** Height and width of the images; default: each network's own. */
  readonly inputSize?: readonly [height: number, width: number];
  /** Images per batch; default 16. */
  readonly batchSize?: number;
}

/** A record with a measurement on this machine. */
export interface MeasuredBackbone extends BackboneRecord {
  /** Milliseconds per image of a prediction without the top, on the current backend; of the networks that were asked for. */
  readonly msPerImage?: number;
}

/**
 * The networks that `backbone` makes, as data: where their weights come from and under which licence, size, preprocessing,
 * parameters, arithmetic, published accuracy and its source.
 *
 * With `measure`, the result is a promise, and each named network also has `msPerImage`: the fastest of three batches of a
 * prediction on the current backend, in float32, with random weights. Nothing is downloaded.
 *
 * @throws {OptionError} a name that no network has, or an option out of its range
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { backbones } from '@thawjs/core';
 *
 * const small = backbones().filter(({ parameters, top1 }) => parameters < 6e6 && top1 > 75);
 * console.log(small[0].name, small[0].licence); // efficientnet_lite0 Apache-2.0
 *
 * const measured = await backbones({ measure: ['mobilenet_v3_small'], inputSize: [32, 32], batchSize: 1 });
 * console.log(measured.find(({ name }) => name === 'mobilenet_v3_small')!.msPerImage! > 0); // true
 * ```
 */
export function backbones(): readonly BackboneRecord[];
export function backbones(options: MeasureBackbonesOptions): Promise<readonly MeasuredBackbone[]>;
export function backbones(
  options?: MeasureBackbonesOptions,
): readonly BackboneRecord[] | Promise<readonly MeasuredBackbone[]> {
  return options ? measured(options) : backboneRecords;
}

/** Loads what measures only if something is measured: a page that lists the networks needs none of it. */
async function measured(options: MeasureBackbonesOptions): Promise<readonly MeasuredBackbone[]> {
  const { measureBackbones } = await import('./measure-backbones');
  return measureBackbones(options);
}
