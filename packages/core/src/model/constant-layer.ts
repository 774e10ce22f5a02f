import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { batchNormMode, isBatchNorm } from '../freezing/batch-norm-mode';
import { isModel, leafLayers } from '../layers/leaf-layers';

type Layer = layers.Layer;

/**
 * The classes of tfjs-layers whose output depends on input and weights alone, in training too. Recurrent layers are left
 * out, as they can drop inputs and keep a state. Layers that make masks are left out, as a kept output has no mask.
 */
const SAME_IN_TRAINING = new Set(
  (
    'InputLayer Dense Activation ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax Conv1D Conv2D Conv2DTranspose ' +
    'Conv3D Conv3DTranspose SeparableConv2D DepthwiseConv2D Cropping2D UpSampling2D ZeroPadding2D Flatten RepeatVector ' +
    'Reshape Permute Add Multiply Average Maximum Minimum Concatenate Dot LayerNormalization MaxPooling1D ' +
    'AveragePooling1D MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D GlobalAveragePooling1D ' +
    'GlobalMaxPooling1D GlobalAveragePooling2D GlobalMaxPooling2D Rescaling CenterCrop Resizing'
  ).split(' '),
);

/** The static property by which any other layer class declares that it computes the same in training. */
interface SaysSameInTraining {
  readonly sameInTraining?: boolean;
}

/** Whether a layer's class declares `static sameInTraining = true`. */
export function saysSameInTraining(layer: Layer): boolean {
  return (layer.constructor as SaysSameInTraining).sameInTraining === true;
}

/** Whether a layer's class is one of tfjs-layers that computes the same in training, or a BatchNormalization. */
export function isKnownLayer(layer: Layer): boolean {
  return SAME_IN_TRAINING.has(layer.getClassName()) || isBatchNorm(layer);
}

/** Returns a predicate for a model's layers: whether a layer gives an input the same output at every step of training. */
export function constantLayers(model: LayersModel): (layer: Layer) => boolean {
  const learning = new Set(model.trainableWeights.map((weight) => weight.read() as Variable));
  const stays = (layer: Layer) => layer.weights.every((weight) => !learning.has(weight.read() as Variable));
  const constant = (layer: Layer): boolean => {
    if (isModel(layer)) return leafLayers(layer).every((leaf) => constant(leaf.layer));
    if (isBatchNorm(layer)) return stays(layer) && ['frozen', 'affine'].includes(batchNormMode(layer) ?? '');
    const same = SAME_IN_TRAINING.has(layer.getClassName()) || saysSameInTraining(layer);
    return same && stays(layer);
  };
  return constant;
}
