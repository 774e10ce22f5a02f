import { findBackend, setBackend } from '@tensorflow/tfjs-core';

/**
 * Makes plain JavaScript the backend, with right gradients of pooling and of dilated convolutions, and without the
 * banner that recommends tfjs-node: the log line says it better.
 */
export async function loadCpu(): Promise<string | undefined> {
  const { registerCpuGradients } = await import('./cpu/register-cpu-gradients');
  if (!(await setBackend('cpu'))) return 'tfjs could not initialise it';
  registerCpuGradients();
  const backend = findBackend('cpu') as unknown as { firstUse: boolean };
  backend.firstUse = false;
  return undefined;
}
