import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { include_dir as nodeApi } from 'node-api-headers';
import { asSetupError } from './as-setup-error';
import { NAPI_VERSION } from './native-folder';
import { NATIVE_ADDON } from './native-manifest';
import { NativeSetupError } from './native-setup-error';
import { PRELOAD_CUDA_SOURCE } from './preload-cuda-source';
import { QUIET_ADDON_SOURCE } from './quiet-addon-source';
import { runCommand } from './run-command';
import type { TfjsNodeFiles } from './tfjs-node-release';

/** The inputs of the addon's compilation. */
export interface AddonInput {
  readonly compiler: string;
  readonly tfjsNode: TfjsNodeFiles;
  /** The TensorFlow folder of the cache. */
  readonly tensorflow: string;
  /** The names of TensorFlow's libraries there. */
  readonly libraries: readonly string[];
  /** Set in the variant for GPUs: the names of CUDA's libraries there, in the order in which they are loaded. */
  readonly cuda?: readonly string[] | undefined;
  /** The folder that the addons are written to. */
  readonly folder: string;
  /** A folder for sources and the compiler's temporary files. The caller removes it. */
  readonly scratch: string;
}

/** The addon made from tfjs-node's sources. The addon that is loaded, `NATIVE_ADDON`, passes everything on to it. */
const REAL_ADDON = 'tensorflow.node';

/** The flags for every compiler, besides paths. */
export const COMPILER_FLAGS: readonly string[] = [
  '-std=c++17',
  '-O2',
  '-fPIC',
  ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
  `-DNAPI_VERSION=${NAPI_VERSION}`,
];

/**
 * Compiles the addons from the sources of tfjs-node, against the headers and libraries of the cache, and returns
 * their names in `folder`. They find each other and TensorFlow by where they lie themselves, so that the cache as a
 * whole may be moved. Only node-api is used of Node, whose headers an npm package carries.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_COMPILE`
 */
export async function compileAddons(input: AddonInput): Promise<readonly string[]> {
  const sources = await writeSources(input);
  const nodeHeaders = await copyNodeHeaders(input.scratch);
  const libraries = input.libraries.map((name) => join(input.tensorflow, name));
  const includes = ['-I', nodeHeaders, '-I', join(input.tensorflow, 'include')];
  const here = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const search = `-Wl,-rpath,${here}/${relative(input.folder, input.tensorflow)}`;
  await compile(input, [...includes, ...sources, ...libraries, search], REAL_ADDON);
  const quiet = join(input.scratch, 'quiet.cc');
  await writeFile(quiet, QUIET_ADDON_SOURCE);
  const preload = input.cuda ? await preloadFlags(input, input.cuda) : [];
  const flags = ['-I', nodeHeaders, `-DTHAW_ADDON="${REAL_ADDON}"`, quiet, ...preload, '-ldl'];
  await compile(input, flags, NATIVE_ADDON);
  return [REAL_ADDON, NATIVE_ADDON];
}

/** Writes the source that loads CUDA's libraries, and returns what compiles it. */
async function preloadFlags(
  { folder, tensorflow, scratch }: AddonInput,
  cuda: readonly string[],
): Promise<string[]> {
  const source = join(scratch, 'preload-cuda.cc');
  await writeFile(source, PRELOAD_CUDA_SOURCE);
  const libraries = cuda.filter((name) => /\.so[.\d]*$/.test(name));
  const paths = libraries.map((name) => join(relative(folder, tensorflow), name));
  return [`-DTHAW_CUDA="${paths.join(':')}"`, source];
}

/** Writes the sources into the scratch folder and returns the paths of those that are compiled. */
async function writeSources({ tfjsNode, scratch }: AddonInput): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [path, bytes] of tfjsNode) {
    if (!path.startsWith('binding/')) continue;
    const target = join(scratch, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    written.push(target);
  }
  return written.filter((path) => path.endsWith('.cc'));
}

/** Copies node-api's headers to where a compiler can read them: Yarn's Plug'n'Play keeps packages in zip files. */
async function copyNodeHeaders(scratch: string): Promise<string> {
  const folder = join(scratch, 'node-api');
  await mkdir(folder);
  for (const name of await readdir(nodeApi))
    await writeFile(join(folder, name), await readFile(join(nodeApi, name)));
  return folder;
}

async function compile(input: AddonInput, specific: readonly string[], name: string): Promise<void> {
  const flags = [...COMPILER_FLAGS, ...specific, '-o', join(input.folder, name)];
  // The compiler's own temporary files go beside ours: the system's temporary folder may be full or read-only.
  const env = { ...process.env, TMPDIR: input.scratch };
  const result = await runCommand(input.compiler, flags, { env });
  if (result.code !== 0) throw compileError(input.compiler, result.startError ?? result.output);
}

function compileError(compiler: string, output: string): NativeSetupError {
  if (/no space left|disk quota/i.test(output)) {
    const full = Object.assign(new Error(output), { code: 'ENOSPC' });
    return asSetupError(full, "Compiling tfjs-node's addon") as NativeSetupError;
  }
  return new NativeSetupError(
    'ERR_NATIVE_COMPILE',
    `${compiler} could not compile tfjs-node's addon:\n${output.trim().slice(-3000)}\n`,
    'It must know C++17 (g++ 8 or clang 7, or later); set CXX to choose another one.',
  );
}
