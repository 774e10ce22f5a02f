import type { GpuBackend } from './gpu-backend';

/** Replaces `load-gpu.ts` in Node, so that a server's bundle doesn't contain it. */
export async function loadGpu(_name: GpuBackend): Promise<string | undefined> {
  return 'it needs a browser';
}

export async function emulatedGpu(_name: GpuBackend): Promise<string | undefined> {
  return undefined;
}
