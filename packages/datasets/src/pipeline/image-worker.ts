import { limited } from '../batches/limited';
import { decodeBytes } from '../images/decode-image';
import { loadSmallJpegDecoder } from '../images/load-small-jpeg-decoder';
import { nodeModules } from '../platform/node-modules';
import { memoryFreer } from './free-memory';
import { shrinkTo } from './image-request';
import { readSimpleJpegs } from './read-simple-jpegs';
import { renderImage } from './render-image';
import type {
  DrawAnswer,
  DrawTask,
  ReadAnswer,
  WorkerAnswer,
  WorkerFiles,
  WorkerTask,
} from './worker-messages';

// Two images at once: one is decoded on libuv's threads while the other is drawn here. More would only take memory.
const gate = limited(2);
const { fs, threads } = nodeModules()!;
const free = memoryFreer();
let smallJpegs: ReturnType<typeof loadSmallJpegDecoder> | undefined;

threads.parentPort!.on('message', async (task: WorkerTask) => {
  if ('paths' in task) answer<ReadAnswer>(task, { files: readSimpleJpegs(task.paths, task.limits) });
  else answer<DrawAnswer>(task, await gate(() => drawn(task)));
});

function answer<Answer extends DrawAnswer | ReadAnswer>({ task }: WorkerTask, answer: Answer): void {
  const memory = 'memory' in answer ? answer.memory : answer.files.find((file) => file)?.buffer;
  threads.parentPort!.postMessage({ task, ...answer } satisfies WorkerAnswer, memory ? [memory] : []);
}

async function drawn({ encoded, request, memory }: DrawTask): Promise<DrawAnswer> {
  let doing: 'read' | 'decode' = 'read';
  try {
    const bytes = typeof encoded === 'string' ? await fs.readFile(encoded) : encoded;
    if (bytes.length === 0) throw new Error('the file is empty');
    doing = 'decode';
    smallJpegs ??= loadSmallJpegDecoder((threads.workerData as WorkerFiles).jpegCodec);
    const how = { atLeast: shrinkTo(request), smallJpegs: await smallJpegs };
    const image = await decodeBytes(bytes, request.limits, how);
    renderImage(image, request, new Uint8Array(memory));
    free(image.data);
    return { memory };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { memory, fault: { failed: doing, reason } };
  }
}
