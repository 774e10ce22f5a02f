import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import { preprocess } from '../backbones/preprocess';
import { PrecisionError } from '../errors';
import { tensorMaths } from '../layers/register-activations';
import { logitsOfClipped, withLogits } from '../model/logits';
import { modelProgram } from '../model/model-program';
import type { StoredNetwork } from '../model/stored-network';
import { nodeModules } from '../platform/node';
import { NotAProgramError, type NumberType } from '../program/ir';
import { KERAS_EPSILON } from '../program/maths';
import { interpreted } from '../run/interpret';
import { FLOAT32, type ResolvedPrecision } from '../run/precision';
import type { Entries, PreparedProgram } from '../run/prepared-program';
import { NoScratchFolderError } from '../run/tensorflow/scratch-folder';
import { nativeBackend } from '../tfjs-internals/native-backend';

/** A model that is ready for inference. */
export interface Forward {
  /** Computes the model's output for pixels made by `pixelTensor`. The caller disposes both. */
  run(pixels: tf.Tensor): Promise<tf.Tensor>;
  dispose(): void;
}

/** The output of a prepared model: its own, or the logits of its probabilities. */
export type ForwardOutput = 'own' | 'logits';

/** The number of images from which building a TensorFlow graph pays. */
const WORTH_A_GRAPH = 64;

/**
 * Prepares a model with one input and one output for inference, in the fastest way for the number of images: as one
 * TensorFlow graph, or operation by operation, with preprocessing included and BatchNormalization folded; or by
 * TensorFlow.js if the model can't become a program.
 *
 * @throws PrecisionError if bfloat16 is required and the model can't become a graph.
 */
export async function forward(
  model: LayersModel | StoredNetwork,
  images: number,
  preprocessing: Preprocessing,
  { type, negotiable }: ResolvedPrecision = FLOAT32,
  output: ForwardOutput = 'own',
): Promise<Forward> {
  try {
    const made = programOf(model, preprocessing, type, output);
    const graph = images >= WORTH_A_GRAPH || !negotiable ? await inGraph(made.entries) : undefined;
    if (!graph && !negotiable) throw new NotAProgramError('there is no folder to hand it to TensorFlow in');
    const { pixels, entries } =
      graph || type === 'float32' ? made : programOf(model, preprocessing, 'float32', output);
    const prepared = graph ?? interpreted(entries);
    return {
      async run(given) {
        const value = given.dtype === 'float32' ? pixels.floats : pixels.bytes;
        return (await prepared.run('forward', new Map([[value, given]])))[0];
      },
      dispose: () => prepared.dispose(),
    };
  } catch (error) {
    if (!(error instanceof NotAProgramError) || 'graph' in model) throw error;
    if (!negotiable) {
      throw new PrecisionError(
        `precision: expected a model that runs as one graph, which bfloat16 needs; ${error.message}. ` +
          "Pass 'float32' or 'auto'.",
      );
    }
    return byLayers(model, preprocessing, output);
  }
}

function programOf(
  model: LayersModel | StoredNetwork,
  preprocessing: Preprocessing,
  type: NumberType,
  output: ForwardOutput,
) {
  const { program, outputs, pixels } = modelProgram(model, { training: false, preprocessing, type });
  const given = output === 'own' ? outputs : [withLogits(program, outputs[0]).logits];
  return { entries: { forward: { program, outputs: given } }, pixels: pixels! };
}

/** Prepares the entries as a graph; undefined without the native backend, or if no temporary folder can be written. */
async function inGraph(entries: Entries): Promise<PreparedProgram | undefined> {
  const backend = nodeModules() && nativeBackend();
  if (!backend) return undefined;
  // Imported only if needed: a web page never has the native backend.
  const { inSession } = await import('../run/tensorflow/in-session');
  try {
    return inSession(backend, entries);
  } catch (error) {
    if (error instanceof NoScratchFolderError) return undefined;
    throw error;
  }
}

function byLayers(model: LayersModel, preprocessing: Preprocessing, output: ForwardOutput): Forward {
  return {
    run: async (given) =>
      tf.tidy(() => {
        const x = preprocess(given as tf.Tensor4D, preprocessing);
        const own = model.apply(x, { training: false }) as tf.Tensor;
        if (output === 'own') return own;
        return logitsOfClipped(tensorMaths, tf.clipByValue(own, KERAS_EPSILON, 1 - KERAS_EPSILON));
      }),
    dispose() {},
  };
}

/** A network's output for pixels, as numbers. The pixels are disposed, even after an error. */
export async function numbersOf(network: Forward, pixels: tf.Tensor): Promise<Float32Array> {
  try {
    const output = await network.run(pixels);
    try {
      return (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
  } finally {
    pixels.dispose();
  }
}
