import type { NodeModules } from '../../platform/node';

const PREFIX = 'thaw-graph-';

/**
 * Hands a new folder of the system's temporary one to a function and removes it afterwards, with those of processes that
 * ended before they could.
 */
export function withScratchFolder<T>({ fs, os, path }: NodeModules, use: (folder: string) => T): T {
  const parent = os.tmpdir();
  for (const name of fs.readdirSync(parent)) {
    const owner = Number(/^thaw-graph-(\d+)-/.exec(name)?.[1]);
    if (owner && !isRunning(owner)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  const folder = fs.mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's can't be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
