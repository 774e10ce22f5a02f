/** What to do about an error of the operating system, by the call that failed or by the error's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  uv_cwd: 'The working folder was removed: change into another one.',
  ENOSPC: 'The disk is full: free some space, and run the command again.',
  EDQUOT: 'The quota of the disk is used up: free some space, and run the command again.',
  EACCES: 'Check who may read and write there.',
  EPERM: 'Check who may read and write there.',
  EROFS: 'The disk can only be read: choose another folder.',
  ENOENT: 'Check the path.',
  ENOTDIR: 'Check the path: a part of it is a file.',
  EISDIR: 'Check the path: it is a folder.',
  EADDRINUSE: 'Another program listens there: end it, or choose another --port.',
  EADDRNOTAVAIL: 'This machine has no such address: choose another --host.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n).',
  ENOMEM: 'The memory is used up: end other programs.',
};

/**
 * The message for an error of the operating system, which isn't a defect of Thaw: the system's own message, and what to
 * do.
 *
 * @returns undefined for any other error
 */
export function systemErrorText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof syscall !== 'string') return undefined;
  return `${message}. ${REMEDIES[syscall] ?? REMEDIES[code] ?? 'The operating system refused this.'}`;
}
