// The page of the benchmark: trains in a worker or in its own thread, and measures how long tasks block it.
import { useBestBackend } from '../../packages/backends/src';
import { type Example, startTrainingWorker } from '../../packages/browser/src';
import { backbone, classifier, faceResnet, fineTune } from '../../packages/core/src';
import { blobImages, ImageDataset } from '../../packages/datasets/src';
import type { PageCase, SeenFigures } from './measures';

const LABELS = ['round', 'red'];
const SIDE = 112;

/** Drawn images as PNG files: a disc or a square, red or blue. */
async function drawnFiles(count: number): Promise<{ file: File; labels: string[] }[]> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d')!;
  const files: { file: File; labels: string[] }[] = [];
  for (let i = 0; i < count; i++) {
    const [isRound, isRed] = [i % 2 === 0, i % 3 === 0];
    context.fillStyle = `hsl(${(i * 37) % 360} 20% 80%)`;
    context.fillRect(0, 0, SIDE, SIDE);
    context.fillStyle = isRed ? '#c33' : '#33c';
    context.beginPath();
    if (isRound) context.arc(56, 56, 30 + (i % 9), 0, 7);
    else context.rect(26, 26, 50 + (i % 9), 60);
    context.fill();
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const labels = [...(isRound ? ['round'] : []), ...(isRed ? ['red'] : [])];
    files.push({ file: new File([blob], `${i}.png`), labels });
  }
  return files;
}

/** Counts the tasks of this thread that take more than 50 ms, and the longest wait of a timer. */
function watchThread(): () => Pick<SeenFigures, 'longTasks' | 'longestTaskMs' | 'longestWaitMs'> {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    tasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return { longTasks: tasks.length, longestTaskMs: Math.max(0, ...tasks), longestWaitMs: longest };
  };
}

/** Trains for an epoch of the head and one of all layers, evaluates, and saves. */
async function measured(one: PageCase): Promise<SeenFigures> {
  const files = await drawnFiles(one.images);
  const recipe = {
    batchSize: 8,
    head: { epochs: 1, learningRate: 1e-3 },
    thaw: { epochs: 1, learningRate: 1e-4 },
    tune: false,
  } as const;
  const backend = { prefer: ['wasm'], wasmPath: '/wasm/', log: () => {} } as const;
  const size = { weights: null, inputSize: [SIDE, SIDE] } as const;
  const stop = watchThread();
  const started = performance.now();
  let batches = 0;
  if (one.thread === 'worker') {
    const worker = await startTrainingWorker({ worker: '/training.worker.js', ...backend });
    const model = await worker.classifier({ backbone: one.network, labels: LABELS, ...size });
    const examples: Example[] = files.map(({ file, labels }) => ({ image: file, labels }));
    const run = model.fineTune({ train: examples, ...recipe, onBatch: () => batches++ });
    await run.finished;
    await model.evaluate(examples.slice(0, 16));
    await model.save();
    worker.close();
  } else {
    await useBestBackend(backend);
    const network =
      one.network === 'face_resnet' ? await faceResnet(size) : await backbone(one.network, size);
    const model = classifier(network, { labels: LABELS });
    const train = new ImageDataset({
      ids: files.map(({ file }) => file.name),
      labels: LABELS,
      y: Uint8Array.from(files.flatMap(({ labels }) => LABELS.map((name) => Number(labels.includes(name))))),
      images: blobImages(files.map(({ file }) => file)),
    });
    await fineTune(model, { train, ...recipe, callbacks: [{ onBatchEnd: () => void batches++ }] });
  }
  const seconds = (performance.now() - started) / 1000;
  // The observer reports a task only after it has ended.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { ...stop(), seconds, batches, threads: crossOriginIsolated };
}

Object.assign(window, { measured });
