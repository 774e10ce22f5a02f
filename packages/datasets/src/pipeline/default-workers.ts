import { coreCount } from '../platform/core-count';

/** From this number of images on, starting threads saves time. */
const WORTH_THREADS = 256;

/** The number of threads for a pass over some images, if the caller doesn't say it. */
export function defaultWorkers(images: number): number {
  return images < WORTH_THREADS ? 0 : Math.min(coreCount(), 8);
}
