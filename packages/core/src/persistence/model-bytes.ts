import { io } from '@tensorflow/tfjs-core';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { MODEL_FILE } from './model-files';
import { save } from './save';
import type { SaveOptions } from './save-options';
import { savedFiles } from './saved-files';

/**
 * The files that `save` writes into a folder, as bytes: for a page that offers them as a download.
 *
 * @returns the contents by file name: `model.json`, and the weights file that it names. In one folder, they are what `load`
 * reads.
 * @throws OptionError if an option is misspelt, or has a value that it can't have.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { backbone, classifier, modelBytes } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v2', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const files = await modelBytes(model, { weights: 'float16' });
 * console.log(Object.keys(files)[0], Object.keys(files).length); // model.json 2
 * ```
 */
export async function modelBytes(
  classifier: ClassifierParts,
  options: SaveOptions = {},
): Promise<Record<string, Uint8Array>> {
  let artifacts: io.ModelArtifacts = {};
  const keep = io.withSaveHandler(async (made) => {
    artifacts = made;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await save(classifier, keep, options);
  const { weightsFile, weights, json } = await savedFiles(artifacts);
  return { [MODEL_FILE]: new TextEncoder().encode(json), [weightsFile]: weights };
}
