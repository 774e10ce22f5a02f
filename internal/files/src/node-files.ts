/*
 * The parts of Node that writing takes, typed by hand: core is typechecked without Node's own types. Callers pass Node's
 * modules, as an import of `node:fs` would break bundles for browsers.
 */

/** An error of Node's file system. */
export interface FileError extends Error {
  readonly code?: string;
  readonly syscall?: string;
}

/** The facts that the file system has about a file. */
export interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
  isDirectory(): boolean;
  isFile(): boolean;
}

/** An open file that is written as a whole. */
export interface WritableFile {
  readonly fd: number;
  writeFile(content: Uint8Array | string): Promise<void>;
  close(): Promise<void>;
}

export interface RemoveOptions {
  readonly recursive?: boolean;
  readonly force?: boolean;
}

/** `node:path` */
export interface Paths {
  readonly sep: string;
  isAbsolute(path: string): boolean;
  basename(path: string, suffix?: string): string;
  dirname(path: string): string;
  join(...parts: string[]): string;
  resolve(...parts: string[]): string;
}

/** Node's modules that write files. */
export interface NodeFiles {
  readonly fs: {
    existsSync(path: string): boolean;
    fsync(fd: number, done: (error: Error | null) => void): void;
    readlinkSync(path: string): string;
    readonly promises: {
      lstat(path: string): Promise<FileStat>;
      stat(path: string): Promise<FileStat>;
      mkdir(path: string, options?: { readonly recursive?: boolean }): Promise<string | undefined>;
      open(path: string, flags: string): Promise<WritableFile>;
      readdir(path: string): Promise<string[]>;
      rename(from: string, to: string): Promise<void>;
      rm(path: string, options?: RemoveOptions): Promise<void>;
      rmdir(path: string): Promise<void>;
      utimes(path: string, accessed: Date, modified: Date): Promise<void>;
      writeFile(path: string, content: Uint8Array | string): Promise<void>;
    };
  };
  readonly path: Paths;
  readonly os: { hostname(): string };
  readonly crypto: { randomBytes(length: number): { toString(encoding: 'hex'): string } };
  readonly timers: {
    setInterval(action: () => void, ms: number): { unref(): unknown };
    clearInterval(timer: unknown): void;
  };
  readonly process: { readonly pid: number; kill(pid: number, signal: 0): unknown };
}
