import { join } from 'node:path';
import { evaluate, type RunHistory, type RunRecipe } from '@thawjs/core';
import { openOutputFolder } from '@thawjs/report';
import type { ReportFlags } from '../commands/report';
import { startBackend } from '../compute';
import type { Terminal } from '../terminal/terminal';
import { openModelOf } from './model-folder';
import { readRunFile } from './read-run-file';
import { PARTS, partsOfRun } from './run-parts';
import { distributionOf } from './train-run';
import { writeResults } from './write-results';

/** Evaluates a run's model again, and writes the results and the report. Returns the report's path. */
export async function reportOnRun(
  folder: string,
  { out, backend, pictures = false }: ReportFlags,
  terminal: Terminal,
): Promise<string> {
  const report = out ?? join(folder, 'report.html');
  const history = await readRunFile<RunHistory>(folder, 'history.json', 'thaw-history');
  const recipe = await readRunFile<RunRecipe>(folder, 'recipe.json', 'thaw-recipe');
  await startBackend({ backend }, terminal);
  const model = await openModelOf(folder);
  const parts = await partsOfRun(folder, PARTS);
  const evaluation = await evaluate(model, parts.test, { intervals: true, signal: terminal.signal });
  const { rows, seconds, interrupted, notes, versions } = history;
  await writeResults(
    await openOutputFolder(folder),
    {
      model,
      run: { history: rows, seconds, interrupted, notes, versions, recipe },
      evaluation,
      test: parts.test,
      distribution: distributionOf(parts),
    },
    { report, pictures },
  );
  return report;
}
