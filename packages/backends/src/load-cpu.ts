import { findBackend, setBackend } from '@tensorflow/tfjs-core';

/** Makes plain JavaScript the backend, without its banner that recommends tfjs-node: the log line says it better. */
export async function loadCpu(): Promise<string | undefined> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) return 'tfjs could not initialise it';
  const backend = findBackend('cpu') as unknown as { firstUse: boolean };
  backend.firstUse = false;
  return undefined;
}
