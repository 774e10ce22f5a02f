import { NativeSetupError } from './native-setup-error';

/** Converts a file system error to a NativeSetupError, if the user can fix it. Other errors are returned as they are. */
export function asSetupError(error: unknown, doing: string): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new NativeSetupError(
      'ERR_NATIVE_DISK_FULL',
      `The disk is full: ${doing} failed.`,
      'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk, and run npx thaw-backends setup again.',
      { cause: error },
    );
  }
  const noFolder = code === 'ENOTDIR' || (code === 'ENOENT' && syscall === 'mkdir');
  if (noFolder || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new NativeSetupError(
      'ERR_NATIVE_NOT_WRITABLE',
      `${doing} failed (${(error as Error).message}).`,
      'Run npx thaw-backends setup as the user who owns that folder, or set XDG_CACHE_HOME to a folder you may write to.',
      { cause: error },
    );
  }
  return error;
}
