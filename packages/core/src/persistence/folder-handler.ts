import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { nodeModules } from '../platform/node';
import type { LoadOptions } from './load-options';
import { readModelFolder } from './read-model-folder';
import { writeModelFolder } from './write-model-folder';

/** Saves into and loads from a folder, in the standard layout of TensorFlow.js, whose own handler for it is in tfjs-node only. */
export function folderHandler(folder: string, options: LoadOptions = {}): io.IOHandler {
  const node = nodeModules();
  if (!node) {
    throw new SavedModelError(
      `"${folder}": expected a URL with a scheme, such as indexeddb://name; folders exist in Node only.`,
    );
  }
  return {
    async save(artifacts) {
      await writeModelFolder(node, folder, artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
    load: () => readModelFolder(node, folder, options),
  };
}
