import { Classifier } from '../classifier/classifier';
import { DivergedError, OptionError } from '../errors';
import { canonicalJson } from '../features/canonical-json';
import { OBJECT } from '../options/check-options';
import { nodeModules } from '../platform/node';
import type { NodeModules } from '../platform/node-types';
import { describedOptimizer } from '../training/recipe/described';
import { drawFor } from './draw';
import { halvingRounds } from './halving';
import { runTrial } from './run-trial';
import { checkSearchOptions, type SearchOptions, type SearchRecipe } from './search-options';
import { compareScores, readSearch, type SearchResult, type SearchTrial, writeSearch } from './search-result';

/** A recipe with its name and its parameters as JSON. */
interface Planned {
  readonly recipe: SearchRecipe;
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Trains a classifier by each of some recipes, and ranks the recipes. Node only.
 *
 * Recipes are a list, or drawn at random from a space. With `halving`, the worse recipes are given up early. Each trial is
 * a run of `fineTune` with a folder of its own. The table of all trials is `search.json` and `search.csv` in the search's
 * folder, written after each trial. A search that was interrupted or killed continues if it is called again with the same
 * options: finished trials are kept, and the others continue from their checkpoints. Further recipes, or more `trials`, may
 * be added, and the recipes of trials that haven't begun may change.
 *
 * A trial that diverges counts as the worst, and the search goes on.
 *
 * @returns the table. The model of a trial is in `OUT/NAME/model`, for `load`.
 * @throws OptionError if an option is misspelt or outside its range, or if the folder has the table of another search; and
 * what `fineTune` throws, except DivergedError.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, search } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const images = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const network = () => {
 *   const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
 *   const conv = { name: 'conv', filters: 2, kernelSize: 3, kernelInitializer, inputShape: [4, 4, 3] };
 *   return tf.sequential({ layers: [tf.layers.conv2d(conv)] });
 * };
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 *
 * const { trials, best } = await search({
 *   model: () => classifier(network(), { labels: images.labels, preprocessing }),
 *   train: images,
 *   validation: images,
 *   monitor: 'val_loss',
 *   recipes: (draw) => ({
 *     head: { epochs: 4, learningRate: draw.number('rate', 1e-5, 1e-1, { log: true }) },
 *     thaw: false,
 *   }),
 *   trials: 4,
 *   halving: { factor: 2 },
 *   out: join(await mkdtemp(join(tmpdir(), 'thaw-')), 'search'),
 * });
 * console.log(trials.map(({ epochs }) => epochs).sort()); // [ 1, 1, 2, 4 ]
 * console.log(trials.find(({ name }) => name === best)?.status); // finished
 * ```
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  checkSearchOptions(options);
  const node = nodeModules();
  if (!node)
    throw new OptionError('search: expected a file system, in which the runs are; a browser has none.');
  const { out, monitor = 'val_auc', mode = 'auto', halving, signal } = options;
  const planned = plan(options);
  const settled = mode === 'auto' ? (/loss$/.test(monitor) ? 'min' : 'max') : mode;
  const state = await openState(node, planned, { out, monitor, mode: settled });
  const model = onceEach(options.model);
  const better = (a: number, b: number) =>
    compareScores(settled, state.trials[a].score, state.trials[b].score);

  let running = planned.map((_, index) => index);
  const rounds = halving ? halvingRounds(planned.length, halving.factor) : [{ share: 1, keep: 0 }];
  for (const { share, keep } of rounds) {
    for (const index of running) {
      if (signal?.aborted) return state.write(true);
      const before = state.trials[index];
      if (before.status !== 'waiting' || isDone(before, share)) continue;
      const { recipe, name } = planned[index];
      const started = performance.now();
      const seconds = () => before.seconds + (performance.now() - started) / 1000;
      try {
        const ran = await runTrial(
          node,
          { ...options, model },
          { recipe, name, share, monitor, mode: settled },
        );
        state.trials[index] = { ...before, ...ran, seconds: seconds() };
      } catch (error) {
        if (!(error instanceof DivergedError)) throw error;
        state.trials[index] = {
          ...before,
          status: 'diverged',
          score: null,
          seconds: seconds(),
          error: error.message,
        };
      }
      await state.write(signal?.aborted ?? false);
    }
    if (signal?.aborted) return state.write(true);
    if (share === 1) break;
    const ranked = running.toSorted(better);
    running = ranked.slice(0, keep).sort((a, b) => a - b);
    for (const index of ranked.slice(keep)) {
      const trial = state.trials[index];
      if (trial.status === 'waiting') state.trials[index] = { ...trial, status: 'stopped' };
    }
  }
  return state.write(false);
}

/** The function that makes classifiers, which must make a new one each time, as each trial disposes its own. */
function onceEach(make: SearchOptions['model']): SearchOptions['model'] {
  const made = new WeakSet<object>();
  return async (recipe) => {
    const classifier = await make(recipe);
    const isNew = classifier instanceof Classifier && !made.has(classifier);
    if (isNew) made.add(classifier);
    if (isNew) return classifier;
    const came = classifier instanceof Classifier ? 'that of an earlier trial' : String(classifier);
    throw new OptionError(
      `search: expected model to make a new classifier for each trial; received ${came}.`,
    );
  };
}

/** Whether a trial has run the share of its epochs. */
function isDone({ epochs, totalEpochs }: SearchTrial, share: number): boolean {
  return totalEpochs !== null && share < 1 && epochs >= Math.ceil(totalEpochs * share);
}

/** The recipes with names and parameters. @throws OptionError if two have the same name, or a name is no folder's. */
function plan({ recipes, trials = 0, seed = 0 }: SearchOptions): Planned[] {
  const count = typeof recipes === 'function' ? trials : recipes.length;
  const planned = Array.from({ length: count }, (_, index): Planned => {
    const drawn = drawFor(seed, index);
    const given = typeof recipes === 'function' ? recipes(drawn.draw) : recipes[index];
    checkRecipe(given);
    const { name = `trial-${String(index + 1).padStart(3, '0')}`, ...recipe } = given;
    const parameters = typeof recipes === 'function' ? drawn.parameters : flat(recipe);
    return { recipe, name, parameters: plainJson(parameters) };
  });
  for (const [index, { name }] of planned.entries()) {
    if (!/^\w[\w .-]*$/.test(name)) {
      throw new OptionError(
        `search: expected names of letters, digits, spaces, dots, hyphens and underscores; received "${name}".`,
      );
    }
    if (planned.findIndex((other) => other.name === name) !== index) {
      throw new OptionError(
        `search: expected each recipe to have a name of its own; two are named "${name}".`,
      );
    }
  }
  return planned;
}

/** The options of `fineTune` that the search sets for all trials. */
const OF_SEARCH = ['train', 'validation', 'callbacks', 'signal', 'out', 'resume'];

/** Refuses what is no recipe, and options that are the search's own. @throws OptionError */
function checkRecipe(recipe: SearchRecipe): void {
  if (!OBJECT.accepts(recipe)) {
    throw new OptionError(`search: expected each recipe to be an object of options; received ${recipe}.`);
  }
  const own = OF_SEARCH.find((option) => option in recipe);
  if (own === undefined) return;
  throw new OptionError(
    `search: expected recipes without ${OF_SEARCH.join(', ')}, which are options of the search or set by it; ` +
      `received one with ${own}.`,
  );
}

/** The options of a recipe by dotted names: `{ thaw: { epochs: 3 } }` becomes `{ 'thaw.epochs': 3 }`. */
function flat(value: object, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      const isPlain = entry?.constructor === Object;
      return isPlain ? Object.entries(flat(entry, `${prefix}${key}.`)) : [[prefix + key, entry]];
    }),
  );
}

/** Values as JSON. Functions that don't know their names are described by their source. */
function plainJson(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = JSON.stringify(values, (key, value) => {
    if (value instanceof RegExp) return String(value);
    if (typeof value !== 'function') return value;
    // The source of a custom loss is that of its definition.
    return /(^|\.)optimizer$/.test(key) ? describedOptimizer(value) : String(value.definition ?? value);
  });
  return JSON.parse(text);
}

/** The table of a search, continued from the folder if there is one. */
async function openState(
  node: NodeModules,
  planned: readonly Planned[],
  { out, monitor, mode }: { readonly out: string } & Pick<SearchResult, 'monitor' | 'mode'>,
) {
  const before = await readSearch(node, out);
  const text = (of: Pick<SearchTrial, 'name' | 'parameters'> | undefined) =>
    canonicalJson({ name: of?.name, parameters: of?.parameters });
  const isSame = (trial: SearchTrial | undefined, i: number) => text(trial) === text(planned[i]);
  // A trial that hasn't begun may change: its recipe may be the mistake that ended the search.
  const fits = (trial: SearchTrial, i: number) =>
    (trial.status === 'waiting' && trial.totalEpochs === null) || isSame(trial, i);
  if (before && !(before.monitor === monitor && before.mode === mode && before.trials.every(fits))) {
    throw new OptionError(
      `search: expected the search that ${out} is of; its recipes, their order, the monitor or the mode differ. ` +
        'Give the same as before, more recipes behind them, or another folder.',
    );
  }
  const trials: SearchTrial[] = planned.map(({ name, parameters }, i) => {
    const known = isSame(before?.trials[i], i) ? before?.trials[i] : undefined;
    // A trial that lost a round competes again: whether it lost depends on the others, which are compared anew.
    if (known) return known.status === 'stopped' ? { ...known, status: 'waiting' } : known;
    return { name, parameters, status: 'waiting', score: null, epochs: 0, totalEpochs: null, seconds: 0 };
  });
  const write = async (interrupted: boolean): Promise<SearchResult> => {
    const finished = trials.filter(({ status, score }) => status === 'finished' && score !== null);
    const [best] = finished.toSorted((a, b) => compareScores(mode, a.score, b.score));
    const result: SearchResult = {
      format: 'thaw-search',
      version: 1,
      monitor,
      mode,
      trials: [...trials],
      best: best?.name ?? null,
      interrupted,
    };
    await writeSearch(node, out, result);
    return result;
  };
  return { trials, write };
}
