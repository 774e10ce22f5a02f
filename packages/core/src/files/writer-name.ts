import type { NodeModules } from '../platform/node';
import { isRunning } from './is-running';

/** How long a writer may give no sign of life before what it left counts as abandoned: a writer gives one every 10 s. */
const SILENCE_MS = 5 * 60 * 1000;

/**
 * A new name for one writer: machine, process number, and eight random digits. Temporary files and locks carry it, so that
 * others can tell whether their writer is still there.
 */
export function writerName(node: NodeModules): string {
  return `${machineName(node)}-${process.pid}-${node.crypto.randomBytes(4).toString('hex')}`;
}

/**
 * Whether the writer of that name will never go on: its process on this machine has ended, or, wherever it ran, its last
 * sign of life is five minutes old.
 */
export function isAbandoned(node: NodeModules, writer: string, lastSignMs: number): boolean {
  const [, machine, pid] = /^(.*)-(\d+)-[0-9a-f]{8}$/.exec(writer) ?? [];
  if (machine === machineName(node) && !isRunning(Number(pid))) return true;
  return Date.now() - lastSignMs > SILENCE_MS;
}

/** The host's name; on Linux with the number of the process namespace, because containers may share a host's name. */
function machineName({ fs, os }: NodeModules): string {
  const host = os.hostname().replace(/[^\w.]/g, '_');
  try {
    return `${host}.${/\d+/.exec(fs.readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return host;
  }
}
