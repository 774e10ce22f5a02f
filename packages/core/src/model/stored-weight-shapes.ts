import { countedAxes, type StatisticsAxes } from '../layers/normalization-statistics';
import type { Sizes } from '../program/ir';
import type { StoredLayer } from './stored-layer';

/** The shapes of a layer's weights, by the weights' fields. */
type WeightShapes = Readonly<Record<string, readonly number[]>>;

/** The options of layers that the shapes of their weights depend on. A layer has only those of its class. */
interface ShapingConfig {
  readonly kernelSize: readonly number[];
  readonly filters: number;
  readonly units: number;
  readonly groups?: number;
  readonly depthMultiplier: number;
  readonly useBias: boolean;
  readonly axis: StatisticsAxes;
  readonly scale: boolean;
  readonly center: boolean;
  readonly sharedAxes: readonly number[] | null;
  readonly mean: readonly number[] | null;
}

type ShapesOf = (config: ShapingConfig, input: readonly number[]) => WeightShapes;

const convolution: ShapesOf = ({ kernelSize, groups = 1, filters, useBias }, input) => ({
  kernel: [...kernelSize, input.at(-1)! / groups, filters],
  ...(useBias && { bias: [filters] }),
});

/** Gamma and beta over some axes, if the layer has them. */
function affine({ scale, center }: ShapingConfig, shape: readonly number[]): WeightShapes {
  return { ...(scale && { gamma: shape }), ...(center && { beta: shape }) };
}

/** The sizes of an input at the axes of the configuration. */
function axisSizes({ axis }: ShapingConfig, input: readonly number[]): number[] {
  return countedAxes(axis, input.length).map((one) => input[one]);
}

/** Per class: the weights that tfjs-layers, or our own class, makes for a configuration and an input. */
const SHAPES: Readonly<Record<string, ShapesOf>> = {
  Conv1D: convolution,
  Conv2D: convolution,
  DepthwiseConv2D({ kernelSize, depthMultiplier, useBias }, input) {
    const channels = input.at(-1)!;
    return {
      depthwiseKernel: [...kernelSize, channels, depthMultiplier],
      ...(useBias && { bias: [channels * depthMultiplier] }),
    };
  },
  SeparableConv2D({ kernelSize, depthMultiplier, filters, useBias }, input) {
    const channels = input.at(-1)!;
    return {
      depthwiseKernel: [...kernelSize, channels, depthMultiplier],
      pointwiseKernel: [1, 1, channels * depthMultiplier, filters],
      ...(useBias && { bias: [filters] }),
    };
  },
  GroupedConv2D: convolution,
  Dense: ({ units, useBias }, input) => ({
    kernel: [input.at(-1)!, units],
    ...(useBias && { bias: [units] }),
  }),
  BatchNormalization(config, input) {
    const shape = axisSizes(config, input);
    return { ...affine(config, shape), movingMean: shape, movingVariance: shape };
  },
  LayerNormalization: (config, input) => affine(config, axisSizes(config, input)),
  GroupNormalization: (config, input) => affine(config, axisSizes(config, input)),
  LayerScale: (_, input) => ({ gamma: [input.at(-1)!] }),
  Normalization(config, input) {
    const shape = axisSizes(config, input);
    return { ...(!config.mean && { mean: shape, variance: shape }) };
  },
  PReLU: ({ sharedAxes }, input) => ({
    alpha: input.slice(1).map((size, i) => (sharedAxes?.includes(i + 1) ? 1 : size)),
  }),
};

/** The shapes that a stored layer's weights must have for an input, whose first size is that of the batch. */
export function weightShapes(layer: StoredLayer, [input]: readonly Sizes[]): WeightShapes {
  const className = layer.getClassName();
  if (!Object.hasOwn(SHAPES, className)) return {};
  return SHAPES[className](layer.getConfig() as ShapingConfig, input.map(Number));
}
