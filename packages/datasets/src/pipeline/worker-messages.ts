import type { ImageRequest } from './image-request';

/** What a worker is sent: an encoded image, or where to read it, and how to draw it. */
export interface WorkerTask {
  readonly task: number;
  readonly encoded: Uint8Array | string;
  readonly request: ImageRequest;
}

/** What a worker answers: the pixels, or what it could not do and why. */
export type WorkerAnswer =
  | { readonly task: number; readonly pixels: Uint8Array }
  | { readonly task: number; readonly failed: 'read' | 'decode'; readonly reason: string };
