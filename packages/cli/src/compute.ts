import { type BestBackend, useBestBackend } from '@thawjs/backends';
import type { ComputeFlags } from './commands/run-options';
import { asFlags } from './terminal/as-flags';
import type { Terminal } from './terminal/terminal';

/** Starts the backend that a command line asks for, and prints its name. */
export function startBackend(
  { backend }: Pick<ComputeFlags, 'backend'>,
  { note }: Terminal,
): Promise<BestBackend> {
  return useBestBackend({
    ...(backend !== 'auto' && { prefer: [backend] }),
    log: (line) => note(asFlags(line)),
  });
}
