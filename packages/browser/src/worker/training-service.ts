import { type BestBackend, useBestBackend } from '@thawjs/backends';
import {
  type BackboneLike,
  backbone,
  type Calibration,
  type Callback,
  type Classification,
  type Classifier,
  type ClassifyOptions,
  classifier,
  type EvaluateOptions,
  type Evaluation,
  type FineTuneOptions,
  faceResnet,
  fineTune,
  type ImageInput,
  kerasBytes,
  type LoadOptions,
  load,
  type MetricMatrix,
  modelBytes,
  type OnnxOptions,
  OptionError,
  onnxBytes,
  type PredictOptions,
  type Run,
  removeStoredRun,
  type SaveOptions,
  type StoredRun,
  storedRun,
  type TuneOptions,
  type Tuning,
} from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import type { ClassifierRequest } from '../classifier-request';
import type { ExampleImage } from '../example';
import { showLife } from '../life-sign';
import type { ClassifierFacts, Outcome, SentExample } from '../messages';
import { describedOptions } from './described-options';
import { handedOver, outcomeOf } from './outcome-of';
import { ReceivedImages } from './received-images';
import { trainingControl } from './training-control';

/** Options of `serveTraining`: code, which a page can't send. */
export interface ServeTrainingOptions {
  /** Your own networks, by the names that the page's `backbone` option may have. Called once per classifier. */
  readonly backbones?: Readonly<Record<string, () => BackboneLike | Promise<BackboneLike>>>;
  /** Makes the callbacks of a training; called for each training. */
  readonly callbacks?: () => readonly Callback[];
  /** More options for each training, such as your own loss or metrics. Options that the page sends override them. */
  readonly fineTune?: Partial<Omit<FineTuneOptions, 'train' | 'validation' | 'callbacks' | 'signal'>>;
}

/** A progress function of the page, called by message. */
type Progress = ((done: number, total: number) => unknown) | undefined;

/** The functions that a worker offers its page. Each returns an outcome, so that errors keep their classes. */
export class TrainingService {
  readonly #options: ServeTrainingOptions;
  readonly #images = new Map<number, ReceivedImages>();
  readonly #classifiers = new Map<number, Classifier>();
  #training: Classifier | undefined;
  #last = 0;

  constructor(options: ServeTrainingOptions) {
    this.#options = options;
  }

  /** Tells the page that the worker is ready, and whether its end can be noticed by the lock of an id. */
  hello(id: string): Promise<boolean> {
    return showLife(id);
  }

  start(
    options: Parameters<typeof useBestBackend>[0],
  ): Promise<Outcome<{ readonly backend: BestBackend; readonly lines: readonly string[] }>> {
    return outcomeOf(async () => {
      const lines: string[] = [];
      const backend = await useBestBackend({ ...options, log: (line) => lines.push(line) });
      return { backend, lines };
    });
  }

  openImages(labels: readonly string[]): Promise<Outcome<number>> {
    return outcomeOf(() => {
      this.#images.set(++this.#last, new ReceivedImages(labels));
      return this.#last;
    });
  }

