import type {
  Calibration,
  Classification,
  ClassifyOptions,
  EvaluateOptions,
  Evaluation,
  MetricMatrix,
  OnnxOptions,
  PredictOptions,
  Preprocessing,
  Run,
  SaveOptions,
  TuneOptions,
  Tuning,
} from '@thawjs/core';
import { proxy, transfer } from 'comlink';
import type { Connection } from './connection';
import type { LabelledExamples, WorkerFineTuneOptions } from './fine-tune-options';
import type { ClassifierFacts, Outcome } from './messages';
import { plainOptions } from './plain-options';
import { printableEvaluation } from './printable-evaluation';
import { revivedError } from './revive-error';
import { type Sendable, sendableImage } from './sent-image';
import { Training } from './training';
import { sendExamples, WorkerImages } from './worker-images';

/** A value that shows one image in a page. */
export type ClassifiableImage = unknown;

/** A classifier in a worker, with the methods of core's `Classifier`. */
export class WorkerClassifier {
  #facts: ClassifierFacts;
  readonly #handle: number;
  readonly #connection: Connection;

  /** @internal Made by `TrainingWorker.classifier` and `load`. */
  constructor(connection: Connection, handle: number, facts: ClassifierFacts) {
    this.#connection = connection;
    this.#handle = handle;
    this.#facts = facts;
  }

  get labels(): readonly string[] {
    return this.#facts.labels;
  }

  /** Per label, the probability from which the label counts as predicted. */
  get thresholds(): readonly number[] {
    return this.#facts.thresholds;
  }

  get calibration(): Calibration | undefined {
    return this.#facts.calibration;
  }

  /** Height and width of the network's input images. */
  get inputSize(): readonly [height: number, width: number] {
    return this.#facts.inputSize;
  }

  get preprocessing(): Preprocessing {
    return this.#facts.preprocessing;
  }

  get backboneName(): string {
    return this.#facts.backboneName;
  }

  /**
   * Trains the classifier in the worker, as core's `fineTune` does.
   *
   * @returns at once; `finished` resolves with the record of the run. If options or examples are invalid, `finished`
   * rejects before anything is computed.
   */
  fineTune(options: WorkerFineTuneOptions): Training {
    const { onPhase, onBatch, onEpoch, onNote, onState, signal, ...rest } = options;
    const { port1, port2 } = new MessageChannel();
    const listeners = { onPhase, onBatch, onEpoch, onNote, onState };
    const training = new Training(port1, listeners, this.#run(rest, port2));
    const stop = () => training.stop();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    training.finished.finally(() => signal?.removeEventListener('abort', stop)).catch(() => {});
    return training;
  }

  async #run({ train, validation, ...rest }: WorkerFineTuneOptions, port: MessagePort): Promise<Run> {
    const { answer, service } = this.#connection;
    const options = plainOptions(rest, 'fineTune') as Record<string, unknown>;
    return this.#with('fineTune', [train, validation], async ([ofTrain, ofValidation]) => {
      const sent = transfer({ ...options, train: ofTrain, validation: ofValidation, port }, [port]);
      const { run, facts } = await answer(service.fineTune(this.#handle, sent));
      this.#facts = facts;
      return run;
    });
  }

