/**
 * A process that saves models into a folder, one after the other: `model-writer-child.ts FOLDER FIRST COUNT`. It prints a
 * line for each model that is saved.
 */

import { writeModelFolder } from '../../src/persistence/write-model-folder';
import { nodeModules } from '../../src/platform/node';
import { numberedModel } from './numbered-model';

const [folder, first, count] = process.argv.slice(2);
for (let number = Number(first); number < Number(first) + Number(count); number++) {
  await writeModelFolder(nodeModules()!, folder, numberedModel(number));
  console.log(number);
}
