import { findBackendFactory } from '@tensorflow/tfjs-core';

/** Why a registered backend could not start. The backend is started again, because TensorFlow.js doesn't tell the reason. */
export async function startFailure(name: string): Promise<string> {
  try {
    await findBackendFactory(name)();
    return 'it started at the second attempt only';
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}
