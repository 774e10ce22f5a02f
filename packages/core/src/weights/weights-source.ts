/** A path, a URL, a `File` or `Blob`, or the bytes themselves. */
export type WeightsSource = string | URL | Blob | ArrayBuffer | Uint8Array;

/**
 * The source of a model or its weights: one file, the folder of a TensorFlow.js model (Node), or all files of a
 * TensorFlow.js model as a browser's file input gives them.
 */
export type ModelSource = WeightsSource | readonly File[];
