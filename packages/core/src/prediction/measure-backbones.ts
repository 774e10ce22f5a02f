import * as tf from '@tensorflow/tfjs-core';
import type { BackboneRecord } from '../backbones/backbone-record';
import { backboneRecords } from '../backbones/backbone-records';
import { namedRecord } from '../backbones/named-record';
import { backbone } from '../backbones/open-backbone';
import { checkOptions, WHOLE_FROM_1 } from '../options/check-options';
import { forward, numbersOf } from './forward';
import type { MeasureBackbonesOptions, MeasuredBackbone } from './list-backbones';

/** The number of batches that are timed, after a first one that prepares the network. */
const BATCHES = 3;
/** So many images that a prediction would take the way of a large data set. */
const MANY = 1000;

/** The records, with a measurement of those that are asked for. See `backbones`. */
export async function measureBackbones(
  options: MeasureBackbonesOptions,
): Promise<readonly MeasuredBackbone[]> {
  const { measure, inputSize, batchSize = 16 } = options;
  checkOptions('backbones', options, {
    measure: {
      accepts: (value) => value === true || Array.isArray(value),
      expected: 'to be true or a list of names',
    },
    inputSize: { accepts: (value) => Array.isArray(value), expected: 'to be a height and a width' },
    batchSize: WHOLE_FROM_1,
  });
  const names = measure === true ? backboneRecords.map(({ name }) => name) : measure;
  for (const name of names) namedRecord('backbones', name);
  const results: MeasuredBackbone[] = [];
  for (const record of backboneRecords) {
    const size = inputSize ?? record.inputSize;
    results.push(
      names.includes(record.name)
        ? { ...record, msPerImage: await msPerImage(record, size, batchSize) }
        : record,
    );
  }
  return results;
}

async function msPerImage(
  { name, preprocessing }: BackboneRecord,
  inputSize: readonly [number, number],
  batchSize: number,
): Promise<number> {
  const { model } = await backbone(name, { weights: null, inputSize });
  const network = await forward(model, MANY, preprocessing);
  const batch = () => tf.fill([batchSize, ...inputSize, 3], 128, 'int32');
  await numbersOf(network, batch());
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < BATCHES; i++) {
    const pixels = batch();
    const started = performance.now();
    await numbersOf(network, pixels);
    best = Math.min(best, (performance.now() - started) / batchSize);
  }
  network.dispose();
  model.dispose();
  return best;
}
