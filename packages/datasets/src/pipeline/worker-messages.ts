import type { ImageRequest } from './image-request';

/** A message to a worker: an encoded image or its path, and how to draw it. */
export interface WorkerTask {
  readonly task: number;
  readonly encoded: Uint8Array | string;
  readonly request: ImageRequest;
}

/** A worker's answer: the pixels, or the error. */
export type WorkerAnswer =
  | { readonly task: number; readonly pixels: Uint8Array }
  | { readonly task: number; readonly failed: 'read' | 'decode'; readonly reason: string };
