import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { host } from './write-whole';

/** Removes the temporary files that ended processes of this machine left in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, machine, pid] = /^\.thaw-(?:file|probe)-([^-]+)-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
    if (machine === host() && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
