import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import { preprocess } from '../backbones/preprocess';
import { PrecisionError } from '../errors';
import { modelProgram } from '../model/model-program';
import { nodeModules } from '../platform/node';
import type { NumberType } from '../program/ir';
import { NotAProgramError } from '../program/not-a-program-error';
import { interpreted } from '../run/interpret';
import { FLOAT32, type ResolvedPrecision } from '../run/precision';
import type { Entries, PreparedProgram } from '../run/prepared-program';
import { nativeBackend } from '../run/tensorflow/native-backend';
import { NoScratchFolderError } from '../run/tensorflow/scratch-folder';

/** A model in inference mode. */
export interface Forward {
  /** What the model gives for pixels of `pixelTensor`. They stay the caller's, what comes back is the caller's to dispose. */
  run(pixels: tf.Tensor): Promise<tf.Tensor>;
  dispose(): void;
}

/** From how many images on a TensorFlow graph is worth being made. */
const WORTH_A_GRAPH = 64;

/**
 * The fastest way to run a model of one input and one output over so many images: as one TensorFlow graph, or op by op, with
 * preprocessing and BatchNormalization folded in; by TensorFlow.js if the model can't be a program.
 *
 * @throws PrecisionError if the model can't become a graph and nothing but bfloat16 will do.
 */
export async function forward(
  model: LayersModel,
  images: number,
  preprocessing: Preprocessing,
  { type, negotiable }: ResolvedPrecision = FLOAT32,
): Promise<Forward> {
  try {
    const made = programOf(model, preprocessing, type);
    const graph = images >= WORTH_A_GRAPH || !negotiable ? await inGraph(made.entries) : undefined;
    if (!graph && !negotiable) throw new NotAProgramError('there is no folder to hand it to TensorFlow in');
    const { pixels, entries } =
      graph || type === 'float32' ? made : programOf(model, preprocessing, 'float32');
    const prepared = graph ?? interpreted(entries);
    return {
      async run(given) {
        const value = given.dtype === 'float32' ? pixels.floats : pixels.bytes;
        return (await prepared.run('forward', new Map([[value, given]])))[0];
      },
      dispose: () => prepared.dispose(),
    };
  } catch (error) {
    if (!(error instanceof NotAProgramError)) throw error;
    if (!negotiable) {
      throw new PrecisionError(
        `precision: expected a model that runs as one graph, which bfloat16 needs; ${error.message}. ` +
          "Pass 'float32' or 'auto'.",
      );
    }
    return byLayers(model, preprocessing);
  }
}

function programOf(model: LayersModel, preprocessing: Preprocessing, type: NumberType) {
  const { program, outputs, pixels } = modelProgram(model, { training: false, preprocessing, type });
  return { entries: { forward: { program, outputs } }, pixels: pixels! };
}

/** Undefined without the native backend, or if there is no place for the graph's file. */
async function inGraph(entries: Entries): Promise<PreparedProgram | undefined> {
  const backend = nodeModules() && nativeBackend();
  if (!backend) return undefined;
  // Loaded on use: a page that predicts never has the native backend.
  const { inSession } = await import('../run/tensorflow/in-session');
  try {
    return inSession(backend, entries);
  } catch (error) {
    if (error instanceof NoScratchFolderError) return undefined;
    throw error;
  }
}

function byLayers(model: LayersModel, preprocessing: Preprocessing): Forward {
  return {
    run: async (given) =>
      tf.tidy(() => {
        const x = preprocess(given as tf.Tensor4D, preprocessing);
        return model.apply(x, { training: false }) as tf.Tensor;
      }),
    dispose() {},
  };
}
