import { serialization } from '@tensorflow/tfjs-core';
import { ZeroPaddingChannels } from './zero-padding-channels';

/**
 * Tells tfjs-layers of the layer classes that backbones bring, so that `loadLayersModel` finds them.
 *
 * The backbones and Thaw's own `load` call it; it is needed only where a saved model is loaded with tfjs alone.
 * It may be called any number of times.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { io } from '@tensorflow/tfjs-core';
 * import { loadLayersModel } from '@tensorflow/tfjs-layers';
 * import { faceResnet, registerLayers } from '@thawjs/core';
 *
 * const { model } = await faceResnet({ weights: null });
 * let saved: io.ModelArtifacts | undefined;
 * await model.save(
 *   io.withSaveHandler(async (artifacts) => {
 *     saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) };
 *     return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
 *   }),
 * );
 *
 * registerLayers(); // in the program that loads
 * const loaded = await loadLayersModel(io.fromMemory(saved!));
 * console.log(loaded.getLayer('conv3_block1_0_widen').getClassName()); // ZeroPaddingChannels
 * ```
 */
export function registerLayers(): void {
  serialization.registerClass(ZeroPaddingChannels);
}
