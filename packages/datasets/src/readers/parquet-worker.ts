import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { installedFile } from '../platform/installed-file';
import { nodeModules } from '../platform/node-modules';
import type { Thread } from '../platform/node-types';

/** The task of the thread: one column, which is the only one in the description, in a range of rows. */
export interface ColumnRequest {
  readonly metadata: FileMetaData;
  readonly column: string;
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** A damaged page can make hyparquet fill an array without end; its thread then ends instead of this process. */
const MOST_MEGABYTES = 1024;

/** The code of the thread. It reads no file itself, but asks for every range of bytes. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads');
const { pathToFileURL } = require('node:url');
const waiting = new Map();
let asked = 0;
const load = Promise.all([workerData.hyparquet, workerData.compressors].map((path) => import(pathToFileURL(path).href)));
parentPort.on('message', async (message) => {
  if (message.answer !== undefined) {
    const { resolve, reject } = waiting.get(message.answer);
    waiting.delete(message.answer);
    if (message.bytes) resolve(message.bytes);
    else reject(new Error(message.failed));
    return;
  }
  const { request, byteLength } = message;
  const slice = (start, end = byteLength) => {
    const read = new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      parentPort.postMessage({ ask: asked, start, end });
    });
    read.catch(() => undefined);
    return read;
  };
  try {
    const [{ parquetReadObjects }, { compressors }] = await load;
    parentPort.postMessage({ begun: true });
    const { metadata, column, rowStart, rowEnd } = request;
    const rows = await parquetReadObjects({
      file: { byteLength, slice }, metadata, compressors, utf8: false, rowStart, rowEnd,
    });
    parentPort.postMessage({ cells: rows.map((row) => row[column]) });
  } catch (error) {
    parentPort.postMessage({ failed: String(error && error.message) });
  }
});
process.on('unhandledRejection', () => undefined);
`;

type FromWorker =
  | { readonly ask: number; readonly start: number; readonly end: number }
  | { readonly begun: true }
  | { readonly cells: unknown[] }
  | { readonly failed: string };

let idle: Thread | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a column in a thread that is stopped after some seconds, one column after another.
 *
 * @param seconds of decoding; starting the thread doesn't count
 * @param tooSlow makes the error of a column that takes longer
 * @returns undefined if there are no threads, or hyparquet isn't installed as a package of its own
 */
export function readInWorker(
  file: AsyncBuffer,
  request: ColumnRequest,
  seconds: number,
  tooSlow: () => Error,
): Promise<unknown[]> | undefined {
  if (!nodeModules()) return undefined;
  const hyparquet = installedFile('hyparquet');
  const compressors = installedFile('hyparquet-compressors');
  if (!hyparquet || !compressors) return undefined;
  const turn = last.then(() => read());
  last = turn.catch(() => undefined);
  return turn;

  async function read(): Promise<unknown[]> {
    const { threads } = nodeModules()!;
    const worker =
      idle ??
      new threads.Worker(CODE, {
        eval: true,
        workerData: { hyparquet, compressors },
        resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
      });
    idle = undefined;
    worker.ref();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopListening = () => {};
    try {
      const cells = await new Promise<unknown[]>((resolve, reject) => {
        const onMessage = (message: FromWorker) => {
          if ('begun' in message) {
            if (Number.isFinite(seconds)) timer = setTimeout(() => reject(tooSlow()), 1000 * seconds);
          } else if ('cells' in message) resolve(message.cells);
          else if ('failed' in message) reject(new Error(message.failed));
          else {
            Promise.resolve(file.slice(message.start, message.end)).then(
              (bytes) => worker.postMessage({ answer: message.ask, bytes }, [bytes]),
              (error: Error) => worker.postMessage({ answer: message.ask, failed: error.message }),
            );
          }
        };
        const onExit = () => reject(new Error('the thread that read it ended'));
        worker.on('message', onMessage).on('error', reject).on('exit', onExit);
        stopListening = () => {
          worker.off('message', onMessage).off('error', reject).off('exit', onExit);
        };
        worker.postMessage({ request, byteLength: file.byteLength });
      });
      stopListening();
      worker.unref();
      idle = worker;
      return cells;
    } catch (error) {
      stopListening();
      worker.on('error', () => undefined);
      await worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
