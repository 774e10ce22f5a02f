import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { include_dir as nodeApi } from 'node-api-headers';
import { asSetupError } from './as-setup-error';
import type { TfjsNode } from './find-tfjs-node';
import { NativeSetupError } from './native-setup-error';
import { QUIET_ADDON_SOURCE } from './quiet-addon-source';
import { runCommand } from './run-command';
import type { TensorflowWheel } from './tensorflow-wheel';

/** What the addon is compiled from and for. */
interface AddonInput {
  readonly tfjsNode: TfjsNode;
  /** The TensorFlow folder of the cache. */
  readonly tensorflow: string;
  readonly wheel: Pick<TensorflowWheel, 'libraries'>;
}

/** The two addons: the one that tfjs-node's sources make, and the one that tfjs-node is given, which loads it. */
export interface AddonPair {
  readonly binding: string;
  readonly quiet: string;
}

/**
 * Where the cache keeps the addons for these inputs. The name holds a hash of everything that goes into them but the
 * compiler's version: node-api and TensorFlow's C interface are stable, so a newer compiler is no reason for others.
 */
export async function cachedAddons(input: AddonInput): Promise<AddonPair> {
  const hash = createHash('sha256')
    .update(JSON.stringify(compilerFlags(input)))
    .update(QUIET_ADDON_SOURCE);
  for (const path of await bindingFiles(input.tfjsNode))
    hash.update(basename(path)).update(await readFile(path));
  const name = `tfjs-node-${input.tfjsNode.version}-${hash.digest('hex').slice(0, 16)}`;
  const folder = join(input.tensorflow, 'addons');
  return { binding: join(folder, `${name}.node`), quiet: join(folder, `${name}-quiet.node`) };
}

/**
 * Compiles the addon from the sources that tfjs-node ships, against the headers and libraries of the cache, into
 * `cachedAddons`. Only node-api is used of Node, whose headers an npm package carries.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_COMPILE`
 */
export async function compileAddons(input: AddonInput & { readonly compiler: string }): Promise<AddonPair> {
  const addons = await cachedAddons(input);
  const sources = (await bindingFiles(input.tfjsNode)).filter((path) => path.endsWith('.cc'));
  const libraries = input.wheel.libraries.map((name) => join(input.tensorflow, name));
  const includes = [join(input.tensorflow, 'include'), input.tfjsNode.folder].flatMap((path) => ['-I', path]);
  await compile(input, [...includes, ...sources, ...libraries], addons.binding);
  const quietSource = `${addons.quiet}.${process.pid}.cc`;
  try {
    await writeFile(quietSource, QUIET_ADDON_SOURCE);
    const path = `-DTHAW_ADDON=${JSON.stringify(addons.binding)}`;
    await compile(input, [path, quietSource, '-ldl'], addons.quiet);
  } finally {
    await rm(quietSource, { force: true });
  }
  return addons;
}

async function compile(
  input: AddonInput & { readonly compiler: string },
  specific: readonly string[],
  target: string,
): Promise<void> {
  const partial = `${target}.${process.pid}.partial`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const flags = [...compilerFlags(input), '-I', nodeApi, ...specific, '-o', partial];
    const result = await runCommand(input.compiler, flags);
    if (result.code !== 0) throw compileError(input.compiler, result.startError ?? result.output);
    await rename(partial, target);
  } catch (error) {
    throw asSetupError(error, `Compiling the addon into ${dirname(target)}`);
  } finally {
    await rm(partial, { force: true });
  }
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

function compilerFlags({ tfjsNode, tensorflow }: AddonInput): readonly string[] {
  const kind = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  const flags = ['-std=c++17', '-O2', '-fPIC', ...kind];
  return [...flags, `-DNAPI_VERSION=${tfjsNode.napi}`, `-Wl,-rpath,${tensorflow}`];
}

async function bindingFiles(tfjsNode: TfjsNode): Promise<readonly string[]> {
  const folder = join(tfjsNode.folder, 'binding');
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}
