import { io } from '@tensorflow/tfjs-core';
import { joinBytes } from '../bytes';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { toFloat16 } from '../weights/half-floats';
import { type ModelWeight, modelWeights } from '../weights/model-weights';
import { joinedWeights } from './model-artifacts';
import type { WeightsType } from './save-options';

/** The bytes of a model's weights, and TensorFlow.js' description of each weight. */
export interface StoredWeights {
  readonly data: io.WeightData;
  readonly specs: io.WeightsManifestEntry[];
}

/** The largest number of float16. */
const LARGEST_FLOAT16 = 65_504;

/**
 * A classifier's weights as TensorFlow.js stores them. With `'float16'` and `'int8'`, kernels take a half or a quarter of the
 * bytes, in the form of TensorFlow.js' converter, which every reader of TensorFlow.js turns into float32 again.
 *
 * Weights with one axis stay float32, because they are few: biases, and the weights of BatchNormalization, whose
 * variances may be too large or too small for float16. With `'int8'`, the kernels of depthwise convolutions and of the
 * head are stored as float16. They are few, too; depthwise kernels have a different range per channel, and the head's
 * kernel decides directly on the labels.
 */
export async function storedWeights(
  { model, headLayers }: Pick<ClassifierParts, 'model' | 'headLayers'>,
  type: WeightsType,
): Promise<StoredWeights> {
  const weights = modelWeights(model);
  const { data, specs } = await io.encodeWeights(
    weights.map(({ name, variable }) => ({ name, tensor: variable })),
  );
  if (type === 'float32') return { data, specs };
  const bytes = joinedWeights(data);
  let offset = 0;
  const stored = weights.map((weight, i): StoredWeight => {
    const end = offset + weight.variable.size * 4;
    const own = bytes.slice(offset, end);
    offset = end;
    const isKernel = weight.variable.dtype === 'float32' && weight.variable.rank > 1;
    const small = isKernel && smaller(new Float32Array(own.buffer), typeOf(weight, type, headLayers));
    return small
      ? { bytes: small.bytes, spec: { ...specs[i], quantization: small.quantization } }
      : { bytes: own, spec: specs[i] };
  });
  return {
    data: joinBytes(stored.map(({ bytes }) => bytes)).buffer,
    specs: stored.map(({ spec }) => spec),
  };
}

interface StoredWeight {
  readonly bytes: Uint8Array;
  readonly spec: io.WeightsManifestEntry;
}

function typeOf({ layer }: ModelWeight, type: WeightsType, headLayers: readonly string[]): WeightsType {
  const isSensitive = layer.getClassName() === 'DepthwiseConv2D' || headLayers.includes(layer.name);
  return isSensitive ? 'float16' : type;
}

/** Stores numbers in fewer bytes; undefined if the type can't hold them. */
function smaller(
  values: Float32Array,
  type: WeightsType,
): { bytes: Uint8Array; quantization: NonNullable<io.WeightsManifestEntry['quantization']> } | undefined {
  const [low, high] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [0, 0],
  );
  if (!(Math.max(-low, high) <= LARGEST_FLOAT16)) return undefined;
  if (type === 'float16') {
    return { bytes: new Uint8Array(toFloat16(values).buffer), quantization: { dtype: 'float16' } };
  }
  // 0 must be one of the 256 numbers, so that weights of 0 stay 0.
  const scale = (high - low) / 255 || 1;
  const zero = Math.round(-low / scale);
  const bytes = Uint8Array.from(values, (value) =>
    Math.min(255, Math.max(0, Math.round(value / scale) + zero)),
  );
  return { bytes, quantization: { dtype: 'uint8', scale, min: -zero * scale } };
}
