import type * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '@thawjs/backends';
import type { Program, Value } from '../../src/program/ir';
import { interpreted } from '../../src/run/interpret';
import type { Entries, PreparedProgram } from '../../src/run/prepared-program';
import { inSession } from '../../src/run/tensorflow/in-session';
import { nativeBackend } from '../../src/tfjs-internals/native-backend';

/** A program ready to be asked for some of its values. */
export interface ValueRun {
  run(inputs: ReadonlyMap<Value, tf.Tensor>): Promise<Float32Array[]>;
  dispose(): void;
}
export type MakeRun = (program: Program, outputs: readonly Value[]) => ValueRun;

const by =
  (prepare: (entries: Entries) => PreparedProgram): MakeRun =>
  (program, outputs) => {
    const prepared = prepare({ values: { program, outputs } });
    return {
      async run(inputs) {
        const tensors = await prepared.run('values', inputs);
        return tensors.map((tensor) => {
          const numbers = tensor.dataSync<'float32'>().slice();
          tensor.dispose();
          return numbers;
        });
      },
      dispose: () => prepared.dispose(),
    };
  };

const opByOp = by((entries) => interpreted(entries));
export const asOneGraph = by((entries) => inSession(nativeBackend()!, entries));

/** The ways to run a program, each of which every operation has to know. */
export const ways: readonly { name: string; backend: BackendName; make: MakeRun }[] = [
  { name: 'cpu', backend: 'cpu', make: opByOp },
  { name: 'wasm', backend: 'wasm', make: opByOp },
  { name: 'the native backend, op by op', backend: 'native', make: opByOp },
  { name: 'the native backend, as one graph', backend: 'native', make: asOneGraph },
];
