import type { ImageRequest } from './image-request';

/** Files of other packages that a worker loads, as its own code lies in no file; undefined if they aren't installed. */
export type WorkerFiles = Readonly<Record<'sharp' | 'jpegCodec', string | undefined>>;

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
