import type * as tf from '@tensorflow/tfjs-core';
import { crc32 } from '../weights/crc-32';

/** The parts of a graph model, as `loadGraphModel` of `@tensorflow/tfjs-converter` returns it, that a backbone needs. */
export interface GraphModelLike {
  readonly inputs: readonly { readonly name: string; readonly shape?: readonly number[] }[];
  readonly outputs: readonly { readonly name: string }[];
  readonly weights: Readonly<Record<string, readonly tf.Tensor[]>>;
  execute(inputs: tf.NamedTensorMap, outputs?: string): tf.Tensor | tf.Tensor[];
}

/** Graph models by fingerprint, so that a layer that is made again from its configuration finds its graph model. */
const known = new Map<string, WeakRef<GraphModelLike>>();

/** Whether a value is a graph model, and not a LayersModel, which has `execute` too. */
export function isGraphModel(value: unknown): value is GraphModelLike {
  if (typeof value !== 'object' || value === null) return false;
  return 'execute' in value && 'weights' in value && !('layers' in value) && !('model' in value);
}

/**
 * Registers a graph model, and returns its fingerprint: the number and a checksum of all its weights, sizes included.
 */
export function rememberGraph(graph: GraphModelLike): string {
  const lines = Object.entries(graph.weights)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, tensors]) =>
      tensors.map((tensor) => {
        const { buffer, byteOffset, byteLength } = tensor.dataSync<'float32'>();
        return `${name} ${tensor.shape} ${crc32(new Uint8Array(buffer, byteOffset, byteLength))}`;
      }),
    );
  const checksum = crc32(new TextEncoder().encode(lines.join('\n')));
  const fingerprint = `${lines.length} weights, ${checksum.toString(16).padStart(8, '0')}`;
  known.set(fingerprint, new WeakRef(graph));
  return fingerprint;
}

/** The registered graph model with a fingerprint, if it is still in use. */
export function rememberedGraph(fingerprint: string): GraphModelLike | undefined {
  return known.get(fingerprint)?.deref();
}
