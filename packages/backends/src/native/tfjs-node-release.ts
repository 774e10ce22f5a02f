import { createHash } from 'node:crypto';

/** Files of tfjs-node by path, e.g. `dist/kernels/Abs.js`. */
export type TfjsNodeFiles = ReadonlyMap<string, Uint8Array>;

/** The parts of tfjs-node that Thaw uses: the backend, its kernels, the `file://` handlers and the addon's sources. */
const NEEDED =
  /^(dist\/((nodejs_kernel_backend|int64_tensors|register_all_kernels)|kernels\/\w+|io\/(file_system|io_utils))\.js|binding\/\w+\.(cc|h))$/;

/**
 * The files that the native backend is made of. Left out are tfjs-node's entry point, which needs its installer's
 * packages (node-pre-gyp, tar, rimraf and others), image decoding, TensorBoard and the progress bar.
 */
export function neededFiles(all: TfjsNodeFiles): TfjsNodeFiles {
  return new Map([...all].filter(([path]) => isNeeded(path)));
}

/** Whether the native backend needs a file of tfjs-node. */
export function isNeeded(path: string): boolean {
  return NEEDED.test(path) && !path.endsWith('_test.js');
}

/** The SHA-256 of the needed files, their paths included, in hexadecimal. */
export function hashOfFiles(files: TfjsNodeFiles): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}
