import { signal } from '@preact/signals';
import type { WorkerClassifier } from '@thawjs/browser';
import { readSetting, writeSetting } from '../project/database';
import { latestOnly } from '../project/latest-only';
import { StudioError } from '../project/studio-error';
import type { TrainedModel } from '../training/trained-model';
import { sentenceOf, tell } from './notices';
import { trainingWorker } from './training-worker';

/** The address of the model in the browser's database. */
const PLACE = 'indexeddb://thaw-studio/model';
const SETTING = 'trained model';

/** The model of the last finished training. */
export const trained = signal<TrainedModel | undefined>(undefined);

let loaded: Promise<WorkerClassifier> | undefined;

const saveThresholds = latestOnly<readonly number[]>(
  async (thresholds) => {
    const model = await trainedClassifier();
    await model.setThresholds(thresholds);
    await model.save(PLACE);
    await writeSetting(SETTING, trained.value);
  },
  (error) => tell(`The thresholds couldn't be saved: ${sentenceOf(error)}`, 'problem'),
);

/** Reads what was saved in this browser. */
export async function openModel(): Promise<void> {
  trained.value = await readSetting<TrainedModel>(SETTING);
}

/**
 * Stores a newly trained model in place of the previous one. If the browser can't store it, the model can be used as long as
 * the page is open.
 *
 * @returns whether it was stored
 */
export async function keepModel(model: WorkerClassifier, record: TrainedModel): Promise<boolean> {
  loaded = Promise.resolve(model);
  trained.value = record;
  try {
    await model.save(PLACE);
    await writeSetting(SETTING, record);
    return true;
  } catch (error) {
    tell(
      `The model couldn't be stored: ${sentenceOf(error)} Download the model before you close this page.`,
      'problem',
    );
    return false;
  }
}

/** The trained classifier, loaded into the worker at the first call. @throws StudioError if nothing was trained */
export function trainedClassifier(): Promise<WorkerClassifier> {
  if (!trained.value) throw new StudioError('Nothing was trained yet. Train first.');
  loaded ??= trainingWorker()
    .then((worker) => worker.load(PLACE))
    .catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
  return loaded;
}

/** Sets the thresholds, one per label, and saves them with the model. */
export function setThresholds(thresholds: readonly number[]): void {
  if (!trained.value) return;
  trained.value = { ...trained.value, thresholds };
  void saveThresholds(thresholds);
}

/** Called when the worker, and with it the model, is gone. The next call loads the model again. */
export function forgetLoaded(): void {
  loaded = undefined;
}
