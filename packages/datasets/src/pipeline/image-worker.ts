import { limited } from '../batches/limited';
import { decodeBytes } from '../images/decode-image';
import { loadSmallJpegDecoder } from '../images/load-small-jpeg-decoder';
import { nodeModules } from '../platform/node-modules';
import { memoryFreer } from './free-memory';
import { shrinkTo } from './image-request';
import { renderImage } from './render-image';
import type { WorkerAnswer, WorkerFiles, WorkerTask } from './worker-messages';

// Two images at once: one is decoded on libuv's threads while the other is drawn here. More would only take memory.
const gate = limited(2);
const { fs, threads } = nodeModules()!;
const free = memoryFreer();
const smallJpegs = loadSmallJpegDecoder((threads.workerData as WorkerFiles).jpegCodec);

threads.parentPort!.on('message', async (task: WorkerTask) => {
  const answer = await gate(() => drawn(task));
  threads.parentPort!.postMessage(answer, [answer.memory]);
});

async function drawn({ task, encoded, request, memory }: WorkerTask): Promise<WorkerAnswer> {
  let doing: 'read' | 'decode' = 'read';
  try {
    const bytes = typeof encoded === 'string' ? await fs.readFile(encoded) : encoded;
    if (bytes.length === 0) throw new Error('the file is empty');
    doing = 'decode';
    const how = { atLeast: shrinkTo(request), smallJpegs: await smallJpegs };
    const image = await decodeBytes(bytes, request.limits, how);
    renderImage(image, request, new Uint8Array(memory));
    free(image.data);
    return { task, memory };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { task, memory, fault: { failed: doing, reason } };
  }
}
