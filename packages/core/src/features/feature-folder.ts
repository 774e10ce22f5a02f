import { makeFolder } from '@thawjs/files/make-folder';
import { isLeft, writerName } from '@thawjs/files/writer-name';
import { FeatureCacheError } from '../errors';
import type { FileError, NodeModules } from '../platform/node-types';
import {
  type FeatureFile,
  type FeatureFileHeader,
  type FeatureFileWriter,
  featureFileBytes,
  isFeatureFile,
  openFeatureFile,
  writeFeatureFile,
} from './feature-file';

const SUFFIX = '.features';
const UNFINISHED = '.part';

/** The names of feature files: `<key>.features`, and `<key>.<writer>.part` while they are written. */
const OWN_NAME = /^[0-9a-z]+(\.features|\.([\w.]+-\d+-[0-9a-f]+)\.part)$/;

/** Feature files by key, in a folder that several processes may share. */
export interface FeatureFolder {
  readonly path: string;
  readonly maxBytes: number;
  /** Opens the features of a key. Undefined if there are none. A damaged file is removed, and counts as none. */
  open(header: FeatureFileHeader): Promise<FeatureFile | undefined>;
  /** Makes room, and begins the file of a key. */
  write(header: FeatureFileHeader): Promise<StoredFeaturesWriter>;
}

/** Writes the features of a key into the folder. */
interface StoredFeaturesWriter {
  append(features: Float32Array): Promise<void>;
  commit(): Promise<void>;
  /** Removes the unfinished file, if it wasn't committed. */
  discard(): Promise<void>;
}

let lastUse = 0;

/**
 * A folder of features with a limit in bytes. If room is needed, the least recently used files are removed.
 *
 * A file is written under a temporary name and renamed when it is finished, so readers never see a part of one, even after
 * a crash. Two processes that compute the same key write the same content. The modification time of a file tells when it
 * was last used, because many file systems don't record the time of access.
 *
 * The methods throw FeatureCacheError if the folder can't be read or written.
 */
export function featureFolder(node: NodeModules, path: string, maxBytes: number): FeatureFolder {
  const { fs } = node;
  const { join } = node.path;
  const at = (name: string) => join(path, name);

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      const { code, message } = cause as FileError;
      const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
      throw new FeatureCacheError(
        `featureCache: expected to read and write in ${path}; ${reason}. Free space, or choose another folder.`,
        { cause },
      );
    }
  };

  const remove = async (name: string) => {
    try {
      await fs.promises.rm(at(name), { force: true });
    } catch (error) {
      // On Windows, a file that another process has open can't be removed.
      if (!['EBUSY', 'EPERM', 'EACCES'].includes((error as FileError).code ?? '')) throw error;
    }
  };

  /** The feature files in the folder, finished or not, the least recently used first. */
  const files = async () => {
    const names = (await fs.promises.readdir(path)).filter((name) => OWN_NAME.test(name));
    const found = await Promise.all(
      names.map(async (name) => {
        try {
          const { size, mtimeMs } = await fs.promises.lstat(at(name));
          const own = name.endsWith(UNFINISHED) || (await isFeatureFile(node, at(name)));
          return own ? [{ name, size, mtimeMs }] : [];
        } catch (error) {
          if ((error as FileError).code === 'ENOENT') return []; // removed by another process
          throw error;
        }
      }),
    );
    return found.flat().sort((a, b) => a.mtimeMs - b.mtimeMs);
  };

  const makeRoom = async (bytes: number) => {
    const all = await files();
    let used = all.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size, mtimeMs } of all) {
      const writer = OWN_NAME.exec(name)?.[2];
      const goes = writer === undefined ? used + bytes > maxBytes : isLeft(node, writer, mtimeMs);
      if (!goes) continue;
      await remove(name);
      used -= size;
    }
  };

  return {
    path,
    maxBytes,
    open: (header) =>
      guarded(async () => {
        const name = header.key + SUFFIX;
        let file: FeatureFile | undefined;
        try {
          file = await openFeatureFile(node, at(name), header);
        } catch (error) {
          if ((error as FileError).code === 'ENOENT') return undefined;
          throw error;
        }
        if (file) await touch(name);
        else await remove(name);
        return file;
      }),
    write: (header) =>
      guarded(async () => {
        await makeFolder(node, path);
        await makeRoom(featureFileBytes(header));
        const own = `${header.key}.${writerName(node)}${UNFINISHED}`;
        const writer: FeatureFileWriter = await writeFeatureFile(node, at(own), header);
        return {
          append: (features) => guarded(() => writer.append(features)),
          commit: () =>
            guarded(async () => {
              await writer.moveTo(at(header.key + SUFFIX));
              await touch(header.key + SUFFIX);
            }),
          discard: () => guarded(() => writer.discard()),
        };
      }),
  };

  /**
   * Records the use of a file. The time is set explicitly, because the file system's clock lags by some milliseconds. Two
   * uses by one process never have the same time.
   */
  async function touch(name: string): Promise<void> {
    lastUse = Math.max(Date.now(), lastUse + 1);
    const now = new Date(lastUse);
    try {
      await fs.promises.utimes(at(name), now, now);
    } catch (error) {
      if ((error as FileError).code !== 'ENOENT') throw error; // removed meanwhile; an open file stays readable
    }
  }
}
