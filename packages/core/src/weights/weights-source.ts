/** A path, a URL, or the bytes themselves. */
export type WeightsSource = string | URL | ArrayBuffer | Uint8Array;
