import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Classifier, load } from '@thawjs/core';
import { Option } from 'commander';
import { CommandError } from '../errors';
import { path } from '../terminal/parse-value';
import { shellPath } from '../terminal/shell-path';

export const modelOption = () =>
  new Option('--model <folder>', 'a run folder, or the folder of a saved model')
    .argParser(path)
    .makeOptionMandatory();

/** The folder of the model in a run folder, or the folder itself if a model was saved there. */
export function modelFolder(place: string): string {
  const folder = [join(place, 'model'), place].find((one) => existsSync(join(one, 'model.json')));
  if (folder) return folder;
  const isUnfinished = existsSync(join(place, 'recipe.json'));
  throw new CommandError(
    `expected a model in ${place}; found none. ` +
      (isUnfinished
        ? `The run has not ended: thaw train --resume --out ${shellPath(place)}`
        : 'Name a run folder of thaw train.'),
  );
}

/** Loads the model of a run. */
export function openModelOf(place: string): Promise<Classifier> {
  return load(modelFolder(place));
}
