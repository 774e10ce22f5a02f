import { findBackend, setBackend } from '@tensorflow/tfjs-core';
import { avgPoolGradient } from './pooling/avg-pool-gradient';
import { replaceKernel } from './replace-kernel';

/**
 * Makes plain JavaScript the backend, with a right gradient of average pooling, and without the banner that
 * recommends tfjs-node: the log line says it better.
 */
export async function loadCpu(): Promise<string | undefined> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) return 'tfjs could not initialise it';
  replaceKernel(avgPoolGradient('cpu'));
  const backend = findBackend('cpu') as unknown as { firstUse: boolean };
  backend.firstUse = false;
  return undefined;
}
