import { join } from 'node:path';
import { evaluate, type RunHistory, type RunRecipe } from '@thawjs/core';
import { writeReport } from '@thawjs/report';
import type { ReportFlags } from '../commands/report';
import { startBackend } from '../compute';
import type { Terminal } from '../terminal/terminal';
import { openModelOf } from './model-folder';
import { readRunFile } from './read-run-file';
import { partOfRun } from './run-parts';
import { titleOf } from './train';

/** Evaluates a run's model again and writes the report; returns its path. */
export async function reportOnRun(
  folder: string,
  { out, backend }: ReportFlags,
  terminal: Terminal,
): Promise<string> {
  const file = out ?? join(folder, 'report.html');
  const history = await readRunFile<RunHistory>(folder, 'history.json', 'thaw-history');
  const recipe = await readRunFile<RunRecipe>(folder, 'recipe.json', 'thaw-recipe');
  await startBackend({ backend }, terminal);
  const model = await openModelOf(folder);
  const test = await partOfRun(folder, 'test');
  const evaluation = await evaluate(model, test, { intervals: true, signal: terminal.signal });
  const { rows, seconds, interrupted, notes, versions } = history;
  await writeReport(
    {
      title: titleOf(model),
      run: { history: rows, seconds, interrupted, notes, versions, recipe },
      test,
      evaluation,
    },
    file,
  );
  return file;
}
