import { join } from 'node:path';
import {
  binaryCrossentropy,
  type Draw,
  progress,
  type SearchRecipe,
  type SearchResult,
  search,
} from '@thawjs/core';
import { openOutputFolder, writeReport } from '@thawjs/report';
import type { SearchFlags } from '../commands/search';
import { startBackend } from '../compute';
import { checkData } from '../data/open-data';
import type { Terminal } from '../terminal/terminal';
import { openTraining, sharedOptions } from './open-training';

/** Tries recipes with the options of a command line, and writes a table and a report of them. */
export async function searchRecipes(
  named: readonly string[],
  flags: SearchFlags,
  terminal: Terminal,
): Promise<SearchResult> {
  checkData(named);
  await openOutputFolder(flags.out);
  const { split, newModel } = await openTraining(named, flags, terminal);
  await startBackend(flags, terminal);
  const { trials, halving, monitor, seed, out } = flags;
  const result = await search({
    train: split.train,
    validation: split.validation,
    model: newModel,
    recipes: (draw) => ({ ...drawRecipe(draw), ...sharedOptions(flags) }),
    trials,
    seed,
    monitor,
    ...(halving !== undefined && { halving: { factor: halving } }),
    out,
    signal: terminal.signal,
    callbacks: (name) => [progress({ log: (line) => terminal.note(`${name}: ${line}`) })],
  });
  await writeReport({ title: `Search, ${trials} trials`, search: result }, join(out, 'report.html'));
  return result;
}

function drawRecipe(draw: Draw): SearchRecipe {
  return {
    thaw: {
      learningRate: draw.number('thaw.learningRate', 5e-5, 1e-3, { log: true }),
      epochs: draw.whole('thaw.epochs', 4, 20),
      layerDecay: draw.choice('thaw.layerDecay', [0.5, 0.75, 1]),
    },
    loss: binaryCrossentropy({ labelSmoothing: draw.choice('labelSmoothing', [0, 0.05]) }),
  };
}
