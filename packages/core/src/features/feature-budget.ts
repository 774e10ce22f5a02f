import { OptionError } from '../errors';
import { nodeModules } from '../platform/node';
import type { FeatureCacheOptions } from './feature-cache-options';

/** The features' own sub-folder of the folder that is given, in which nothing else is expected. */
const SUB_FOLDER = 'thaw-features';

const GIBIBYTE = 2 ** 30;

/** How many bytes of features may be kept where. */
export interface FeatureBudget {
  readonly memoryBytes: number;
  readonly folder?: { readonly path: string; readonly maxBytes: number };
}

/**
 * What the options allow on this machine.
 *
 * @throws OptionError where the limit isn't a number from 0, or a folder is asked for where there is no file system.
 */
export function featureBudget(options: FeatureCacheOptions = {}): FeatureBudget {
  if (options === false) return { memoryBytes: 0 };
  const { maxBytes, folder } = options;
  if (maxBytes !== undefined && !(maxBytes >= 0)) {
    throw new OptionError(`featureCache: expected maxBytes of 0 or more; received ${maxBytes}.`);
  }
  if (folder === undefined) return { memoryBytes: maxBytes ?? defaultMemoryBytes() };
  const node = nodeModules();
  if (!node) {
    throw new OptionError(
      `featureCache: expected no folder where there is no file system; received "${folder}". Leave it out: memory serves.`,
    );
  }
  return {
    memoryBytes: defaultMemoryBytes(),
    folder: { path: node.path.join(folder, SUB_FOLDER), maxBytes: maxBytes ?? 16 * GIBIBYTE },
  };
}

/** A quarter of what the machine has, or of what a container is given of it. */
function defaultMemoryBytes(): number {
  const node = nodeModules();
  if (!node) return 2 * GIBIBYTE;
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(node.os.totalmem(), constrained) / 4);
}
