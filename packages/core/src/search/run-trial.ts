import type { NodeModules } from '../platform/node-types';
import type { Callback } from '../training/callback';
import { fineTune } from '../training/fine-tune';
import { monitorOf } from '../training/monitor';
import type { RunRecipe } from '../training/recipe/run-recipe';
import type { SearchOptions, SearchRecipe } from './search-options';
import { compareScores, type SearchTrial } from './search-result';

/** The inputs of a trial. */
export interface TrialPlan {
  readonly recipe: SearchRecipe;
  readonly name: string;
  /** The share of all epochs to run to. 1 runs them all. */
  readonly share: number;
  readonly monitor: string;
  readonly mode: 'min' | 'max';
}

/** Runs a trial up to a share of its epochs, from its checkpoint if it has one. */
export async function runTrial(
  node: NodeModules,
  { model, train, validation, featureCache, signal, out, callbacks }: SearchOptions,
  { recipe, name, share, monitor, mode }: TrialPlan,
): Promise<Pick<SearchTrial, 'status' | 'score' | 'epochs' | 'totalEpochs'>> {
  const folder = node.path.join(out, name);
  const pause = new AbortController();
  const abort = () => pause.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  let totalEpochs = 0;
  const pausing: Callback = {
    async onPhaseBegin() {
      const file = node.path.join(folder, 'recipe.json');
      const { phases } = JSON.parse(await node.fs.promises.readFile(file, 'utf8')) as RunRecipe;
      totalEpochs = phases.reduce((sum, { epochs }) => sum + epochs, 0);
    },
    // The run's own checkpoint is written at the same point, after this. The next step then ends the run.
    onSafePoint({ epochEnd }, { history }) {
      if (epochEnd && share < 1 && history.length >= Math.ceil(totalEpochs * share)) pause.abort();
    },
  };
  const classifier = await model(recipe);
  try {
    const { history, interrupted } = await fineTune(classifier, {
      train,
      validation,
      featureCache,
      ...recipe,
      out: folder,
      resume: true,
      signal: pause.signal,
      callbacks: [...(callbacks?.(name) ?? []), pausing],
    });
    const { value } = monitorOf({ monitor });
    const scores = history.map(value).filter((score) => !Number.isNaN(score));
    const [score = null] = scores.sort((a, b) => compareScores(mode, a, b));
    return { status: interrupted ? 'waiting' : 'finished', score, epochs: history.length, totalEpochs };
  } finally {
    signal?.removeEventListener('abort', abort);
    classifier.dispose();
  }
}
