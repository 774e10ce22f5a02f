import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { nodeModules } from '../platform/node';
import type { LoadOptions } from './load-options';

/** A handler that saves to and loads from a folder, in TensorFlow.js' standard layout. TensorFlow.js has one in tfjs-node only. */
export function folderHandler(folder: string, options: LoadOptions = {}): io.IOHandler {
  const node = nodeModules();
  if (!node) {
    throw new SavedModelError(
      `"${folder}": expected a URL with a scheme, such as indexeddb://name; folders exist in Node only.`,
    );
  }
  // The functions are imported only if needed: a web page has no folders.
  return {
    async save(artifacts) {
      const { writeModelFolder } = await import('./write-model-folder');
      await writeModelFolder(node, folder, artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
    async load() {
      const { readModelFolder } = await import('./read-model-folder');
      return readModelFolder(node, folder, options);
    },
  };
}
