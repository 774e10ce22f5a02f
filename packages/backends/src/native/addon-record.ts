import type { TfjsNode } from './find-tfjs-node';

/** What set-up notes beside an addon that it compiled: the libraries it needs, where they lie and how long they are. */
export interface AddonRecord {
  readonly format: 1;
  readonly tensorflow: string;
  readonly libraries: readonly { readonly path: string; readonly size: number }[];
}

/** The record's place, beside the addon. */
export function addonRecordPath(tfjsNode: Pick<TfjsNode, 'addon'>): string {
  return `${tfjsNode.addon}.thaw.json`;
}

/**
 * Why the addon must not be loaded, or undefined where nothing speaks against it.
 *
 * A library that is shorter than it was written kills the process when its missing pages are touched, so this is
 * looked at before a load. An addon without a record (tfjs-node's own installer made it) has nothing to compare.
 */
export function addonFault(tfjsNode: Pick<TfjsNode, 'addon'>): string | undefined {
  const { existsSync, readFileSync, statSync } = process.getBuiltinModule('node:fs');
  if (!existsSync(tfjsNode.addon)) return 'its addon is not built';
  const path = addonRecordPath(tfjsNode);
  if (!existsSync(path)) return undefined;
  let record: AddonRecord;
  try {
    record = JSON.parse(readFileSync(path, 'utf8')) as AddonRecord;
  } catch (error) {
    return `the note beside its addon is damaged (${(error as Error).message})`;
  }
  for (const { path: library, size } of record.libraries) {
    const found = statSync(library, { throwIfNoEntry: false })?.size;
    if (found === undefined) return `its TensorFlow library ${library} is gone`;
    if (found !== size) return `its TensorFlow library ${library} is damaged (${found} bytes of ${size})`;
  }
  return undefined;
}
