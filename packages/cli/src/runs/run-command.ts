import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { TrainFlags } from '../commands/train';
import { CommandError } from '../errors';
import { faultOfFlags } from './check-train-flags';
import { readRunFile } from './read-run-file';

/**
 * `command.json` of a run folder: the arguments of `thaw train`, so that later commands need only the folder to resume
 * and evaluate the run.
 */
export interface RunCommand {
  readonly format: 'thaw-command';
  readonly version: 1;
  /** The version of Thaw. */
  readonly thaw: string;
  /** Absolute paths. */
  readonly data: readonly string[];
  readonly flags: TrainFlags;
}

const FILE = 'command.json';

/** Whether a folder has a run of `thaw train`. */
export function isRun(folder: string): boolean {
  return existsSync(join(folder, FILE));
}

/** The text of `command.json`. */
export function runCommandText(data: readonly string[], flags: TrainFlags): string {
  const command: RunCommand = { format: 'thaw-command', version: 1, thaw: version, data, flags };
  return `${JSON.stringify(command, null, 2)}\n`;
}

/**
 * Reads the stored command of a run.
 *
 * @throws CommandError if the folder has no such file, or one that is damaged or that another version wrote
 */
export async function readRunCommand(folder: string): Promise<RunCommand> {
  if (!isRun(folder)) {
    throw new CommandError(
      `expected a run folder of thaw train; ${folder} has no ${FILE}. Name the data too.`,
    );
  }
  const command = await readRunFile<RunCommand>(folder, FILE, 'thaw-command');
  const { data, flags } = command;
  const isData = Array.isArray(data) && data.length > 0 && data.every((path) => typeof path === 'string');
  const fault = isData ? faultOfFlags(flags) : `data ${JSON.stringify(data)}`;
  if (fault !== undefined)
    throw new CommandError(
      `expected paths of data and flags of thaw train in ${join(folder, FILE)}; received ${fault}. Restore the file.`,
    );
  return command;
}
