import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '@thawjs/files/node-modules';
import { FolderInUseError, withFolderLock } from '@thawjs/files/with-folder-lock';
import { CommandError, UsageError } from '../errors';
import { isRun, type RunCommand, readRunCommand } from './run-command';

/**
 * What to do with a run that is already in the folder. Without either option, the run is left alone, and the command
 * ends.
 */
export interface ExistingRun {
  readonly resume?: boolean;
  readonly overwrite?: boolean;
}

/** All files that docs/run-folder.md names. */
const RUN_FILES = [
  ...['recipe.json', 'history.json', 'history.csv', 'checkpoint', 'model', 'command.json', 'split.csv'],
  ...['evaluation.json', 'scores.csv', 'report.html', 'history.png', 'distribution.png', 'predictions.png'],
  'export',
];

/**
 * The stored command of the run in a folder, if that run is resumed.
 *
 * @throws CommandError if there is a run that is neither resumed nor replaced
 */
export async function runToResume(
  folder: string,
  { resume, overwrite }: ExistingRun,
): Promise<RunCommand | undefined> {
  if (resume && overwrite) throw new UsageError('expected one of --resume and --overwrite; received both.');
  if (overwrite || !isRun(folder)) return undefined;
  if (resume) return readRunCommand(folder);
  throw new CommandError(
    `expected a folder without a run; ${folder} has one. Go on with it by --resume, replace it by --overwrite, or ` +
      'choose another --out.',
  );
}

/**
 * Removes the files of a run from its folder. Other files stay.
 *
 * @throws CommandError if a run is writing there; nothing is removed then
 */
export async function removeRun(folder: string): Promise<void> {
  const remove = async () => {
    for (const name of RUN_FILES) await rm(join(folder, name), { recursive: true, force: true });
  };
  // The lock that `fineTune` holds while it trains.
  await withFolderLock(nodeFiles, folder, remove, { waitMs: 0 }).catch((error) => {
    if (!(error instanceof FolderInUseError)) throw error;
    throw new CommandError(
      `expected a folder that no other run writes to; another run is writing to ${folder}. Wait for its end, or choose ` +
        'another --out.',
    );
  });
}
