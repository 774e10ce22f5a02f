import type { Value } from '../../program/ir';
import { sameSizes } from '../../program/operations/broadcasting';
import { averagePool, maxPool, spatialMean } from '../../program/operations/pooling';
import { reshape } from '../../program/operations/shape';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { LayerTranslation } from './layer-translation';

interface PoolingConfig {
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
}

/** MaxPooling2D. */
export const maxPooling: LayerTranslation = pooling(maxPool);

/** AveragePooling2D. */
export const averagePooling: LayerTranslation = pooling(averagePool);

/** GlobalAveragePooling2D. */
export const globalAveragePooling: LayerTranslation = global((builder, x) =>
  spatialMean(builder.program, [x], {}),
);

/** GlobalMaxPooling2D, as a max pooling whose window is the whole map. */
export const globalMaxPooling: LayerTranslation = global(({ program }, x) => {
  const [, height, width] = x.sizes;
  const size = [Number(height), Number(width)] as const;
  return maxPool(program, [x], { size, strides: size, padding: 'valid' });
});

/** GlobalAveragePooling1D. */
export const averageSteps: LayerTranslation = (_, { inputs: [steps] }, builder) => ({
  emit: () => builder.ops.mean(builder.value(steps), 1),
});

/** GlobalMaxPooling1D. */
export const maxSteps: LayerTranslation = (_, { inputs: [steps] }, builder) => ({
  emit: () => builder.ops.max(builder.value(steps), 1),
});

function pooling(pool: typeof maxPool): LayerTranslation {
  return (layer, { inputs: [image] }, builder) => {
    const { poolSize: size, strides, padding, dataFormat } = layer.getConfig() as unknown as PoolingConfig;
    if (dataFormat === 'channelsFirst') return undefined;
    return { emit: () => pool(builder.program, [builder.value(image)], { size, strides, padding }) };
  };
}

/** A pooling over height and width. With `keepdims`, which only our own classes have, these axes stay with size 1. */
function global(pool: (builder: ModelProgramBuilder, x: Value) => Value): LayerTranslation {
  return (layer, { inputs: [image] }, builder) => {
    const { dataFormat, keepdims } = layer.getConfig() as { dataFormat: string; keepdims?: boolean };
    if (dataFormat === 'channelsFirst') return undefined;
    return {
      emit() {
        const pooled = pool(builder, builder.value(image));
        const sizes = [null, ...(keepdims ? [1, 1] : []), Number(pooled.sizes.at(-1))];
        return sameSizes(pooled.sizes, sizes) ? pooled : reshape(builder.program, [pooled], { sizes });
      },
    };
  };
}
