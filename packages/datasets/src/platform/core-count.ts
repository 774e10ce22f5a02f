import { nodeModules } from './node-modules';

/** How many threads can run at once here. */
export function coreCount(): number {
  return nodeModules()?.os.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
