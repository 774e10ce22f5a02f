import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { PrecisionError } from '../errors';
import { type ModelProgram, modelProgram } from '../model/model-program';
import { NotAProgramError } from '../model/not-a-program-error';
import { nodeModules } from '../platform/node';
import { programRunner } from '../run/interpret';
import { FLOAT32, type ResolvedPrecision } from '../run/precision';
import { type GraphSession, graphSession } from '../run/tensorflow/graph-session';
import { GraphVariables } from '../run/tensorflow/graph-variables';
import { GraphWriter } from '../run/tensorflow/graph-writer';
import { type NativeBackend, nativeBackend } from '../run/tensorflow/native-backend';
import { NoScratchFolderError } from '../run/tensorflow/scratch-folder';
import { writeProgram } from '../run/tensorflow/write-program';

/** A model in inference mode, with the weights that it has when this is made. */
export interface Forward {
  /** What the model gives for a batch. The batch stays the caller's, what comes back is the caller's to dispose. */
  run(x: tf.Tensor): tf.Tensor;
  dispose(): void;
}

/** From how many images on a model is worth being folded and, on the native backend, made a graph. */
const WORTH_A_PLAN = 64;

/**
 * The fastest way to run a model of one input and one output over so many images: as one TensorFlow graph with
 * BatchNormalization folded in, op by op with it folded in, or for a few images as it is.
 *
 * @throws PrecisionError if the model can't become a graph and nothing but bfloat16 will do.
 */
export function forward(
  model: LayersModel,
  images: number,
  { type, negotiable }: ResolvedPrecision = FLOAT32,
): Forward {
  if (images >= WORTH_A_PLAN || !negotiable) {
    try {
      const backend = nodeModules() && nativeBackend();
      const graph = backend && asGraph(backend, modelProgram(model, { training: false, type }));
      if (graph) return graph;
      if (!negotiable) throw new NotAProgramError('there is no folder to hand it to TensorFlow in');
      return opByOp(modelProgram(model, { training: false }));
    } catch (error) {
      if (!(error instanceof NotAProgramError)) throw error;
      if (!negotiable) {
        throw new PrecisionError(
          `precision: expected a model that runs as one graph, which bfloat16 needs; ${error.message}. ` +
            "Pass 'float32' or 'auto'.",
        );
      }
    }
  }
  return {
    run: (x) => tf.tidy(() => model.apply(x, { training: false }) as tf.Tensor),
    dispose() {},
  };
}

function opByOp({ program, inputs, outputs }: ModelProgram): Forward {
  const runner = programRunner(program, outputs, new Set());
  return {
    run: (x) => runner.run(new Map([[inputs[0], x]]))[0],
    dispose: () => runner.dispose(),
  };
}

/** Undefined if there is no place for the graph's file. */
function asGraph(backend: NativeBackend, { program, inputs, outputs }: ModelProgram): Forward | undefined {
  const writer = new GraphWriter();
  const variables = new GraphVariables(writer, new Set());
  const written = writeProgram(variables, program.operations, outputs);
  const output = written.nameOf(outputs[0]);
  const write = writer.done(variables.assignments);
  const session = sessionOf(backend, writer);
  if (!session) return undefined;
  const weights = new Map([...variables.given].map(([variable, name]) => [name, variable as tf.Tensor]));
  tf.dispose(session.run(weights, [write]));
  return {
    run: (x) => session.run(new Map([[written.inputs.get(inputs[0])!, x]]), [output])[0],
    dispose: () => session.dispose(),
  };
}

function sessionOf(backend: NativeBackend, writer: GraphWriter): GraphSession | undefined {
  try {
    return graphSession(backend, writer.graph);
  } catch (error) {
    if (error instanceof NoScratchFolderError) return undefined;
    throw error;
  }
}
