/*
 * The parts of Node that core uses, typed by hand. Core is typechecked without Node's own types (packages/core/tsconfig.json),
 * so that a name that browsers lack, such as `Buffer`, is an error. test/platform/node.test.ts compares these types with Node's.
 */

/** An error of Node's file system. */
export interface FileError extends Error {
  readonly code?: string;
  readonly syscall?: string;
}

/** The facts that the file system has about a file. */
interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
  isDirectory(): boolean;
}

/** An open file. */
export interface FileHandle {
  readonly fd: number;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  readFile(encoding: 'utf8'): Promise<string>;
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
  writeFile(content: Uint8Array | string): Promise<void>;
  appendFile(content: Uint8Array | string): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<FileStat>;
  stat(options: { bigint: true }): Promise<{ dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint }>;
  close(): Promise<void>;
}

interface RemoveOptions {
  readonly recursive?: boolean;
  readonly force?: boolean;
}

/** `node:fs` */
interface FileSystem {
  existsSync(path: string): boolean;
  fsync(fd: number, done: (error: Error | null) => void): void;
  mkdirSync(path: string, options?: { readonly mode?: number; readonly recursive?: boolean }): void;
  readdirSync(path: string): string[];
  readFileSync(path: string, encoding: 'utf8'): string;
  readlinkSync(path: string): string;
  rmdirSync(path: string): void;
  rmSync(path: string, options?: RemoveOptions): void;
  statSync(path: string, options: { throwIfNoEntry: false }): FileStat | undefined;
  writeFileSync(path: string, content: Uint8Array): void;
  readonly promises: {
    lstat(path: string): Promise<FileStat>;
    mkdir(path: string, options?: { readonly recursive?: boolean }): Promise<string | undefined>;
    mkdtemp(prefix: string): Promise<string>;
    open(path: string, flags: string): Promise<FileHandle>;
    readdir(path: string): Promise<string[]>;
    readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
    readFile(path: string, encoding: 'utf8'): Promise<string>;
    realpath(path: string): Promise<string>;
    rename(from: string, to: string): Promise<void>;
    rm(path: string, options?: RemoveOptions): Promise<void>;
    rmdir(path: string): Promise<void>;
    stat(path: string): Promise<FileStat>;
    utimes(path: string, accessed: Date, modified: Date): Promise<void>;
    writeFile(path: string, content: Uint8Array | string): Promise<void>;
  };
}

/** `node:path` */
interface Paths {
  readonly sep: string;
  isAbsolute(path: string): boolean;
  basename(path: string, suffix?: string): string;
  dirname(path: string): string;
  join(...parts: string[]): string;
  resolve(...parts: string[]): string;
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
}

interface Timer {
  unref(): unknown;
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
  readonly timers: {
    setInterval(action: () => void, ms: number): Timer;
    clearInterval(timer: unknown): void;
  };
  readonly process: NodeProcess;
}
