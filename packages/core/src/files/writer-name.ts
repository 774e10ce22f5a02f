import type { FileError, NodeModules } from '../platform/node-types';

/** The time without a sign of life after which a writer counts as dead. Living writers give one every 10 s. */
const SILENCE_MS = 5 * 60 * 1000;

/**
 * A new name for a writer: machine, process number, and eight random hexadecimal digits. The names of temporary files and
 * locks contain it, so that others can tell whether the writer is alive.
 */
export function writerName(node: NodeModules): string {
  return `${machineName(node)}-${node.process.pid}-${node.crypto.randomBytes(4).toString('hex')}`;
}

/**
 * Whether a writer is dead: its process on this machine has ended, or, on any machine, its last sign of life is more than
 * five minutes old.
 */
export function isAbandoned(node: NodeModules, writer: string, lastSignMs: number): boolean {
  const [, machine, pid] = /^(.*)-(\d+)-[0-9a-f]{8}$/.exec(writer) ?? [];
  if (machine === machineName(node) && !isRunning(node, Number(pid))) return true;
  return Date.now() - lastSignMs > SILENCE_MS;
}

/** The name of the host. On Linux it includes the number of the process namespace, as containers may share a host name. */
function machineName({ fs, os }: NodeModules): string {
  const host = os.hostname().replace(/[^\w.]/g, '_');
  try {
    return `${host}.${/\d+/.exec(fs.readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return host;
  }
}

/** Whether a process with a number runs on this machine. */
export function isRunning({ process }: NodeModules, pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return (error as FileError).code === 'EPERM';
  }
}
