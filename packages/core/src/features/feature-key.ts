import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import { digest } from '../digest';
import type { LabelledImages } from '../labelled-images';
import { describeNetwork } from '../layers/describe-network';
import { leafLayers } from '../layers/leaf-layers';
import { isKnownLayer } from '../model/constant-layer';
import type { NumberType } from '../program/ir';
import { modelWeights } from '../weights/model-weights';
import { canonicalJson } from './canonical-json';

/** Must be raised with every change in how features are computed, so that older features aren't used. */
const COMPUTATION = 1;

/** Everything that features depend on. */
export interface FeatureSource {
  /** Preprocessed images → features. */
  readonly prefix: LayersModel;
  readonly preprocessing: Preprocessing;
  readonly size: readonly [height: number, width: number];
  readonly images: LabelledImages;
  /** With augmentation: the number of the variant of each image, and the seed. */
  readonly view: number;
  readonly seed: number;
  /** The number type that convolutions and matrix products compute in. */
  readonly type: NumberType;
}

/**
 * A name for features, which changes with everything that features depend on: every byte of the prefix's weights, its
 * layers, the preprocessing, the image size, the images and their order, view and seed, the precision, the backend and the
 * version of TensorFlow.js.
 *
 * @param source the images must be traceable (`isTraceable`).
 * @returns 64 hexadecimal digits.
 */
export async function featureKey(source: FeatureSource): Promise<string> {
  const { prefix, preprocessing, size, images, view, seed, type } = source;
  const { ids, augmentation } = images;
  const parts = {
    computation: COMPUTATION,
    tfjs: tf.version_core,
    backend: tf.getBackend(),
    // float32 is left out, so that features from before `precision` existed are still found.
    ...(type === 'float32' ? {} : { type }),
    ...architectureOf(prefix),
    weights: await weightsHash(prefix),
    preprocessing: { ...preprocessing },
    size: [...size],
    ids: await digest(JSON.stringify(ids), 'sha256'),
    fingerprint: typeof images.fingerprint === 'function' ? await images.fingerprint() : images.fingerprint,
    augmented: augmentation ? { augmentation, view, seed } : null,
  };
  return digest(canonicalJson(parts)!, 'sha256');
}

/**
 * Whether a data set can tell that its images have not changed: it has a `fingerprint`, and its `augmentation`, if any, is
 * plain data.
 */
export function isTraceable({ fingerprint, augmentation }: LabelledImages): boolean {
  return fingerprint !== undefined && (!augmentation || canonicalJson(augmentation) !== undefined);
}

/** A hash over one hash per weight. WebCrypto can't hash data piece by piece. */
async function weightsHash(model: LayersModel): Promise<string> {
  const lines: string[] = [];
  for (const { name, variable } of modelWeights(model)) {
    const values = await variable.data<'float32'>();
    const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
    lines.push(JSON.stringify([name, variable.dtype, variable.shape, await digest(bytes, 'sha256')]));
  }
  return digest(lines.join('\n'), 'sha256');
}

/** Initializers, regularizers and constraints don't affect a frozen layer's output. */
const OF_TRAINING = /^trainable$|_(?:initializer|regularizer|constraint)$/;

function architectureOf(model: LayersModel): object {
  const own = leafLayers(model).filter(({ layer }) => !isKnownLayer(layer));
  return {
    layers: JSON.parse(JSON.stringify(describeNetwork(model)), (key, value) =>
      OF_TRAINING.test(key) ? undefined : value,
    ),
    // The code of a custom layer class can change between two runs while its configuration stays the same.
    classes: own.map(({ path, layer }) => [path, String(layer.constructor)]),
  };
}
