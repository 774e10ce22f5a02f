import type { ListedFile } from './listed-files';

/** The manifest of a native backend's folder. It is written last, so a folder without it is unfinished. */
export interface NativeManifest {
  readonly format: 1;
  readonly tensorflow: string;
  /** `process.platform` and `process.arch` of the machine that made it. */
  readonly platform: string;
  /** The files of the folder, paths relative to it. */
  readonly files: readonly ListedFile[];
  /** TensorFlow's libraries elsewhere in the cache, paths relative to the folder too. */
  readonly libraries: readonly ListedFile[];
}

/** The fault of a folder that isn't there. */
export const NOT_SET_UP = 'it is not set up';

/** The names in a native backend's folder. */
export const NATIVE_MANIFEST = 'manifest.json';
export const NATIVE_ADDON = 'tfjs_binding.node';

/**
 * Why the native backend in a folder must not be loaded, or undefined if nothing speaks against it.
 *
 * A library that is shorter than it was written kills the process when its missing pages are touched, and one that
 * needs instructions which the processor lacks kills it too, so both are looked at before a load.
 */
export function nativeFault(folder: string): string | undefined {
  const { existsSync, readFileSync, statSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  const path = join(folder, NATIVE_MANIFEST);
  try {
    if (!existsSync(path)) return NOT_SET_UP;
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as NativeManifest;
    const machine = `${process.platform}-${process.arch}`;
    if (manifest.platform !== machine) {
      return `the one in ${folder} was built for ${manifest.platform}, and this machine is ${machine}`;
    }
    for (const file of [...manifest.files, ...manifest.libraries]) {
      const found = statSync(join(folder, file.path), { throwIfNoEntry: false })?.size;
      if (found === file.size) continue;
      const state = found === undefined ? 'gone' : `damaged (${found} bytes of ${file.size})`;
      return `its file ${join(folder, file.path)} is ${state}`;
    }
  } catch (error) {
    const isBroken = error instanceof SyntaxError || error instanceof TypeError;
    return isBroken
      ? `${path} is damaged (${error.message})`
      : `${folder} cannot be read (${(error as Error).message})`;
  }
  return processorFault();
}

/** TensorFlow's libraries for x64 use AVX throughout. Only Linux tells without a program of its own. */
function processorFault(): string | undefined {
  const { closeSync, openSync, readSync } = process.getBuiltinModule('node:fs');
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const file = openSync('/proc/cpuinfo', 'r');
    const begin = Buffer.alloc(8192);
    const length = readSync(file, begin);
    closeSync(file);
    const flags = /^flags\s*:(.*)$/m.exec(begin.toString('latin1', 0, length))?.[1];
    return flags === undefined || /\bavx\b/.test(flags)
      ? undefined
      : 'this processor lacks instructions that TensorFlow needs (AVX)';
  } catch {
    return undefined;
  }
}
