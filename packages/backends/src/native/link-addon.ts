import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TfjsNode } from './find-tfjs-node';

/**
 * Lets a tfjs-node that the user has installed without its addon find the one of the cache, for programs that import
 * tfjs-node themselves. A courtesy: Thaw needs nothing there, so a read-only folder is left as it is.
 */
export async function linkAddon(tfjsNode: TfjsNode, addon: string): Promise<void> {
  if (existsSync(tfjsNode.addon)) return;
  try {
    await mkdir(dirname(tfjsNode.addon), { recursive: true });
    await rm(tfjsNode.addon, { force: true });
    await symlink(addon, tfjsNode.addon);
  } catch {
    // Read-only, or Windows without the right to make links.
  }
}
