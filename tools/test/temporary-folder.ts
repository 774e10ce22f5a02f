import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest's global set-up: what tests leave in the system's temporary folder goes with the run. */
export function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-tests-')));
  process.env.TMPDIR = folder;
  // A process that a test started may still write while it ends, hence the retries.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
