/*
 * The parts of Node that this package uses, typed by hand. The package is typechecked without Node's own types
 * (packages/datasets/tsconfig.json), so that a name that browsers lack, such as `Buffer`, is an error.
 * test/platform/node-modules.test.ts compares these types with Node's.
 */

/** An error of Node's file system. */
export interface FileError extends Error {
  readonly code?: string;
}

interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  isDirectory(): boolean;
  isFile(): boolean;
}

interface FolderEntry {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

interface FileHandle {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
}

/** A worker thread. */
export interface Thread {
  on<Message>(event: 'message', listener: (message: Message) => void): Thread;
  on(event: 'error', listener: (error: Error) => void): Thread;
  on(event: 'exit', listener: (code: number) => void): Thread;
  off<Value>(event: 'message' | 'error' | 'exit', listener: (value: Value) => void): Thread;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface ThreadOptions {
  readonly eval: true;
  readonly workerData: Readonly<Record<string, string | undefined>>;
  readonly resourceLimits?: { readonly maxOldGenerationSizeMb: number };
}

/** The parts of Node's modules and of its process that this package uses. */
export interface NodeModules {
  /** Node's functions with callbacks, and those that block. */
  readonly files: {
    readFile(path: string, done: (error: Error | null, bytes: Uint8Array<ArrayBuffer>) => void): void;
    statSync(path: string): FileStat;
    openSync(path: string, flags: string): number;
    readSync(file: number, into: Uint8Array, offset: number, length: number, position: number): number;
    closeSync(file: number): void;
  };
  readonly fs: {
    open(path: string, flags: string): Promise<FileHandle>;
    readdir(path: string, options: { withFileTypes: true }): Promise<FolderEntry[]>;
    readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>>;
    realpath(path: string): Promise<string>;
    stat(path: string): Promise<FileStat>;
  };
  readonly module: {
    createRequire(file: string): { (specifier: string): unknown; resolve(specifier: string): string };
  };
  readonly os: { availableParallelism(): number };
  readonly path: {
    readonly sep: string;
    basename(path: string): string;
    dirname(path: string): string;
    extname(path: string): string;
    isAbsolute(path: string): boolean;
    join(...parts: string[]): string;
    relative(from: string, to: string): string;
    resolve(...parts: string[]): string;
  };
  readonly threads: {
    readonly Worker: new (code: string, options: ThreadOptions) => Thread;
    /** Null in the main thread. */
    readonly parentPort: {
      on<Message>(event: 'message', listener: (message: Message) => void): unknown;
      postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
    } | null;
    readonly MessageChannel: new () => {
      readonly port1: {
        postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
        close(): void;
      };
    };
    /** The data that the thread was started with. */
    readonly workerData: unknown;
  };
  readonly process: { readonly argv: readonly string[]; cwd(): string };
}
