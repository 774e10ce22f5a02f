import { signal } from '@preact/signals';
import type { Example, Training, TrainingWorker, WorkerClassifier } from '@thawjs/browser';
import type { HistoryRow, Run } from '@thawjs/core';
import { readPixels, readSetting, writeSetting } from '../project/database';
import { StudioError } from '../project/studio-error';
import { describeProgress, type Progress } from '../training/describe-progress';
import { weightsUrl } from '../training/hosted-backbones';
import type { TrainedModel } from '../training/trained-model';
import { planTraining } from '../training/training-plan';
import { fineTuneOptions, type TrainingChoice, type TrainingRequest } from '../training/training-request';
import type { TrainingImage } from '../training/training-set';
import { forgetLoaded, keepModel } from './current-model';
import { project } from './current-project';
import { endTrainingWorker, trainingWorker } from './training-worker';

/** The state of a training that the page shows. */
export interface TrainingView {
  readonly state: 'idle' | 'preparing' | 'running' | 'paused' | 'finishing';
  readonly progress?: Progress;
  readonly rows: readonly HistoryRow[];
  readonly notes: readonly string[];
}

const IDLE: TrainingView = { state: 'idle', rows: [], notes: [] };
const SETTING = 'training';

export const training = signal<TrainingView>(IDLE);
/** A training that a reload of the page interrupted. */
export const interrupted = signal<TrainingRequest | undefined>(undefined);

let running: Training | undefined;

/** Looks for a training that a reload of the page interrupted. */
export async function openTraining(): Promise<void> {
  interrupted.value = await readSetting<TrainingRequest>(SETTING);
}

/** Trains on the current project. */
export async function startTraining(choice: TrainingChoice): Promise<void> {
  const { trainingSet } = await import('../training/training-set');
  const set = trainingSet(planTraining(project.value));
  // Otherwise the run that it replaces would stay in the browser's database for good.
  await forgetTraining();
  await train({ choice, set, out: `indexeddb://thaw-studio/run-${Date.now()}` });
}

/** Continues the interrupted training with the images and labels that it began with. */
export async function continueTraining(): Promise<void> {
  if (interrupted.value) await train(interrupted.value, true);
}

/** Discards the interrupted training. */
export async function forgetTraining(): Promise<void> {
  const request = interrupted.value;
  await keepRequest(undefined);
  if (request) await (await trainingWorker()).removeStoredRun(request.out);
}

export const pauseTraining = () => running?.pause();
export const resumeTraining = () => running?.resume();
/** Ends the training after the current batch. The model keeps what it has learned. */
export const stopTraining = () => running?.stop();

async function train(request: TrainingRequest, resume = false): Promise<void> {
  if (training.value.state !== 'idle') throw new StudioError('A training runs already. Stop it first.');
  training.value = { ...IDLE, state: 'preparing' };
  const started = performance.now();
  try {
    const worker = await trainingWorker();
    const model = await classifierOf(worker, request);
    const labels = request.set.labels.map(({ name }) => name);
    const images = async (of: readonly TrainingImage[]) => worker.images(await examplesOf(of), { labels });
    const [train, validation] = [await images(request.set.train), await images(request.set.validation)];
    await keepRequest(request);
    running = model.fineTune({
      ...fineTuneOptions(request.choice),
      train,
      validation,
      out: request.out,
      ...(resume && { resume: true }),
      onBatch: (event) => show({ progress: describeProgress(event) }),
      onEpoch: (row) => show({ rows: [...training.value.rows, row] }),
      onNote: (note) => show({ notes: [...training.value.notes, note] }),
      onState: (state) => show({ state: state === 'ended' ? 'finishing' : state }),
    });
    show({ state: running.state === 'paused' ? 'paused' : 'running' });
    const run = await running.finished;
    show({ state: 'finishing', progress: { text: 'Predicting all images' } });
    if (!run.tuning) await model.tune(validation);
    const evaluation = await model.evaluate(validation);
    const onProgress = (done: number, total: number) =>
      show({ progress: { text: `Predicting all images: ${done} of ${total}`, done: done / total } });
    const predicted = [await model.predict(train, { onProgress }), await model.predict(validation)];
    const seconds = (performance.now() - started) / 1000;
    const scores = predicted.flatMap(({ data }) => [...data]);
    const record = recordOf(request, run, model, { scores, auc: evaluation.macro.auc, seconds });
    const isStored = await keepModel(model, record);
    await Promise.all([train.dispose(), validation.dispose()]);
    // The stored run is the only copy that a reload leaves, if the model couldn't be stored.
    if (isStored) await forgetTraining();
  } catch (error) {
    // The worker's end frees the memory of the failed training. The run stays stored, so that it can be continued.
    forgetLoaded();
    await endTrainingWorker();
    throw error;
  } finally {
    running = undefined;
    training.value = IDLE;
  }
}

function show(more: Partial<TrainingView>): void {
  training.value = { ...training.value, ...more };
}

function classifierOf(worker: TrainingWorker, { choice, set }: TrainingRequest): Promise<WorkerClassifier> {
  return worker.classifier({
    backbone: choice.backbone.name,
    weights: weightsUrl(choice.backbone),
    inputSize: [choice.size, choice.size],
    labels: set.labels.map(({ name }) => name),
  });
}

/** The images with their pixels. A blob of the database takes no memory before it is read. */
function examplesOf(images: readonly TrainingImage[]): Promise<Example[]> {
  return Promise.all(
    images.map(async ({ id, labels, unknown }) => {
      const pixels = await readPixels(id);
      if (!pixels) {
        throw new StudioError(
          'Images of this training were removed. Start a new training with the images that are here.',
        );
      }
      return { id, image: pixels.file, labels, unknown };
    }),
  );
}

async function keepRequest(request: TrainingRequest | undefined): Promise<void> {
  await writeSetting(SETTING, request);
  interrupted.value = request;
}

function recordOf(
  { choice, set }: TrainingRequest,
  { history }: Run,
  model: WorkerClassifier,
  {
    scores,
    auc,
    seconds,
  }: { readonly scores: readonly number[]; readonly auc: number; readonly seconds: number },
): TrainedModel {
  return {
    choice,
    labels: set.labels,
    history,
    images: [
      ...set.train.map(({ id }) => ({ id, part: 'train' as const })),
      ...set.validation.map(({ id }) => ({ id, part: 'validation' as const })),
    ],
    scores: Float32Array.from(scores),
    thresholds: model.thresholds,
    auc,
    notes: training.value.notes,
    seconds,
    finishedAt: Date.now(),
  };
}
