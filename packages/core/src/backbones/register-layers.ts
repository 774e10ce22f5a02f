import { serialization } from '@tensorflow/tfjs-core';
import { CenterCrop } from '../layers/center-crop';
import { ChannelAffine } from '../layers/channel-affine';
import { ClassToken } from '../layers/class-token';
import { Conv1D } from '../layers/conv-1d';
import { CustomScaleLayer } from '../layers/custom-scale-layer';
import { GlobalAveragePooling2D, GlobalMaxPooling2D } from '../layers/global-pooling';
import { GroupNormalization } from '../layers/group-normalization';
import { GroupedConv2D } from '../layers/grouped-convolution';
import { Normalization } from '../layers/normalization';
import { registerActivations } from '../layers/register-activations';
import { Reshape } from '../layers/reshape';
import { Resizing } from '../layers/resizing';
import { SpatialDropout2D } from '../layers/spatial-dropout';
import { Subtract } from '../layers/subtract';
import { FrozenGraph } from './frozen-graph';
import { LayerScale } from './layer-scale';
import { ZeroPaddingChannels } from './zero-padding-channels';

const LAYERS = [
  CenterCrop,
  ChannelAffine,
  ClassToken,
  Conv1D,
  CustomScaleLayer,
  FrozenGraph,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  GroupedConv2D,
  GroupNormalization,
  LayerScale,
  Normalization,
  Reshape,
  Resizing,
  SpatialDropout2D,
  Subtract,
  ZeroPaddingChannels,
];

/**
 * Registers layer classes and activations with tfjs-layers, so that `loadLayersModel` finds them: Keras'
 * CenterCrop, GroupNormalization, Normalization, Resizing, SpatialDropout2D and Subtract, global pooling with `keepdims`, Reshape
 * to a size that follows from the others, Conv1D with groups and causal padding, Conv2D with groups, the
 * activations silu, hard_silu, hard_swish, leaky_relu and exponential, and the layer classes of backbones.
 *
 * The backbones and Thaw's `load` call this function themselves. It is needed only to load a saved model with tfjs-layers.
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
  for (const layer of LAYERS) serialization.registerClass(layer);
  registerActivations();
}
