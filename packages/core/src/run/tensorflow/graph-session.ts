import type * as tf from '@tensorflow/tfjs-core';
import { nodeModules } from '../../platform/node';
import { type GraphNode, savedModel } from './messages';
import type { NativeBackend } from './native-backend';
import { withScratchFile } from './scratch-folder';

/** A TensorFlow graph with variables of its own, in this process. */
export interface GraphSession {
  /** Computes the outputs from inputs by their names. Inputs stay the caller's, what comes back is the caller's to dispose. */
  run(inputs: ReadonlyMap<string, tf.Tensor>, outputs: readonly string[]): tf.Tensor[];
  dispose(): void;
}

/**
 * Loads a graph into a session, by way of a folder that is gone when this returns.
 *
 * @throws NoScratchFolderError if there is no place for that folder.
 */
export function graphSession(backend: NativeBackend, nodes: readonly GraphNode[]): GraphSession {
  const node = nodeModules()!;
  const session = withScratchFile(node, 'saved_model.pb', savedModel(nodes), (folder) =>
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

/** The name as sessions take it, with the number of the output. */
function outputOf(name: string): string {
  return name.includes(':') ? name : `${name}:0`;
}
