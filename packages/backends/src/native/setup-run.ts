import { cudaWheel } from './cuda-wheels';
import { TFJS_NODE_SHA256 } from './native-folder';
import type { InstallerLimits } from './run-installer';
import { type TensorflowWheel, tensorflowWheel } from './tensorflow-wheel';

/** Options of `setupNative`. All are optional. */
export interface NativeSetupOptions {
  /**
   * The ways that may be tried if no native backend loads: the PyPI wheel, the installer of a tfjs-node that is
   * installed in the project, or both in turn (default).
   */
  readonly from?: 'any' | 'wheel' | 'installer';
  /** A TensorFlow wheel that is already on this machine: used instead of a download, if the cache has none. */
  readonly wheel?: string;
  /**
   * On x64 Linux: TensorFlow with CUDA, from the wheels of `tensorflow[and-cuda]` (3.4 GB). Not tried on a GPU yet. Default
   * false.
   */
  readonly cuda?: boolean;
  /** A tarball of tfjs-node that is already on this machine: used in place of a download. */
  readonly tfjsNode?: string;
  /** Check the content of the cache, not only the sizes of its files (a second per gigabyte). Default false. */
  readonly verify?: boolean;
  /** The user's project: its tfjs-node and its npm settings are used. Default: the working directory. */
  readonly project?: string;
  /** The folder of the native backend and TensorFlow's libraries. Default: `cacheFolder()`. */
  readonly cache?: string;
  /** Takes one line for each thing that happens. Default: console.log. */
  readonly log?: (line: string) => void;
  /** Takes the fraction done of a long step, 0 to 1. */
  readonly onProgress?: (step: NativeSetupStep, fraction: number) => void;
  readonly installerLimits?: InstallerLimits;
}

export type NativeSetupStep = 'download' | 'unpack';

/** A native backend that loads. */
export interface NativeSetup {
  /** TensorFlow's version, e.g. '2.21.0'. */
  readonly tensorflow: string;
  /** The addon's path. */
  readonly addon: string;
  /** Its origin: it was there already, was made from the PyPI wheel, or was installed by tfjs-node's installer. */
  readonly from: 'present' | 'wheel' | 'installer';
  /** Seconds by step, of the steps that were needed. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** The files to fetch, and their hashes. Tests in conformance/set-up use other ones. */
export interface SetupPins {
  /** @throws {NativeSetupError} if there is none for this platform */
  wheel(options?: { readonly cuda?: boolean | undefined }): TensorflowWheel;
  readonly tfjsNodeSha256: string;
}

export const RELEASED: SetupPins = {
  wheel: ({ cuda } = {}) => (cuda ? cudaWheel() : tensorflowWheel()),
  tfjsNodeSha256: TFJS_NODE_SHA256,
};

/** The state of one set-up: its options, with absolute paths. */
export interface SetupRun {
  readonly options: NativeSetupOptions;
  readonly pins: SetupPins;
  readonly log: (line: string) => void;
  readonly project: string;
  readonly cache: string;
  readonly seconds: Record<string, number>;
}

/** A native backend that a step of a set-up found or made. */
export type MadeNative = Pick<NativeSetup, 'tensorflow' | 'addon' | 'from'>;

/** Does a step and adds its time to the run's. */
export async function timed<T>(run: SetupRun, step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    run.seconds[step] = (run.seconds[step] ?? 0) + (performance.now() - start) / 1000;
  }
}
