import type { BestBackend } from '@thawjs/backends';
import type { LoadOptions, StoredRun } from '@thawjs/core';
import type { ClassifierRequest } from './classifier-request';
import type { Connection } from './connection';
import { NotSendableError } from './errors';
import type { Example } from './example';
import { plainOptions } from './plain-options';
import { WorkerClassifier } from './worker-classifier';
import { sendExamples, type WorkerImages } from './worker-images';

/** A worker that trains and predicts. */
export class TrainingWorker {
  /** The backend of the worker, and the reasons why faster ones aren't used. */
  readonly backend: BestBackend;
  readonly #connection: Connection;

  /** @internal Made by `startTrainingWorker`. */
  constructor(connection: Connection, backend: BestBackend) {
    this.#connection = connection;
    this.backend = backend;
  }

  /**
   * Sends labelled images to the worker, so that several calls can use them.
   *
   * @throws {NotSendableError} an example isn't valid
   * @throws UnknownLabelError of `@thawjs/datasets`: an example has a label that isn't among `labels`
   */
  images(
    examples: readonly Example[],
    { labels }: { readonly labels: readonly string[] },
  ): Promise<WorkerImages> {
    return sendExamples(this.#connection, examples, labels, 'images');
  }

  /** Makes a classifier in the worker, from a pretrained network and a new head for the labels. */
  async classifier(request: ClassifierRequest): Promise<WorkerClassifier> {
    const { answer, service } = this.#connection;
    const sent = plainOptions(fromPage(request, 'weights'), 'classifier') as ClassifierRequest;
    const { handle, facts } = await answer(service.makeClassifier(sent));
    return new WorkerClassifier(this.#connection, handle, facts);
  }

  /**
   * Loads a classifier into the worker, as core's `load` does.
   *
   * @param source `indexeddb://NAME`; the URL of a folder that `save` wrote, or of its `model.json` (a relative path is
   * resolved against the page); or a `.keras` file: its URL, `File`, `Blob` or bytes
   */
  async load(
    source: string | URL | Blob | Uint8Array,
    options: Pick<LoadOptions, 'maxBytes' | 'maxDurationMs'> = {},
  ): Promise<WorkerClassifier> {
    const { answer, service } = this.#connection;
    const { place } = fromPage({ place: source instanceof URL ? source.href : source }, 'place');
    const { handle, facts } = await answer(service.loadClassifier(place, options));
    return new WorkerClassifier(this.#connection, handle, facts);
  }

  /** The stored state of a run with this `out`; undefined if there is none. See core's `storedRun`. */
  storedRun(out: string): Promise<StoredRun | undefined> {
    return this.#connection.answer(this.#connection.service.storedRun(text(out, 'storedRun')));
  }

  /** Removes a stored run, its checkpoint and model included. See core's `removeStoredRun`. */
  removeStoredRun(out: string): Promise<void> {
    return this.#connection.answer(this.#connection.service.removeStoredRun(text(out, 'removeStoredRun')));
  }

  /** Ends the worker at once. Calls that it hasn't answered fail with a TrainingWorkerError. */
  close(): void {
    this.#connection.close();
  }
}

/** Turns an option that is a path of the page into a full URL, because the worker's file has another base URL. */
function fromPage<Options extends object>(options: Options, name: keyof Options): Options {
  const place = options[name];
  if (typeof place !== 'string' || !/^\.{0,2}\/|\.\w+$/.test(place) || URL.canParse(place)) return options;
  return { ...options, [name]: new URL(place, document.baseURI).href };
}

function text(value: unknown, caller: string): string {
  if (typeof value === 'string') return value;
  throw new NotSendableError(`${caller}: expected indexeddb://NAME; received ${String(value)}.`);
}
