import { FeatureCacheError } from '../errors';
import type { NodeModules } from '../platform/node';
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

/** The names that files of features get, whole and on their way: `<key>.features`, `<key>.<host>-<process>-<number>.part`. */
const OWN_NAME = /^[0-9a-z]+(\.features|\.[\w.]+-\d+-\d+\.part)$/;

/** A file on its way that nobody has written to for so long is a dead process': a batch takes seconds. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Files of features by key, in a folder that several processes may share. */
export interface FeatureFolder {
  readonly path: string;
  readonly maxBytes: number;
  /** The features of that key; undefined where there are none, or the file isn't whole (it is removed then). */
  open(header: FeatureFileHeader): Promise<FeatureFile | undefined>;
  /** Makes room, and begins the file of that key. */
  write(header: FeatureFileHeader): Promise<StoredFeaturesWriter>;
}

/** The features of a key on their way into the folder. */
interface StoredFeaturesWriter {
  append(features: Float32Array): Promise<void>;
  commit(): Promise<void>;
  /** Leaves nothing behind, unless it was committed. */
  discard(): Promise<void>;
}

let written = 0;
let lastUse = 0;

/**
 * A folder of features with a limit: where room is needed, the least recently used files go.
 *
 * A file is written under a name of its own and renamed when it's whole, so that neither a crash nor a second process
 * shows half of one; two processes that compute the same key write the same file. A file's time of change is when it was
 * last used, because many file systems don't keep the time of access.
 *
 * Its methods throw FeatureCacheError where the folder can't be read or written.
 */
export function featureFolder(node: NodeModules, path: string, maxBytes: number): FeatureFolder {
  const { fs } = node;
  const { join } = node.path;
  const at = (name: string) => join(path, name);

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
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
      // Windows: a file that another process has open stays.
      if (!['EBUSY', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  };

  /** What lies there of this folder's own, the least recently used first. */
  const files = async () => {
    const names = (await fs.promises.readdir(path)).filter((name) => OWN_NAME.test(name));
    const found = await Promise.all(
      names.map(async (name) => {
        try {
          const { size, mtimeMs } = await fs.promises.lstat(at(name));
          const own = name.endsWith(UNFINISHED) || (await isFeatureFile(node, at(name)));
          return own ? [{ name, size, mtimeMs }] : [];
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // another process was first
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
      const goes = name.endsWith(UNFINISHED) ? Date.now() - mtimeMs > ABANDONED_MS : used + bytes > maxBytes;
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
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
          throw error;
        }
        if (file) await touch(name);
        else await remove(name);
        return file;
      }),
    write: (header) =>
      guarded(async () => {
        await fs.promises.mkdir(path, { recursive: true });
        await makeRoom(featureFileBytes(header));
        const own = `${header.key}.${node.os.hostname().replace(/[^\w.]/g, '_')}-${process.pid}-${written++}${UNFINISHED}`;
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

  /** Uses of one process never get the same time, nor the file system's own, whose clock lags by some milliseconds. */
  async function touch(name: string): Promise<void> {
    lastUse = Math.max(Date.now(), lastUse + 1);
    const now = new Date(lastUse);
    try {
      await fs.promises.utimes(at(name), now, now);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // evicted meanwhile; it stays open here
    }
  }
}
