import type { ImageRequest } from './image-request';

/** Files of other packages that a worker loads, as its own code lies in no file; undefined if they aren't installed. */
export type WorkerFiles = Readonly<Record<'sharp' | 'jpegCodec', string | undefined>>;

/** A message to a worker: an encoded image or its path, and how to draw it. */
export interface WorkerTask {
  readonly task: number;
  readonly encoded: Uint8Array | string;
  readonly request: ImageRequest;
  /** Memory for the pixels, of the request's size. The answer gives it back. */
  readonly memory: ArrayBuffer;
}

/** Why a worker couldn't draw an image. */
export interface WorkerFault {
  readonly failed: 'read' | 'decode';
  readonly reason: string;
}

/** A worker's answer: the task's memory with the pixels in it, or the fault. */
export interface WorkerAnswer {
  readonly task: number;
  readonly memory: ArrayBuffer;
  readonly fault?: WorkerFault;
}
