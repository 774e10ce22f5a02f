import type { FileError, NodeFiles } from './node-files';

/** Whether a process with a number runs on this machine. */
export function isRunning({ process }: Pick<NodeFiles, 'process'>, pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return (error as FileError).code === 'EPERM';
  }
}