  addImages(handle: number, examples: readonly SentExample[]): Promise<Outcome<string[]>> {
    return outcomeOf(() => of(this.#images, handle, 'images').add(examples));
  }

  dropImages(handle: number): Promise<Outcome<void>> {
    return outcomeOf(() => {
      this.#images.delete(handle);
    });
  }

  makeClassifier(request: ClassifierRequest): Promise<Outcome<{ handle: number; facts: ClassifierFacts }>> {
    return outcomeOf(async () => {
      const { backbone: name, weights, inputSize, download, ...head } = request;
      const size = inputSize && { inputSize };
      const own = this.#options.backbones ?? {};
      if (Object.hasOwn(own, name)) return this.#keep(classifier(await own[name](), { ...head, ...size }));
      const options = { ...size, ...(weights !== undefined && { weights }), ...(download && { download }) };
      const seed = head.seed !== undefined && { seed: head.seed };
      const network =
        name === 'face_resnet'
          ? await faceResnet({ ...(options as object), ...seed })
          : await backbone(name, { ...options, ...seed });
      try {
        return this.#keep(classifier(network, head));
      } catch (error) {
        network.model.dispose();
        throw error;
      }
    });
  }

  loadClassifier(
    source: string | Blob | Uint8Array,
    options: LoadOptions,
  ): Promise<Outcome<{ handle: number; facts: ClassifierFacts }>> {
    return outcomeOf(async () => this.#keep(await load(source, options)));
  }

  fineTune(
    handle: number,
    { train, validation, port, ...sent }: { train?: number; validation?: number; port: MessagePort },
  ): Promise<Outcome<{ readonly run: Run; readonly facts: ClassifierFacts }>> {
    return outcomeOf(async () => {
      const model = this.#classifier(handle);
      if (this.#training) {
        throw new OptionError(
          'fineTune: expected one training at a time in a worker; another one runs. Await its `finished`, or stop it.',
        );
      }
      const { callback, signal, end } = trainingControl(port);
      this.#training = model;
      try {
        const run = await fineTune(model, {
          ...this.#options.fineTune,
          ...describedOptions(sent as Record<string, unknown>),
          train: this.#dataset(train!),
          ...(validation !== undefined && { validation: this.#dataset(validation) }),
          callbacks: [...(this.#options.callbacks?.() ?? []), callback],
          signal,
        });
        return { run, facts: factsOf(model) };
      } finally {
        this.#training = undefined;
        end();
      }
    });
  }

  evaluate(
    handle: number,
    images: number,
    options: EvaluateOptions,
    onProgress: Progress,
  ): Promise<Outcome<Evaluation>> {
    return outcomeOf(() =>
      this.#classifier(handle).evaluate(this.#dataset(images), withProgress(options, onProgress)),
    );
  }

  predict(
    handle: number,
    images: number,
    options: PredictOptions,
    onProgress: Progress,
  ): Promise<Outcome<MetricMatrix<Float32Array>>> {
    return outcomeOf(() =>
      this.#classifier(handle).predict(this.#dataset(images), withProgress(options, onProgress)),
    );
  }

  tune(
    handle: number,
    images: number,
    options: TuneOptions,
    onProgress: Progress,
  ): Promise<Outcome<{ readonly tuning: Tuning; readonly facts: ClassifierFacts }>> {
    return outcomeOf(async () => {
      const model = this.#classifier(handle);
      const tuning = await model.tune(this.#dataset(images), withProgress(options, onProgress));
      return { tuning, facts: factsOf(model) };
    });
  }

  classify(
    handle: number,
    images: readonly ExampleImage[],
    options: ClassifyOptions,
    onProgress: Progress,
  ): Promise<Outcome<Outcome<Classification<ClassifyOptions>>[]>> {
    return outcomeOf(async () => {
      const answers = await this.#classifier(handle).classify(
        images as readonly ImageInput[],
        withProgress(options, onProgress),
      );
      return Promise.all(
        answers.map((answer) =>
          outcomeOf(() => {
            if (answer instanceof Error) throw answer;
            return answer;
          }),
        ),
      );
    });
  }

  setThresholds(handle: number, thresholds: readonly number[]): Promise<Outcome<ClassifierFacts>> {
    return this.#set(handle, (model) => {
      model.thresholds = thresholds;
    });
  }

  setCalibration(handle: number, calibration: Calibration | undefined): Promise<Outcome<ClassifierFacts>> {
    return this.#set(handle, (model) => {
      model.calibration = calibration;
    });
  }

  save(handle: number, options: SaveOptions): Promise<Outcome<Record<string, Uint8Array>>> {
    return handedOver(() => modelBytes(this.#classifier(handle), options), Object.values);
  }

  saveTo(handle: number, target: string, options: SaveOptions): Promise<Outcome<void>> {
    return outcomeOf(() => this.#classifier(handle).save(target, options));
  }

  toOnnx(handle: number, options: OnnxOptions): Promise<Outcome<Uint8Array>> {
    return handedOver(
      () => onnxBytes(this.#classifier(handle), options),
      (bytes) => [bytes],
    );
  }

  toKeras(handle: number): Promise<Outcome<Uint8Array>> {
    return handedOver(
      () => kerasBytes(this.#classifier(handle)),
      (bytes) => [bytes],
    );
  }

  dropClassifier(handle: number): Promise<Outcome<void>> {
    return outcomeOf(() => {
      const model = this.#classifiers.get(handle);
      if (model && model === this.#training) {
        throw new OptionError('dispose: expected a classifier that rests; it is trained. Stop the training.');
      }
      this.#classifiers.delete(handle);
      model?.dispose();
    });
  }

  storedRun(out: string): Promise<Outcome<StoredRun | undefined>> {
    return outcomeOf(() => storedRun(out));
  }

  removeStoredRun(out: string): Promise<Outcome<void>> {
    return outcomeOf(() => removeStoredRun(out));
  }

  #set(handle: number, change: (model: Classifier) => void): Promise<Outcome<ClassifierFacts>> {
    return outcomeOf(() => {
      const model = this.#classifier(handle);
      change(model);
      return factsOf(model);
    });
  }

  #keep(model: Classifier): { handle: number; facts: ClassifierFacts } {
    this.#classifiers.set(++this.#last, model);
    return { handle: this.#last, facts: factsOf(model) };
  }

  #classifier(handle: number): Classifier {
    return of(this.#classifiers, handle, 'classifier');
  }

  #dataset(handle: number): ImageDataset {
    return of(this.#images, handle, 'images').dataset();
  }
}

function of<Thing>(things: ReadonlyMap<number, Thing>, handle: number, what: string): Thing {
  const thing = things.get(handle);
  if (thing) return thing;
  throw new OptionError(
    `expected ${what} of this worker that weren't disposed; they are gone, or another worker's.`,
  );
}

function factsOf(model: Classifier): ClassifierFacts {
  const { labels, thresholds, calibration, inputSize, preprocessing, backboneName } = model;
  return { labels, thresholds, calibration, inputSize, preprocessing, backboneName };
}

function withProgress<Options extends PredictOptions>(options: Options, onProgress: Progress): Options {
  return onProgress ? { ...options, onProgress: (done, total) => void onProgress(done, total) } : options;
}
