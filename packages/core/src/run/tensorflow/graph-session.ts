import type * as tf from '@tensorflow/tfjs-core';
import { nodeModules } from '../../platform/node';
import type { NativeBackend } from '../../tfjs-internals/native-backend';
import { type GraphFunction, type GraphNode, savedModel } from './messages';
import { withScratchFile } from './scratch-folder';

/** A TensorFlow session in this process: a graph and the values of its variables. */
export interface GraphSession {
  /** Computes the named outputs from the named inputs. The caller disposes both. */
  run(inputs: ReadonlyMap<string, tf.Tensor>, outputs: readonly string[]): tf.Tensor[];
  dispose(): void;
}

/**
 * Loads a graph into a session. The graph is written to a temporary folder, which is removed before this returns.
 *
 * @throws NoScratchFolderError if no temporary folder can be written.
 */
export function graphSession(
  backend: NativeBackend,
  nodes: readonly GraphNode[],
  functions: readonly GraphFunction[] = [],
): GraphSession {
  const node = nodeModules()!;
  const session = withScratchFile(node, 'saved_model.pb', savedModel(nodes, {}, functions), (folder) =>
    backend.loadSavedModelMetaGraph(folder, 'serve'),
  );
  return {
    run: (inputs, outputs) =>
      backend.runSavedModel(
        session,
        [...inputs.values()],
        [...inputs.keys()].map((name) => ({ name: outputOf(name) })),
        outputs.map(outputOf),
      ),
    dispose: () => backend.deleteSavedModel(session),
  };
}

/** A node's name with the number of the output, by default 0, as sessions take it. */
function outputOf(name: string): string {
  return name.includes(':') ? name : `${name}:0`;
}
