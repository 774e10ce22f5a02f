import { nodeModules } from './node-modules';

/** The number of threads that this machine runs at once. */
export function coreCount(): number {
  return nodeModules()?.os.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
