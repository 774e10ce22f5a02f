import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { asSetupError } from './as-setup-error';
import type { TfjsNode } from './find-tfjs-node';
import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';
import type { TensorflowWheel } from './tensorflow-wheel';

/** What the addon is compiled from and for. */
interface AddonInput {
  readonly tfjsNode: TfjsNode;
  /** The TensorFlow folder of the cache. */
  readonly tensorflow: string;
  readonly wheel: Pick<TensorflowWheel, 'libraries'>;
}

/**
 * Where the cache keeps the addon for these inputs. The name holds a hash of everything that goes into it but the
 * compiler's version: node-api and TensorFlow's C interface are stable, so a newer compiler is no reason for another.
 */
export async function cachedAddonPath(input: AddonInput): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(compilerFlags(input)));
  for (const path of await bindingFiles(input.tfjsNode)) hash.update(basename(path)).update(await readFile(path));
  const name = `tfjs-node-${input.tfjsNode.version}-${hash.digest('hex').slice(0, 16)}.node`;
  return join(input.tensorflow, 'addons', name);
}

/**
 * Compiles the addon from the sources that tfjs-node ships, against the headers and libraries of the cache, into
 * `cachedAddonPath`. Only node-api is used of Node, whose headers an npm package carries.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_COMPILE`
 */
export async function compileAddon(input: AddonInput & { readonly compiler: string }): Promise<string> {
  const target = await cachedAddonPath(input);
  const partial = `${target}.${process.pid}.partial`;
  const sources = (await bindingFiles(input.tfjsNode)).filter((path) => path.endsWith('.cc'));
  try {
    await mkdir(dirname(target), { recursive: true });
    const result = await runCommand(input.compiler, compilerArguments(input, sources, partial));
    if (result.code !== 0) {
      throw new NativeSetupError(
        'ERR_NATIVE_COMPILE',
        `${input.compiler} could not compile tfjs-node's addon:\n${result.startError ?? result.output.trim().slice(-3000)}\n`,
        'It must know C++17 (g++ 8 or clang 7, or later); set CXX to choose another one.',
      );
    }
    await rename(partial, target);
    return target;
  } catch (error) {
    throw asSetupError(error, `Compiling the addon into ${dirname(target)}`);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Copies a file to a place in one step, so that a process that reads there sees the old one or the new one. */
export async function placeFile(from: string, to: string): Promise<void> {
  const partial = `${to}.${process.pid}.partial`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, partial);
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}

function compilerArguments(input: AddonInput, sources: readonly string[], output: string): readonly string[] {
  const { include_dir: nodeApi } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  const includes = [nodeApi, join(input.tensorflow, 'include'), input.tfjsNode.folder].flatMap((i) => ['-I', i]);
  const libraries = input.wheel.libraries.map((name) => join(input.tensorflow, name));
  return [...compilerFlags(input), ...includes, ...sources, ...libraries, '-o', output];
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
