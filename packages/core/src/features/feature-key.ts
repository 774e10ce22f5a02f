import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import { leafLayers } from '../freezing/leaf-layers';
import { modelWeights } from '../freezing/model-weights';
import type { LabelledImages } from '../labelled-images';
import { isKnownLayer } from '../model/constant-layer';
import type { NumberType } from '../program/ir';
import { canonicalJson } from './canonical-json';
import { sha256 } from './sha256';

/** Raised with every change in how features are computed, so that older ones aren't taken. */
const COMPUTATION = 1;

/** All that features depend on. */
export interface FeatureSource {
  /** Preprocessed images → features. */
  readonly prefix: LayersModel;
  readonly preprocessing: Preprocessing;
  readonly size: readonly [height: number, width: number];
  readonly images: LabelledImages;
  /** Which view of augmented images, and what seeds it. */
  readonly view: number;
  readonly seed: number;
  /** What convolutions and products are computed in. */
  readonly type: NumberType;
}

/**
 * A name for features that changes with anything they depend on: the prefix's weights (a SHA-256 of every byte), its
 * layers, the preprocessing, the size, the images and their order, the view, the precision, the backend and
 * TensorFlow.js' version.
 *
 * @param source its images must be traceable.
 * @returns 64 hexadecimal digits.
 */
export async function featureKey(source: FeatureSource): Promise<string> {
  const { prefix, preprocessing, size, images, view, seed, type } = source;
  const { ids, augmentation } = images;
  const parts = {
    computation: COMPUTATION,
    tfjs: tf.version_core,
    backend: tf.getBackend(),
    // Of float32 nothing is said, so that what was kept before there was a choice is found.
    ...(type === 'float32' ? {} : { type }),
    ...architectureOf(prefix),
    weights: await weightsHash(prefix),
    preprocessing: { ...preprocessing },
    size: [...size],
    ids: await sha256(JSON.stringify(ids)),
    fingerprint: typeof images.fingerprint === 'function' ? await images.fingerprint() : images.fingerprint,
    augmented: augmentation ? { augmentation, view, seed } : null,
  };
  return sha256(canonicalJson(parts)!);
}

/**
 * Whether a data set can tell that its images are still what they were: it has a `fingerprint`, and an `augmentation`, if
 * any, that is plain data.
 */
export function isTraceable({ fingerprint, augmentation }: LabelledImages): boolean {
  return fingerprint !== undefined && (!augmentation || canonicalJson(augmentation) !== undefined);
}

/** One hash a weight, and one over them: WebCrypto takes nothing piece by piece. */
async function weightsHash(model: LayersModel): Promise<string> {
  const lines: string[] = [];
  for (const { name, variable } of modelWeights(model)) {
    const values = await variable.data<'float32'>();
    const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
    lines.push(JSON.stringify([name, variable.dtype, variable.shape, await sha256(bytes)]));
  }
  return sha256(lines.join('\n'));
}

/** How it begins and what it learns by is nothing to what a frozen layer computes. */
const OF_TRAINING = /^trainable$|_(?:initializer|regularizer|constraint)$/;

function architectureOf(model: LayersModel): object {
  const own = leafLayers(model).filter(({ layer }) => !isKnownLayer(layer));
  return {
    layers: JSON.parse(JSON.stringify(model.toJSON(null, false)), (key, value) =>
      OF_TRAINING.test(key) ? undefined : value,
    ),
    // A class of somebody's own can change between two runs without its configuration.
    classes: own.map(({ path, layer }) => [path, String(layer.constructor)]),
  };
}