  /** See core's `evaluate`. */
  evaluate(images: LabelledExamples, options: Omit<EvaluateOptions, 'signal'> = {}): Promise<Evaluation> {
    const { answer, service } = this.#connection;
    return this.#with('evaluate', [images], async ([handle]) =>
      printableEvaluation(await answer(service.evaluate(this.#handle, handle!, ...parts(options)))),
    );
  }

  /** See core's `predict`. */
  predict(
    images: LabelledExamples,
    options: Omit<PredictOptions, 'signal'> = {},
  ): Promise<MetricMatrix<Float32Array>> {
    const { answer, service } = this.#connection;
    return this.#with('predict', [images], ([handle]) =>
      answer(service.predict(this.#handle, handle!, ...parts(options))),
    );
  }

  /** See core's `tune`: fits calibration and thresholds. */
  tune(images: LabelledExamples, options: Omit<TuneOptions, 'signal'> = {}): Promise<Tuning> {
    const { answer, service } = this.#connection;
    return this.#with('tune', [images], async ([handle]) => {
      const { tuning, facts } = await answer(service.tune(this.#handle, handle!, ...parts(options)));
      this.#facts = facts;
      return tuning;
    });
  }

  /**
   * See core's `classify`. The page only copies the picture; it is resized and classified in the worker.
   * An image is a File, Blob, ImageBitmap, ImageData or pixels, or an element such as `<video>` and `<canvas>`.
   */
  classify<Options extends Omit<ClassifyOptions, 'signal'>>(
    images: readonly ClassifiableImage[],
    options?: Options,
  ): Promise<Classification<Options>[]>;
  classify<Options extends Omit<ClassifyOptions, 'signal'>>(
    image: ClassifiableImage,
    options?: Options,
  ): Promise<Classification<Options>>;
  async classify(image: ClassifiableImage, options: Omit<ClassifyOptions, 'signal'> = {}): Promise<unknown> {
    const { answer, service } = this.#connection;
    const several = Array.isArray(image);
    const sendable: Sendable[] = [];
    for (const [i, one] of (several ? image : [image]).entries()) {
      sendable.push(await sendableImage(one, several ? `classify: image ${i}` : 'classify'));
    }
    const images = sendable.map((one) => one.image);
    const handed = sendable.flatMap((one) => one.transfer);
    const answers = await answer(
      service.classify(this.#handle, transfer(images, [...handed]), ...parts(options)),
    );
    const revived = await Promise.all(
      answers.map((one) => ('error' in one ? revivedError(one.error) : one.value)),
    );
    return several ? revived : revived[0];
  }

  /** Sets the thresholds, one per label, from 0 to 1. */
  setThresholds(thresholds: readonly number[]): Promise<void> {
    return this.#changing(this.#connection.service.setThresholds(this.#handle, [...thresholds]));
  }

  /** Sets the calibration; undefined removes it. */
  setCalibration(calibration: Calibration | undefined): Promise<void> {
    return this.#changing(this.#connection.service.setCalibration(this.#handle, calibration));
  }

  async #changing(outcome: Promise<Outcome<ClassifierFacts>>): Promise<void> {
    this.#facts = await this.#connection.answer(outcome);
  }

  /**
   * Saves the classifier. Without a target, the files of a folder that core's `load` reads are returned as bytes, by
   * name. With the target `indexeddb://NAME`, pages and workers of this site can load it by `load('indexeddb://NAME')`.
   */
  save(options?: SaveOptions): Promise<Record<string, Uint8Array>>;
  save(target: string, options?: SaveOptions): Promise<void>;
  save(target: string | SaveOptions = {}, options: SaveOptions = {}): Promise<unknown> {
    const { answer, service } = this.#connection;
    return typeof target === 'string'
      ? answer(service.saveTo(this.#handle, target, options))
      : answer(service.save(this.#handle, target));
  }

  /** The classifier as an ONNX model. See core's `onnxBytes`. */
  toOnnx(options: OnnxOptions = {}): Promise<Uint8Array> {
    return this.#connection.answer(this.#connection.service.toOnnx(this.#handle, options));
  }

  /** The classifier as a `.keras` file. See core's `kerasBytes`. */
  toKeras(): Promise<Uint8Array> {
    return this.#connection.answer(this.#connection.service.toKeras(this.#handle));
  }

  /** Frees the classifier's memory in the worker. */
  dispose(): Promise<void> {
    return this.#connection.answer(this.#connection.service.dropClassifier(this.#handle));
  }

  /** Makes a call with the handles of images. Images that were sent only for this call are removed after it. */
  async #with<Result>(
    caller: string,
    given: readonly (LabelledExamples | undefined)[],
    call: (handles: readonly (number | undefined)[]) => Promise<Result>,
  ): Promise<Result> {
    const sent: WorkerImages[] = [];
    try {
      const handles: (number | undefined)[] = [];
      for (const images of given) {
        if (images instanceof WorkerImages || images === undefined) {
          handles.push(images?.handle);
          continue;
        }
        const own = await sendExamples(this.#connection, images, this.labels, caller);
        sent.push(own);
        handles.push(own.handle);
      }
      return await call(handles);
    } finally {
      // If the worker has ended, there is nothing to remove.
      await Promise.all(sent.map((images) => images.dispose().catch(() => {})));
    }
  }
}

/** Splits options into data and the progress function, which is sent as a proxy. */
function parts<Options extends Omit<PredictOptions, 'signal'>>({ onProgress, ...options }: Options) {
  return [options, onProgress && proxy(onProgress)] as const;
}
