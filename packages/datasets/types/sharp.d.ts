// Stands for sharp's own types where this package is checked without Node's, which those types name (tsconfig.json).
interface Sharp {
  metadata(): Promise<{ width: number; height: number }>;
  timeout(options: { seconds: number }): Sharp;
  autoOrient(): Sharp;
  removeAlpha(): Sharp;
  resize(options: {
    width: number;
    height: number;
    fit: 'fill';
    kernel: 'linear';
    withoutEnlargement: true;
  }): Sharp;
  toColourspace(space: 'srgb'): Sharp;
  raw(options: { depth: 'uchar' }): Sharp;
  toBuffer(options: { resolveWithObject: true }): Promise<{
    data: Uint8Array;
    info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
  }>;
}
declare const sharp: {
  (bytes: Uint8Array, options: { failOn: 'error'; limitInputPixels: number | false }): Sharp;
  concurrency(threads: number): number;
  cache(isOn: boolean): unknown;
  readonly versions: Readonly<Record<string, string | undefined>>;
};
// biome-ignore lint/style/noDefaultExport: sharp has one
export default sharp;
