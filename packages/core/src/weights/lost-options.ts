import type { Json } from './json';

/** The shape of a layer's depthwise kernel, by the names of the networks around the layer, outermost first, and its own. */
type KernelShape = (path: readonly string[]) => readonly (number | null)[] | undefined;

/**
 * A network's description with the options that tfjs-layers leaves out of it or takes from another field. TensorFlow.js'
 * own `save` writes such descriptions, as Thaw's did at first:
 *
 * - the `depth_multiplier` of a SeparableConv2D is read off the kernel's shape,
 * - a `depthwise_constraint` of a DepthwiseConv2D that is the regularizer is dropped.
 */
export function withLostOptions<Topology>(topology: Topology, kernelShape: KernelShape): Topology {
  return completed(topology, [], kernelShape) as Topology;
}

interface LayerJson {
  readonly class_name?: unknown;
  readonly config?: Json;
}

function completed(value: unknown, around: readonly string[], kernelShape: KernelShape): unknown {
  if (Array.isArray(value)) return value.map((part) => completed(part, around, kernelShape));
  if (typeof value !== 'object' || value === null) return value;
  const { class_name: className, config } = value as LayerJson;
  const path = typeof config?.name === 'string' ? [...around, config.name] : around;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, completed(part, path, kernelShape)]),
  ) as LayerJson;
  if (className === 'SeparableConv2D' && typeof config?.depth_multiplier !== 'number') {
    const [, , , depth_multiplier = 1] = kernelShape(path) ?? [];
    return { ...copy, config: { ...copy.config, depth_multiplier } };
  }
  const { class_name: constraint } = (config?.depthwise_constraint ?? {}) as LayerJson;
  return className === 'DepthwiseConv2D' && constraint === 'L1L2'
    ? { ...copy, config: { ...copy.config, depthwise_constraint: null } }
    : copy;
}
