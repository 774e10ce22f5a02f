/*
 * The parts of Node that core uses, typed by hand. Core is typechecked without Node's own types (packages/core/tsconfig.json),
 * so that a name that browsers lack, such as `Buffer`, is an error. test/platform/node.test.ts compares these types with Node's.
 */

import type {
  FileError,
  FileStat,
  NodeFiles,
  Paths,
  RemoveOptions,
  WritableFile,
} from '@thawjs/files/node-files';

export type { FileError };

/** An open file. */
export interface FileHandle extends WritableFile {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  readFile(encoding: 'utf8'): Promise<string>;
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
  appendFile(content: Uint8Array | string): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<FileStat>;
  stat(options: { bigint: true }): Promise<{ dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }>;
}

/** `node:fs` */
interface FileSystem extends Omit<NodeFiles['fs'], 'promises'> {
  readonly constants: {
    readonly O_APPEND: number;
    readonly O_CREAT: number;
    readonly O_WRONLY: number;
    readonly O_NOFOLLOW?: number;
  };
  lstatSync(
    path: string,
    options: { throwIfNoEntry: false },
  ): (FileStat & { readonly uid: number }) | undefined;
  mkdirSync(path: string, options?: { readonly mode?: number; readonly recursive?: boolean }): void;
  readdirSync(path: string): string[];
  readFileSync(path: string, encoding: 'utf8'): string;
  rmdirSync(path: string): void;
  rmSync(path: string, options?: RemoveOptions): void;
  statSync(path: string, options: { throwIfNoEntry: false }): FileStat | undefined;
  writeFileSync(path: string, content: Uint8Array): void;
  readonly promises: Omit<NodeFiles['fs']['promises'], 'open'> & {
    mkdtemp(prefix: string): Promise<string>;
    open(path: string, flags: string | number): Promise<FileHandle>;
    readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
    readFile(path: string, encoding: 'utf8'): Promise<string>;
    realpath(path: string): Promise<string>;
    stat(path: string): Promise<FileStat>;
  };
}

/** A hash that is computed piece by piece. */
export interface Hash {
  update(bytes: Uint8Array | string): Hash;
  digest(): Uint8Array<ArrayBuffer>;
  digest(encoding: 'hex'): string;
}

/** A child process whose output is read. */
interface ChildProcess {
  readonly stdout: ByteStream | null;
  readonly stderr: ByteStream | null;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: (code: number | null) => void): unknown;
}

interface ByteStream {
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
}

/** The running process. */
export interface NodeProcess {
  /** The version of Node, such as `v22.11.0`. */
  readonly version: string;
  readonly pid: number;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  constrainedMemory?(): number;
  cwd(): string;
  kill(pid: number, signal: 0): unknown;
  getuid?(): number;
}

/** Node's modules that core uses, and its process. */
export interface NodeModules {
  readonly fs: FileSystem;
  readonly path: Paths;
  readonly os: { homedir(): string; hostname(): string; tmpdir(): string; totalmem(): number };
  readonly url: { fileURLToPath(url: string): string; pathToFileURL(path: string): URL };
  readonly crypto: {
    createHash(algorithm: string): Hash;
    randomBytes(length: number): { toString(encoding: 'hex'): string };
  };
  readonly module: {
    createRequire(file: string): { (specifier: string): unknown; resolve(specifier: string): string };
  };
  readonly childProcess: {
    spawn(
      command: string,
      args: readonly string[],
      options: { stdio: ('ignore' | 'pipe')[]; signal?: AbortSignal },
    ): ChildProcess;
  };
  readonly timers: NodeFiles['timers'];
  readonly process: NodeProcess;
}
