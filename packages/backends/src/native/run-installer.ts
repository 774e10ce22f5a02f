import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { checkAddon } from './check-addon';
import { hasOwnAddon } from './find-native';
import type { TfjsNode } from './find-tfjs-node';
import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';

/** How long the installer may go without a sign of life: before the first byte has come, and after it. */
export interface InstallerLimits {
  readonly firstByteMs: number;
  readonly silenceMs: number;
  readonly totalMs: number;
}

const LIMITS: InstallerLimits = { firstByteMs: 15_000, silenceMs: 60_000, totalMs: 900_000 };

/**
 * Runs tfjs-node's own installer, which downloads the TensorFlow it was released with, and returns that version.
 * If it fails, the files that it left are removed, and its changes to package.json are undone.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_INSTALLER`
 */
export async function runInstaller(tfjsNode: TfjsNode, limits: InstallerLimits = LIMITS): Promise<string> {
  const manifest = join(tfjsNode.folder, 'package.json');
  const original = await readFile(manifest);
  // The installer rewrites package.json in place; under pnpm that file is a hard link into the user's store.
  await replaceFile(manifest, original);
  const before = new Set(await readdir(tfjsNode.folder));
  const aborter = new AbortController();
  const watch = watchForSilence(tfjsNode.folder, limits, aborter);
  const result = await runCommand(process.execPath, [join('scripts', 'install.js')], {
    cwd: tfjsNode.folder,
    env: { ...process.env, NODE_OPTIONS: '', PATH: binPath(tfjsNode.folder) },
    signal: aborter.signal,
  }).finally(() => watch.stop());
  // A link is set-up's own, to an addon in the cache: the installer brought nothing then.
  const check = hasOwnAddon(tfjsNode.addon) ? await checkAddon(tfjsNode.addon) : { fault: '' };
  await replaceFile(manifest, original);
  if ('tensorflow' in check) return check.tensorflow;
  for (const name of ['deps', 'lib', 'build']) {
    if (!before.has(name) || name !== 'build')
      await rm(join(tfjsNode.folder, name), { recursive: true, force: true });
  }
  const said = result.output
    .split('\n')
    .find((line) => /^\s*(\w*Error|.*failed)\b.*/.test(line))
    ?.trim();
  const reason = aborter.signal.aborted
    ? String(aborter.signal.reason)
    : check.fault || said || 'no addon came of it';
  throw new NativeSetupError(
    'ERR_NATIVE_INSTALLER',
    `tfjs-node's own installer failed (${reason}).`,
    'Nothing to do: the next way is tried.',
  );
}

async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, content);
  await rename(partial, path);
}

/** npm puts these folders on the PATH when it runs an install script, and the installer relies on it. */
function binPath(folder: string): string {
  const folders: string[] = [];
  for (let at = folder; at !== dirname(at); at = dirname(at)) folders.push(join(at, 'node_modules', '.bin'));
  return [...folders, process.env.PATH ?? ''].join(delimiter);
}

/** Aborts when nothing has grown below the package for too long: the installer itself knows no time limit. */
function watchForSilence(
  folder: string,
  limits: InstallerLimits,
  aborter: AbortController,
): { stop(): void } {
  const start = Date.now();
  let size = 0;
  let lastGrowth = start;
  const timer = setInterval(async () => {
    const now = Date.now();
    const found = await downloadedSize(folder);
    if (found !== size) {
      size = found;
      lastGrowth = now;
    }
    const limit = size === 0 ? limits.firstByteMs : limits.silenceMs;
    if (now - lastGrowth > limit) aborter.abort(`nothing arrived for ${Math.round(limit / 1000)} s`);
    if (now - start > limits.totalMs)
      aborter.abort(`not done after ${Math.round(limits.totalMs / 60_000)} minutes`);
  }, 250);
  return { stop: () => clearInterval(timer) };
}

async function downloadedSize(folder: string): Promise<number> {
  let size = 0;
  for (const name of ['deps', 'lib', 'build']) {
    const entries = await readdir(join(folder, name), { withFileTypes: true, recursive: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      size += await stat(join(entry.parentPath, entry.name)).then(
        (found) => found.size,
        () => 0,
      );
    }
  }
  return size;
}
