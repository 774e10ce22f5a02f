import { OptionError } from '../errors';
import { checkOptions, FROM_0_TO_INFINITY, TEXT } from '../options/check-options';
import { nodeModules } from '../platform/node';
import type { FeatureCacheOptions } from './feature-cache-options';

/** The name of the sub-folder of the given folder that only features are written to. */
const SUB_FOLDER = 'thaw-features';

const GIBIBYTE = 2 ** 30;

/** How many bytes of features may be kept in memory and in a folder. */
export interface FeatureBudget {
  readonly memoryBytes: number;
  readonly folder?: { readonly path: string; readonly maxBytes: number };
}

/**
 * Checks the option `featureCache` and resolves it for this machine.
 *
 * @throws OptionError if an option is misspelt, the limit isn't 0 or more, or if a folder is given without a file system.
 */
export function featureBudget(options: FeatureCacheOptions = {}): FeatureBudget {
  if (options === false) return { memoryBytes: 0 };
  checkOptions('featureCache', options, { maxBytes: FROM_0_TO_INFINITY, folder: TEXT });
  const { maxBytes, folder } = options;
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

/** A quarter of the memory of the machine or the container; 2 GiB if that is unknown. */
function defaultMemoryBytes(): number {
  const node = nodeModules();
  if (!node) return 2 * GIBIBYTE;
  const constrained = node.process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(node.os.totalmem(), constrained) / 4);
}
