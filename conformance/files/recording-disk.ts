import fs, { existsSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, relative } from 'node:path';

/** The contents of a disk: folders, and files by path. */
export interface DiskImage {
  readonly folders: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** A change of a folder's names or of a file's content. It is permanent once the folder or the file has been synced. */
type Operation =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly file: number }
  | { readonly kind: 'content'; readonly file: number; readonly content: Buffer }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string; readonly file: number | undefined }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'sync-folder'; readonly path: string }
  | { readonly kind: 'sync-file'; readonly file: number };

/** A folder whose changes are recorded, so that its state after a power loss can be computed. */
export interface RecordingDisk {
  readonly operations: number;
  /** Records that a round has ended here. */
  mark(round: number): void;
  /** The number of rounds that ended before the given operation. */
  roundsDone(moment: number): number;
  /**
   * The contents of the disk if power is lost before the given operation: everything that was synced, and a random part
   * of the rest.
   */
  afterLoss(moment: number, next: () => number): DiskImage;
  /** Restores Node's own functions. */
  close(): void;
}

/**
 * Replaces Node's functions that change files by ones that also record the changes in a folder. Syncs are only
 * recorded.
 *
 * The model of a disk: the content of a file is permanent once the file was synced; before that it may be complete,
 * empty or cut short. A name (made, renamed or removed) is permanent once its folder was synced; before that it may be
 * as earlier, independently of every other name.
 */
export function recordDisk(root: string): RecordingDisk {
  const log: Operation[] = [];
  const marks: [moment: number, round: number][] = [];
  const inside = (path: string) => relative(root, path);
  const isOutside = (path: unknown) => typeof path !== 'string' || inside(path).startsWith('..');
  const live = new Map<string, number>();
  /** By descriptor: the operation that a sync makes permanent. The number of a closed descriptor is used again. */
  const syncs = new Map<number, Operation | undefined>();
  let files = 0;
  const real = { ...fs.promises };
  const realSync = fs.fsync;
  const promises = {
    async mkdir(path: string, options?: { recursive?: boolean }) {
      const first = await real.mkdir(path, options);
      const top = options?.recursive ? first : path;
      if (top === undefined || isOutside(top)) return first;
      const made: string[] = [];
      for (let folder = path; folder.length >= top.length; folder = dirname(folder)) made.unshift(folder);
      for (const folder of made) log.push({ kind: 'folder', path: inside(folder) });
      return first;
    },
    async open(path: string, flags: string) {
      const handle = await real.open(path, flags);
      if (isOutside(path)) {
        syncs.set(handle.fd, undefined);
        return handle;
      }
      if (flags === 'r') {
        syncs.set(handle.fd, { kind: 'sync-folder', path: inside(path) });
        return handle;
      }
      const known = live.get(path);
      const file = known ?? ++files;
      live.set(path, file);
      if (known === undefined) log.push({ kind: 'file', path: inside(path), file });
      for (const name of ['write', 'writeFile', 'appendFile'] as const) {
        const write = handle[name].bind(handle) as (...given: unknown[]) => Promise<unknown>;
        const recorded = async (...given: unknown[]) => {
          const result = await write(...given);
          log.push({ kind: 'content', file, content: readFileSync(path) });
          return result;
        };
        Object.assign(handle, { [name]: recorded });
      }
      syncs.set(handle.fd, { kind: 'sync-file', file });
      return handle;
    },
    async writeFile(path: string, data: string) {
      await real.writeFile(path, data);
      if (isOutside(path)) return;
      const file = ++files;
      live.set(path, file);
      log.push({ kind: 'file', path: inside(path), file });
      log.push({ kind: 'content', file, content: readFileSync(path) });
    },
    async rename(path: string, to: string) {
      await real.rename(path, to);
      if (isOutside(path)) return;
      const file = live.get(path);
      if (file !== undefined && live.delete(path)) live.set(to, file);
      for (const [name, moved] of [...live]) {
        if (name.startsWith(`${path}/`) && live.delete(name)) live.set(to + name.slice(path.length), moved);
      }
      log.push({ kind: 'rename', path: inside(path), to: inside(to), file });
    },
    async rm(path: string, options?: object) {
      const isThere = existsSync(path);
      await real.rm(path, options);
      live.delete(path);
      if (isThere && !isOutside(path)) log.push({ kind: 'remove', path: inside(path) });
    },
    async rmdir(path: string) {
      await real.rmdir(path);
      if (!isOutside(path)) log.push({ kind: 'remove', path: inside(path) });
    },
  };
  const fsync = (fd: number, done: (error: Error | null) => void) => {
    const sync = syncs.get(fd);
    if (!sync) return realSync(fd, done);
    log.push(sync);
    done(null);
  };
  const install = (functions: object, sync: object) => {
    Object.assign(fs.promises, functions);
    Object.assign(fs, { fsync: sync });
    syncBuiltinESMExports();
  };
  install(promises, fsync);
  return {
    get operations() {
      return log.length;
    },
    mark: (round) => void marks.push([log.length, round]),
    roundsDone: (moment) => marks.filter(([at]) => at <= moment).at(-1)?.[1] ?? 0,
    afterLoss: (moment, next) => imageOf(log.slice(0, moment), next),
    close: () => install(real, realSync),
  };
}

function imageOf(log: readonly Operation[], next: () => number): DiskImage {
  const lasts = (operation: Operation, at: number) => {
    const later = log.slice(at + 1);
    if (operation.kind === 'content') {
      return later.some((other) => other.kind === 'sync-file' && other.file === operation.file);
    }
    if (operation.kind === 'sync-file' || operation.kind === 'sync-folder') return true;
    const path = operation.kind === 'rename' ? operation.to : operation.path;
    return later.some(
      (other) => other.kind === 'sync-folder' && other.path === (dirname(path) === '.' ? '' : dirname(path)),
    );
  };
  const folders = new Set<string>();
  const names = new Map<string, number>();
  const contents = new Map<number, Buffer>();
  for (const [at, operation] of log.entries()) {
    const kept = lasts(operation, at) || next() < 0.5;
    if (operation.kind === 'content') {
      const part = Math.floor(next() * operation.content.length);
      contents.set(operation.file, kept ? operation.content : operation.content.subarray(0, part));
    } else if (!kept) continue;
    else if (operation.kind === 'folder') folders.add(operation.path);
    else if (operation.kind === 'file') names.set(operation.path, operation.file);
    else if (operation.kind === 'remove') remove(operation.path);
    else if (operation.kind === 'rename' && operation.file === undefined) move(operation.path, operation.to);
    else if (operation.kind === 'rename') {
      names.delete(operation.path);
      names.set(operation.to, operation.file!);
    }
  }
  const reachable = [...names].filter(([path]) => dirname(path) === '.' || folders.has(dirname(path)));
  return {
    folders: [...folders].sort(),
    files: new Map(reachable.map(([path, file]) => [path, contents.get(file) ?? Buffer.alloc(0)])),
  };

  function remove(path: string): void {
    folders.delete(path);
    names.delete(path);
    for (const other of [...folders]) if (other.startsWith(`${path}/`)) folders.delete(other);
    for (const other of [...names.keys()]) if (other.startsWith(`${path}/`)) names.delete(other);
  }

  function move(path: string, to: string): void {
    remove(to);
    const moved = (other: string) =>
      other === path ? to : other.startsWith(`${path}/`) ? to + other.slice(path.length) : other;
    for (const other of [...folders])
      if (moved(other) !== other && folders.delete(other)) folders.add(moved(other));
    for (const [other, file] of [...names])
      if (moved(other) !== other && names.delete(other)) names.set(moved(other), file);
  }
}
