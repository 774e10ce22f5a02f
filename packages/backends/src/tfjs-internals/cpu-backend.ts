import { findBackend } from '@tensorflow/tfjs-core';

/** Keeps the cpu backend from printing its banner, which recommends tfjs-node, at its first operation under Node. */
export function withoutBanner(): void {
  const backend = findBackend('cpu') as unknown as { firstUse: boolean };
  backend.firstUse = false;
}
