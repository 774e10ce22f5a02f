import { findBackendFactory } from '@tensorflow/tfjs-core';

/** Why a registered backend could not start. tfjs says only that it could not, so it's started once more. */
export async function startFailure(name: string): Promise<string> {
  try {
    await findBackendFactory(name)();
    return 'it started at the second attempt only';
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
}
