import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { BatchNormMode } from '../../src/freezing/batch-norm-mode';
import { freeze } from '../../src/freezing/freeze';
import { unfreeze } from '../../src/freezing/unfreeze';
import { leafLayers } from '../../src/layers/leaf-layers';
import { binaryCrossentropy } from '../../src/losses/binary-crossentropy';
import { sgd } from '../../src/optimizers/sgd';
import type { Entries, PreparedProgram } from '../../src/run/prepared-program';
import { stepProgram } from '../../src/training/steps/step-program';
import { modelWeights } from '../../src/weights/model-weights';
import { hashedLabels, hashedPixels } from './hashed-weights';

/** What one step of a whole network moved. */
export interface StepGradients {
  readonly loss: number;
  /** By `layer/weight`: the gradient of a weight that learns, or the change of a moving average. */
  readonly changes: ReadonlyMap<string, Float64Array>;
  /** Layers that don't run as operations of the program, or not in the graph. */
  readonly apart: readonly string[];
}

/** So large that the weights themselves vanish beside the update, whose rounding then doesn't count. */
const LEARNING_RATE = 2 ** 20;

/**
 * Makes one step of SGD on the reference's images, from the logits of a network with its top, and tells the gradients from
 * what became of the weights. The network itself is left as it was.
 */
export async function stepGradients(
  { model: network }: { readonly model: tfl.LayersModel },
  {
    mode,
    images = 4,
    seed,
  }: { readonly mode: BatchNormMode; readonly images?: number; readonly seed?: number },
  prepare: (entries: Entries) => PreparedProgram,
): Promise<StepGradients> {
  const model = withSigmoid(network);
  freeze(model);
  unfreeze(model, 'all', { batchNorm: mode });
  const weights = modelWeights(model).map(({ layer, name, variable }) => ({
    name: `${layer.name}/${name.split('/').at(-1)}`,
    variable,
    before: variable.dataSync<'float32'>().slice(),
  }));
  const learning = new Set(
    leafLayers(model).flatMap(({ layer }) => layer.trainableWeights.map((weight) => weight.read())),
  );
  const program = stepProgram({
    model,
    loss: binaryCrossentropy(),
    learning: weights.flatMap(({ variable }) => (learning.has(variable) ? variable : [])),
    optimizer: sgd({ learningRate: LEARNING_RATE }),
  });
  const calls = program.entries.update.program.operations.filter(({ kind }) => kind.name === 'LayerCall');
  const prepared = prepare({ update: program.entries.update });
  const [, height, width] = model.inputs[0].shape as number[];
  const classes = model.outputs[0].shape[1]!;
  const { x, y, known, weights: factors } = program.training;
  const inputs = new Map([
    [x, tf.tensor(hashedPixels(height, width, images, seed), [images, height, width, 3])],
    [y, tf.tensor(hashedLabels(images, classes), [images, classes])],
    [known, tf.ones([images, classes])],
    [factors, tf.ones([images])],
    [program.learningRate, tf.scalar(LEARNING_RATE)],
    // Nothing is dropped: random masks differ between libraries.
    ...program.dropouts.map(({ mask }) => [mask, tf.ones(mask.sizes.map((size) => size ?? images))] as const),
  ]);
  const [loss, scores] = await prepared.run('update', inputs);
  const value = loss.dataSync()[0];
  const changes = new Map(
    weights.map(({ name, variable, before }) => {
      const after = variable.dataSync<'float32'>();
      const factor = learning.has(variable) ? -LEARNING_RATE : 1;
      return [name, Float64Array.from(before, (number, i) => (after[i] - number) / factor)];
    }),
  );
  prepared.dispose();
  tf.dispose([loss, scores, ...inputs.values()]);
  for (const { variable, before } of weights)
    tf.tidy(() => variable.assign(tf.tensor(before, variable.shape)));
  return { loss: value, changes, apart: [...calls.map(({ kind }) => kind.name), ...prepared.apart] };
}

/** The network with one sigmoid per class in place of the softmax, whose logits a loss can read. */
function withSigmoid(network: tfl.LayersModel): tfl.LayersModel {
  const last = network.layers.at(-1)!;
  const [kernel, bias] = last.getWeights();
  const name = last.name;
  const sigmoid = kernel
    ? tfl.layers.dense({ units: kernel.shape[1]!, activation: 'sigmoid', name })
    : tfl.layers.activation({ activation: 'sigmoid', name });
  const outputs = sigmoid.apply(last.input) as tfl.SymbolicTensor;
  if (kernel) sigmoid.setWeights([kernel, bias]);
  return tfl.model({ inputs: network.inputs, outputs });
}
