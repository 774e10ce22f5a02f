import { averagePool, maxPool } from '../operations/pool';
import { reshape } from '../operations/reshape';
import { spatialMean } from '../operations/spatial-mean';
import type { PlanBuilder } from '../plan-builder';
import type { Value } from '../value';
import type { LayerPlan } from './layer-plan';

interface PoolingConfig {
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
}

/** MaxPooling2D. */
export const maxPooling: LayerPlan = pooling(maxPool);

/** AveragePooling2D. */
export const averagePooling: LayerPlan = pooling(averagePool);

/** GlobalAveragePooling2D. */
export const globalAveragePooling: LayerPlan = global((builder, x) => spatialMean(builder.program, [x], {}));

/** GlobalMaxPooling2D: a pool over the whole map. */
export const globalMaxPooling: LayerPlan = global(({ program }, x) => {
  const [images, height, width, channels] = x.sizes;
  const size = [Number(height), Number(width)] as const;
  const pooled = maxPool(program, [x], { size, strides: size, padding: 'valid' });
  return reshape(program, [pooled], { sizes: [images, channels] });
});

function pooling(pool: typeof maxPool): LayerPlan {
  return (layer, { inputs: [image] }, builder) => {
    const { poolSize: size, strides, padding, dataFormat } = layer.getConfig() as unknown as PoolingConfig;
    if (dataFormat === 'channelsFirst') return undefined;
    return { emit: () => pool(builder.program, [builder.value(image)], { size, strides, padding }) };
  };
}

function global(pool: (builder: PlanBuilder, x: Value) => Value): LayerPlan {
  return (layer, { inputs: [image] }, builder) => {
    const { dataFormat } = layer.getConfig() as { dataFormat: string };
    if (dataFormat === 'channelsFirst') return undefined;
    return { emit: () => pool(builder, builder.value(image)) };
  };
}
