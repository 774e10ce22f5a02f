import { io, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { withLostOptions } from '../weights/lost-options';
import { checkTopology } from './check-topology';
import { ioHandler } from './io-handler';
import type { LoadOptions } from './load-options';
import { checkedWeightBytes } from './weight-specs';

/** A model as TensorFlow.js' handlers give it, not checked yet. */
export interface StoredModel {
  /** The data that Thaw stores beside the network; undefined in a model that Thaw didn't save. */
  readonly metadata: unknown;
  readonly artifacts: io.ModelArtifacts;
}

/** Whether a path or URL is one of a `.keras` file. */
export function isKerasPlace(place: string): boolean {
  return /\.keras($|\?)/i.test(place);
}

/** Reads a model from a folder, a URL or a handler. @throws SavedModelError, DownloadError */
export async function readModel(place: string | io.IOHandler, options: LoadOptions): Promise<StoredModel> {
  const handler = ioHandler(place, 'load', options);
  if (!handler.load)
    throw new SavedModelError('load: expected an IOHandler with a load method; received one without.');
  const artifacts = await handler.load();
  const { thaw } = (artifacts.userDefinedMetadata ?? {}) as { thaw?: unknown };
  return { metadata: thaw, artifacts };
}

/**
 * The network and the weights of a model, which are checked. The caller disposes the weights.
 *
 * @throws SavedModelError
 */
export function decoded(
  { artifacts: { weightData, weightSpecs, modelTopology } }: StoredModel,
  source: string,
): { readonly topology: object; readonly values: NamedTensorMap } {
  if (!modelTopology || !weightData || !weightSpecs) {
    throw new SavedModelError(
      `load: expected a network with its weights at ${source}; a part is missing. Save it again.`,
    );
  }
  checkTopology(modelTopology, source);
  checkedWeightBytes(weightSpecs, source);
  const values = io.decodeWeights(io.CompositeArrayBuffer.join(weightData), weightSpecs);
  // Layers of several networks that share a name have their path in front of it.
  const kernel = (layer: string) => values[`${layer}/depthwise_kernel`];
  const topology = withLostOptions(
    modelTopology,
    ([, ...path]) => (kernel(path.join('/')) ?? kernel(path.at(-1) ?? ''))?.shape,
  );
  return { topology, values };
}
