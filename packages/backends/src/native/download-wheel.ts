import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';
import type { PinnedWheel } from './tensorflow-wheel';

/**
 * Fetches a wheel with pip, so that the user's own index, mirror, proxy and certificate settings hold, and returns
 * its path. pip checks the hash. Everything pip writes lies under `folder`, which the caller removes.
 *
 * @param onProgress called with the fraction that has arrived, 0 to 1
 * @throws {NativeSetupError} `ERR_NATIVE_DOWNLOAD`, `ERR_NATIVE_DISK_FULL`
 */
export async function downloadWheel(
  wheel: PinnedWheel,
  options: {
    readonly python: string;
    readonly folder: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly onProgress?: (fraction: number) => void;
  },
): Promise<string> {
  const target = join(options.folder, 'wheel');
  const scratch = join(options.folder, 'pip');
  await mkdir(target, { recursive: true });
  await mkdir(scratch, { recursive: true });
  const requirement = join(options.folder, 'requirement.txt');
  await writeFile(requirement, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const watch = setInterval(async () => {
    const bytes = (await sizeOf(scratch)) + (await sizeOf(target));
    options.onProgress?.(Math.min(bytes / wheel.size, 1));
  }, 500);
  // Without pip's cache, which would keep a copy of the whole wheel. Thaw's cache keeps the files that are needed.
  const flags = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check'];
  const tags = [
    '--platform',
    wheel.platform,
    '--implementation',
    'cp',
    '--python-version',
    '312',
    '--abi',
    'cp312',
  ];
  const result = await runCommand(
    options.python,
    ['-m', 'pip', 'download', ...flags, '--progress-bar', 'off', ...tags, '-r', requirement, '-d', target],
    { env: { ...(options.env ?? process.env), TMPDIR: scratch, PYTHONUNBUFFERED: '1' } },
  ).finally(() => clearInterval(watch));
  const [file] = (await readdir(target)).filter((name) => name.endsWith('.whl'));
  if (result.code === 0 && file) return join(target, file);
  throw downloadError(wheel, result.output);
}

function downloadError(wheel: PinnedWheel, output: string): NativeSetupError {
  const lines = output.split('\n').filter((line) => /error|no space left|do not match/i.test(line));
  const said = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').trim();
  if (/no space left|disk quota/i.test(output)) {
    return new NativeSetupError(
      'ERR_NATIVE_DISK_FULL',
      `The disk is full: the download of ${wheel.project} ${wheel.version} failed.`,
      'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk, and run npx thaw-backends setup again.',
    );
  }
  return new NativeSetupError(
    'ERR_NATIVE_DOWNLOAD',
    `pip could not fetch ${wheel.project} ${wheel.version} for ${wheel.platform} (it said: ${said}).`,
    'Check that PyPI or your mirror of it can be reached (pip config list; pip 20.3 or later), and run npx thaw-backends setup again; or pass a wheel downloaded elsewhere with --wheel FILE.',
  );
}

/** The bytes of all files below a folder. Files that vanish meanwhile don't count. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      entry.isFile()
        ? stat(join(entry.parentPath, entry.name)).then(
            ({ size }) => size,
            () => 0,
          )
        : 0,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
