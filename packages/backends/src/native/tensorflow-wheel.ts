import { TENSORFLOW_VERSION } from './native-folder';
import { NativeSetupError } from './native-setup-error';

/** One wheel on PyPI. */
export interface PinnedWheel {
  readonly project: string;
  readonly version: string;
  /** pip's platform tag. */
  readonly platform: string;
  readonly sha256: string;
  /** Bytes of the download. */
  readonly size: number;
}

/** One wheel of TensorFlow, and what of it the addon needs. */
export interface TensorflowWheel extends PinnedWheel {
  /** Bytes of the libraries, unpacked. */
  readonly unpackedSize: number;
  /** Set in the variant for GPUs: the wheels of CUDA's libraries. */
  readonly cuda?: readonly PinnedWheel[];
  /** The shared libraries, by name, as they lie in the wheel's `tensorflow/`. */
  readonly libraries: readonly string[];
}

/**
 * The wheels are pinned by hash: pip refuses any other file, wherever it was fetched from.
 * The ABI tag is pinned too (cp312): only the C libraries inside are used, so the machine's own Python version
 * does not matter. x64 Linux has been run; the others follow the same path and have not.
 */
const WHEELS: Readonly<Record<string, TensorflowWheel>> = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    version: TENSORFLOW_VERSION,
    platform: 'manylinux_2_27_x86_64',
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
    size: 274_000_871,
    unpackedSize: 853_308_936,
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  },
  'linux-arm64': {
    project: 'tensorflow',
    version: TENSORFLOW_VERSION,
    platform: 'manylinux_2_27_aarch64',
    sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
    size: 281_946_471,
    unpackedSize: 883_062_208,
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  },
  'darwin-arm64': {
    project: 'tensorflow',
    version: TENSORFLOW_VERSION,
    platform: 'macosx_12_0_arm64',
    sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
    size: 223_488_205,
    unpackedSize: 740_805_624,
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

/** Whether PyPI has a TensorFlow for a platform, whatever its C library is. */
export function hasWheel(platform: string = process.platform, arch: string = process.arch): boolean {
  return `${platform}-${arch}` in WHEELS;
}

/**
 * The wheel for a platform.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_UNSUPPORTED_PLATFORM` where PyPI has none, and on a Linux without glibc 2.27.
 */
export function tensorflowWheel(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc: string = glibcVersion(),
): TensorflowWheel {
  const wheel = WHEELS[`${platform}-${arch}`];
  if (!wheel) {
    throw new NativeSetupError(
      'ERR_NATIVE_UNSUPPORTED_PLATFORM',
      `PyPI has no TensorFlow wheel for ${platform}-${arch} (there is one for ${Object.keys(WHEELS).join(', ')}).`,
      'The wasm backend works here without any set-up.',
    );
  }
  if (platform === 'linux') demandGlibc(glibc);
  return wheel;
}

/** @throws {NativeSetupError} `ERR_NATIVE_UNSUPPORTED_PLATFORM` on a Linux without glibc 2.27 */
export function demandGlibc(glibc: string = glibcVersion()): void {
  if (isAtLeast(glibc, 2, 27)) return;
  throw new NativeSetupError(
    'ERR_NATIVE_UNSUPPORTED_PLATFORM',
    `TensorFlow's Linux libraries need glibc 2.27 or later; this system has ${glibc || 'none (musl?)'}.`,
    'Use a Debian- or Ubuntu-like image (node:22-slim instead of node:22-alpine); the wasm backend works here as it is.',
  );
}

/** Empty if there is none, as with musl. */
function glibcVersion(): string {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime ?? '';
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
