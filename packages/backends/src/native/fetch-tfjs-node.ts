import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findTfjsNode } from './find-tfjs-node';
import { TFJS_NODE_VERSION } from './native-folder';
import { NativeSetupError } from './native-setup-error';
import { npmPack } from './npm-pack';
import { readTarball } from './read-tarball';
import { hashOfFiles, isNeeded, neededFiles, type TfjsNodeFiles } from './tfjs-node-release';

const SPEC = `@tensorflow/tfjs-node@${TFJS_NODE_VERSION}`;

/** The possible sources of tfjs-node's files. */
export interface TfjsNodeOrigin {
  /** A tarball of tfjs-node on this machine, which the user vouches for. */
  readonly tarball?: string;
  /** The user's project: its installed tfjs-node is copied if it is what was released, and its `.npmrc` holds. */
  readonly project: string;
  /** A folder for the download; the caller removes it. */
  readonly scratch: string;
  /** Takes a line if something is fetched. */
  readonly log: (line: string) => void;
  /** The expected hash of files that the user didn't name. */
  readonly sha256: string;
}

/**
 * The files of tfjs-node that the native backend is made of: from a tarball that the user names, else from the
 * tfjs-node of the project, else fetched by npm. The latter two must be the release that Thaw knows, byte for byte.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_DOWNLOAD`, or `ERR_NATIVE_TFJS_NODE` if it is damaged or another release
 */
export async function fetchTfjsNode(origin: TfjsNodeOrigin): Promise<TfjsNodeFiles> {
  if (origin.tarball !== undefined) return fromTarball(resolve(origin.tarball));
  const installed = findTfjsNode(origin.project) ?? findTfjsNode();
  const copied = installed && (await installedFiles(installed.folder));
  if (copied && hashOfFiles(copied) === origin.sha256) return copied;
  origin.log(`fetching ${SPEC} (230 kB) with npm`);
  const path = await npmPack(SPEC, { project: origin.project, folder: origin.scratch });
  const files = await fromTarball(path);
  if (hashOfFiles(files) === origin.sha256) return files;
  throw notUsable(`${SPEC} from your npm registry`, 'its files are not the ones that were released');
}

async function fromTarball(path: string): Promise<TfjsNodeFiles> {
  let all: TfjsNodeFiles;
  try {
    all = await readTarball(await readFile(path));
  } catch (error) {
    throw notUsable(path, (error as Error).message, error);
  }
  const version = versionOf(all);
  if (version !== TFJS_NODE_VERSION) {
    throw notUsable(path, `expected tfjs-node ${TFJS_NODE_VERSION}, it is ${version ?? 'another package'}`);
  }
  return neededFiles(all);
}

function versionOf(files: TfjsNodeFiles): string | undefined {
  try {
    const text = new TextDecoder().decode(files.get('package.json'));
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    return name === '@tensorflow/tfjs-node' ? version : undefined;
  } catch {
    return undefined;
  }
}

/** The needed files of an installed package; undefined if they can't be read. */
async function installedFiles(folder: string): Promise<TfjsNodeFiles | undefined> {
  try {
    const files = new Map<string, Uint8Array>();
    for (const part of ['binding', 'dist', 'dist/io', 'dist/kernels']) {
      for (const name of await readdir(join(folder, part))) {
        const path = `${part}/${name}`;
        if (isNeeded(path)) files.set(path, await readFile(join(folder, path)));
      }
    }
    return files;
  } catch {
    return undefined;
  }
}

function notUsable(what: string, why: string, cause?: unknown): NativeSetupError {
  return new NativeSetupError(
    'ERR_NATIVE_TFJS_NODE',
    `${what} is not usable: ${why}.`,
    `Fetch it anew with npm pack ${SPEC} and pass it: npx thaw-backends setup --tfjs-node FILE.`,
    { cause },
  );
}
