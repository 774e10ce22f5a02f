import { isRunning } from './is-running';
import type { NodeFiles } from './node-files';

/** The parts of a writer's name. */
const WRITER = /^([\w.]+)-(\d+)-[0-9a-f]{8}$/;
/** The age from which a file of another machine counts as left. Long, as the clocks of two machines may differ. */
const LEFT_MS = 60 * 60 * 1000;

/**
 * A new name for a writer: machine, process number, and eight random hexadecimal digits. The names of temporary files and
 * locks contain it, so that others can tell whether the writer is alive.
 */
export function writerName(node: NodeFiles): string {
  return `${machineName(node)}-${node.process.pid}-${node.crypto.randomBytes(4).toString('hex')}`;
}

/** Whether a text is the name of a writer. */
export function isWriterName(text: string): boolean {
  return WRITER.test(text);
}

/** Whether a writer was a process of this machine that has ended. */
export function hasEnded(node: NodeFiles, writer: string): boolean {
  const [, machine, pid] = WRITER.exec(writer) ?? [];
  return machine === machineName(node) && !isRunning(node, Number(pid));
}

/**
 * Whether a writer that has no lock is dead, so that its files can be removed: its process on this machine has ended, or it
 * was on another machine and its file is older than an hour. A living process of this machine keeps its files whatever the
 * clock says, as the clock may jump.
 */
export function isLeft(node: NodeFiles, writer: string, mtimeMs: number): boolean {
  const [, machine] = WRITER.exec(writer) ?? [];
  return machine === machineName(node) ? hasEnded(node, writer) : Date.now() - mtimeMs > LEFT_MS;
}

/** The name of the host. On Linux it includes the number of the process namespace, as containers may share a host name. */
export function machineName({ fs, os }: NodeFiles): string {
  const host = os.hostname().replace(/[^\w.]/g, '_');
  try {
    return `${host}.${/\d+/.exec(fs.readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return host;
  }
}
