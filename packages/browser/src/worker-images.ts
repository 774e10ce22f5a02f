import { transfer } from 'comlink';
import type { Connection } from './connection';
import { NotSendableError } from './errors';
import type { Example } from './example';
import type { SentExample } from './messages';
import { sendableImage } from './sent-image';

/**
 * The most examples, and about the most copied bytes, in one message. Such a message takes a page a few milliseconds.
 */
const AT_ONCE = 200;
const BYTES_AT_ONCE = 4 * 2 ** 20;

/** Labelled images that a worker holds. */
export class WorkerImages {
  /** @internal Made by `TrainingWorker.images`. */
  constructor(
    /** The handle of the images in the worker. */
    readonly handle: number,
    /** A name per image. */
    readonly ids: readonly string[],
    /** The labels' names, in the order of the columns of all numbers. */
    readonly labels: readonly string[],
    private readonly connection: Connection,
  ) {}

  /** The number of images. */
  get length(): number {
    return this.ids.length;
  }

  /** Removes the images from the worker. */
  async dispose(): Promise<void> {
    await this.connection.answer(this.connection.service.dropImages(this.handle));
  }
}

/**
 * Sends examples to the worker in several messages, so that the page stays responsive.
 *
 * @param caller names the function in messages.
 */
export async function sendExamples(
  connection: Connection,
  examples: readonly Example[],
  labels: readonly string[],
  caller: string,
): Promise<WorkerImages> {
  const { service, answer } = connection;
  if (!Array.isArray(examples)) {
    throw new NotSendableError(
      `${caller}: expected a list of { image, labels }; received ${String(examples)}.`,
    );
  }
  const handle = await answer(service.openImages([...labels]));
  const ids: string[] = [];
  let piece: SentExample[] = [];
  let handed: Transferable[] = [];
  let bytes = 0;
  const send = async () => {
    ids.push(...(await answer(service.addImages(handle, transfer(piece, handed)))));
    piece = [];
    handed = [];
    bytes = 0;
  };
  try {
    for (const [i, example] of examples.entries()) {
      const what = `${caller}: examples[${i}]`;
      checkExample(example, what);
      const { image, transfer: own, bytes: copied } = await sendableImage(example.image, `${what}.image`);
      const { labels: of, unknown = [], id = nameOf(example.image, i) } = example;
      piece.push({ image, labels: [...of], unknown: [...unknown], id });
      handed.push(...own);
      bytes += copied;
      if (piece.length >= AT_ONCE || bytes >= BYTES_AT_ONCE) await send();
    }
    await send();
  } catch (error) {
    await answer(service.dropImages(handle));
    throw error;
  }
  return new WorkerImages(handle, ids, [...labels], connection);
}

function checkExample(example: Example, what: string): void {
  const isText = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  const { labels, unknown = [], id = '' } = (example ?? {}) as Partial<Example>;
  if (!isText(labels) || !isText(unknown) || typeof id !== 'string') {
    throw new NotSendableError(
      `${what}: expected { image, labels, unknown?, id? } with names of labels as texts; received labels ` +
        `${JSON.stringify(labels)}, unknown ${JSON.stringify(unknown)}, id ${JSON.stringify(id)}.`,
    );
  }
}

function nameOf(image: unknown, index: number): string {
  const name = image instanceof Blob && 'name' in image ? String(image.name) : '';
  return name || `image ${index}`;
}
