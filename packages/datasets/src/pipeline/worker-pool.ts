import { type Limited, limited } from '../batches/limited';
import { WorkerFailedError } from '../errors';
import { installedFile } from '../platform/installed-file';
import { nodeModules } from '../platform/node-modules';
import type { Thread } from '../platform/node-types';
import type { ImageRequest } from './image-request';
import type { SimpleJpegLimits } from './read-simple-jpegs';
import type {
  DrawAnswer,
  DrawTask,
  ReadAnswer,
  ReadTask,
  WorkerAnswer,
  WorkerFault,
  WorkerFiles,
  WorkerTask,
} from './worker-messages';

interface Member {
  readonly worker: Thread;
  readonly waiting: Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>;
}

/** Images that a thread has at once: it decodes one while it draws another, and two wait. */
const PER_THREAD = 4;

/**
 * Threads that read, decode and draw images.
 *
 * They are started by the first task, keep the process alive only while they have one, and end with it.
 *
 * Threads draw into memory that goes back and forth between them and the calling thread. If each image had memory of its
 * own, it would be allocated on one thread and freed on another at times that garbage collection decides, and the heap of
 * the process would grow by fragments.
 */
export class WorkerPool {
  private readonly members: Member[] = [];
  private readonly gate: Limited;
  private lastTask = 0;
  private code: Promise<string> | undefined;
  private free: ArrayBuffer[] = [];

  constructor(private readonly size: number) {
    this.gate = limited(PER_THREAD * size);
  }

  /**
   * Lets the least busy thread draw an image, and copies its pixels into `out`.
   *
   * @param stop if it aborts before the image's turn, the call rejects with its reason
   * @returns why the image can't be drawn; undefined if it is drawn
   */
  draw(
    encoded: Uint8Array | string,
    request: ImageRequest,
    out: Uint8Array,
    stop: AbortSignal,
  ): Promise<WorkerFault | undefined> {
    return this.gate(async () => {
      stop.throwIfAborted();
      const memory = this.memory(out.length);
      const answer = await this.answer<DrawAnswer>({ encoded, request, memory }, [memory]);
      if (!answer.fault) out.set(new Uint8Array(answer.memory));
      this.free.push(answer.memory);
      return answer.fault;
    });
  }

  /**
   * Reads the files that are simple JPEGs, all on one thread. A second one would take a core from TensorFlow, which decodes the
   * batch before.
   *
   * @returns each file, undefined for one that isn't a simple JPEG, can't be read, or goes beyond the limits
   */
  async read(paths: readonly string[], limits: SimpleJpegLimits): Promise<ReadAnswer['files']> {
    return (await this.answer<ReadAnswer>({ paths, limits }, [])).files;
  }

  private memory(bytes: number): ArrayBuffer {
    // Memory of another size is of an earlier pass.
    this.free = this.free.filter(({ byteLength }) => byteLength === bytes);
    return this.free.pop() ?? new ArrayBuffer(bytes);
  }

  private async answer<Answer>(
    given: DrawTask | ReadTask,
    transfer: readonly ArrayBuffer[],
  ): Promise<WorkerAnswer<Answer>> {
    // Imported dynamically, so that a bundle has it in a separate chunk, which a browser never loads.
    this.code ??= import('./image-worker-code').then(({ imageWorkerCode }) => imageWorkerCode);
    const code = await this.code;
    while (this.members.length < this.size) this.members.push(this.member(code));
    const { worker, waiting } = this.members.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    const task = ++this.lastTask;
    return new Promise<WorkerAnswer<Answer>>((resolve, reject) => {
      if (waiting.size === 0) worker.ref();
      waiting.set(task, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({ task, ...given } satisfies WorkerTask, transfer);
    });
  }

  private member(code: string): Member {
    const member: Member = { worker: startWorker(code), waiting: new Map() };
    const { worker, waiting } = member;
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => {
      waiting.get(answer.task)?.resolve(answer);
      waiting.delete(answer.task);
      if (waiting.size === 0) worker.unref();
    });
    const fail = (reason: string, cause?: unknown) => {
      const index = this.members.indexOf(member);
      if (index !== -1) this.members.splice(index, 1);
      const error = new WorkerFailedError(
        `batches: a worker thread ended: ${reason}. With workers: 0 the images are drawn on the calling thread.`,
        { cause },
      );
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    worker.on('error', (error) => fail(error.message, error));
    worker.on('exit', (code) => fail(`exit code ${code}`));
    return member;
  }
}

/** Starts a thread that evaluates the code of image-worker. */
function startWorker(code: string): Thread {
  return new (nodeModules()!.threads.Worker)(code, {
    eval: true,
    workerData: {
      sharp: installedFile('sharp'),
      jpegCodec: installedFile('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
    } satisfies WorkerFiles,
  });
}

const pools = new Map<number, WorkerPool>();

/** The pool with a given number of threads. It is shared by all passes of the process, because threads take long to start. */
export function sharedPool(threads: number): WorkerPool {
  let pool = pools.get(threads);
  if (!pool) {
    pool = new WorkerPool(threads);
    pools.set(threads, pool);
  }
  return pool;
}
