import type { ImageRequest } from './image-request';
import type { SimpleJpegLimits } from './read-simple-jpegs';

/** Files of other packages that a worker loads, as its own code lies in no file; undefined if they aren't installed. */
export type WorkerFiles = Readonly<Record<'sharp' | 'jpegCodec', string | undefined>>;

/** A message to a worker. Its answer has the same number. */
export type WorkerTask = { readonly task: number } & (DrawTask | ReadTask);

/** Draws an image: its encoded bytes or its path, and how to draw it. */
export interface DrawTask {
  readonly encoded: Uint8Array | string;
  readonly request: ImageRequest;
  /** Memory for the pixels, of the request's size. The answer gives it back. */
  readonly memory: ArrayBuffer;
}

/** Reads the files that are simple JPEGs. */
export interface ReadTask {
  readonly paths: readonly string[];
  readonly limits: SimpleJpegLimits;
}

/** Why a worker couldn't draw an image. */
export interface WorkerFault {
  readonly failed: 'read' | 'decode';
  readonly reason: string;
}

/** The drawn image, in the task's memory, or the fault. */
export interface DrawAnswer {
  readonly memory: ArrayBuffer;
  readonly fault?: WorkerFault;
}

/** The files, undefined for those that aren't simple JPEGs. All lie in one ArrayBuffer. */
export interface ReadAnswer {
  readonly files: readonly (Uint8Array<ArrayBuffer> | undefined)[];
}

/** A worker's answer to the task of the same number. */
export type WorkerAnswer<Answer = DrawAnswer | ReadAnswer> = { readonly task: number } & Answer;
