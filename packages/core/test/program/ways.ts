import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '@thawjs/backends';
import type { Program, Value } from '../../src/program/ir';
import { programRunner } from '../../src/run/interpret';
import { graphSession } from '../../src/run/tensorflow/graph-session';
import { GraphVariables } from '../../src/run/tensorflow/graph-variables';
import { GraphWriter } from '../../src/run/tensorflow/graph-writer';
import { nativeBackend } from '../../src/run/tensorflow/native-backend';
import { writeProgram } from '../../src/run/tensorflow/write-program';

/** How a program's values are computed from its inputs: `[f, gradient, …]`. */
type Run = (inputs: ReadonlyMap<Value, tf.Tensor>) => Float32Array[];
export type MakeRun = (program: Program, fetches: readonly Value[]) => { run: Run; dispose(): void };

const opByOp: MakeRun = (program, fetches) => {
  const runner = programRunner(program, fetches, new Set());
  return { run: (inputs) => taken(runner.run(inputs)), dispose: () => runner.dispose() };
};

export const asOneGraph: MakeRun = (program, fetches) => {
  const writer = new GraphWriter();
  const variables = new GraphVariables(writer, new Set());
  const written = writeProgram(variables, program.operations, fetches);
  const names = fetches.map((value) => written.nameOf(value));
  const once = writer.done(variables.assignments);
  const session = graphSession(nativeBackend()!, writer.graph);
  tf.dispose(session.run(new Map(), [once]));
  return {
    run: (inputs) =>
      taken(
        session.run(
          new Map([...inputs].map(([value, tensor]) => [written.inputs.get(value)!, tensor])),
          names,
        ),
      ),
    dispose: () => session.dispose(),
  };
};

export const ways: readonly { name: string; backend: BackendName; make: MakeRun }[] = [
  { name: 'cpu', backend: 'cpu', make: opByOp },
  { name: 'wasm', backend: 'wasm', make: opByOp },
  { name: 'the native backend, op by op', backend: 'native', make: opByOp },
  { name: 'the native backend, as one graph', backend: 'native', make: asOneGraph },
];

function taken(tensors: readonly tf.Tensor[]): Float32Array[] {
  return tensors.map((tensor) => {
    const numbers = tensor.dataSync<'float32'>().slice();
    tensor.dispose();
    return numbers;
  });
}
