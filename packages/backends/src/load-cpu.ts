import { setBackend } from '@tensorflow/tfjs-core';
import { withoutBanner } from './tfjs-internals/cpu-backend';

/**
 * Makes plain JavaScript the backend, with right gradients of pooling and of dilated convolutions, and without the
 * banner that recommends tfjs-node: the log line says it better.
 */
export async function loadCpu(): Promise<string | undefined> {
  // Its package.json calls its CommonJS build free of side effects, so a bundler drops an import that takes nothing from it.
  await import('@tensorflow/tfjs-backend-cpu');
  const { registerCpuGradients } = await import('./cpu/register-cpu-gradients');
  if (!(await setBackend('cpu'))) return 'tfjs could not initialise it';
  registerCpuGradients();
  withoutBanner();
  return undefined;
}
