import * as tf from '@tensorflow/tfjs-core';
import { load, OptionError } from '@thawjs/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  NotSendableError,
  startTrainingWorker,
  type TrainingWorker,
  TrainingWorkerError,
  type WorkerFineTuneOptions,
} from '../src';
import { LABELS, tinyExamples } from './tiny-examples';

const start = () =>
  startTrainingWorker({
    worker: () => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }),
    prefer: ['wasm'],
    wasmPath: '/',
    log: () => {},
  });

const train = tinyExamples(96, 1);
const validation = tinyExamples(64, 2);
const options: WorkerFineTuneOptions = {
  train,
  validation,
  batchSize: 16,
  head: { epochs: 3, learningRate: 0.05 },
  thaw: { epochs: 2, learningRate: { schedule: 'cosine', learningRate: 1e-3 } },
};

let worker: TrainingWorker;
beforeAll(async () => {
  worker = await start();
});
afterAll(() => worker.close());

const tiny = (of: TrainingWorker = worker) => of.classifier({ backbone: 'tiny', labels: LABELS });

describe('a training in a worker', () => {
  test('trains there alone, and tells the page of phases, batches, epochs and the end', async () => {
    const model = await tiny();
    const heard: string[] = [];
    const epochs: number[] = [];
    const training = model.fineTune({
      ...options,
      onPhase: ({ name }) => heard.push(`phase ${name}`),
      onBatch: ({ activity }) => heard.push(activity),
      onEpoch: ({ epoch, loss }) => {
        heard.push(`epoch ${epoch}`);
        epochs.push(loss);
      },
      onState: (state) => heard.push(state),
    });
    expect(training.state).toBe('running');
    const run = await training.finished;
    expect(run.history.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
      'head 0',
      'head 1',
      'head 2',
      'thaw 3',
      'thaw 4',
    ]);
    expect(run.history.at(-1)!.val_auc).toBeGreaterThan(0.9);
    expect(epochs).toEqual(run.history.map(({ loss }) => loss));
    expect(heard.filter((word) => /phase|epoch|ended/.test(word))).toEqual([
      'phase head',
      'epoch 0',
      'epoch 1',
      'epoch 2',
      'phase thaw',
      'epoch 3',
      'epoch 4',
      'ended',
    ]);
    expect(heard).toContain('features');
    expect(heard).toContain('train');
    expect(run.interrupted).toBe(false);
    // The page has computed nothing: no backend was made in it.
    expect(tf.engine().state.numTensors).toBe(0);
    expect(Object.keys(tf.engine().registry)).toEqual([]);
  });

  test('can be paused, stands still, answers meanwhile, goes on, and can be stopped with what it has learned', async () => {
    const model = await tiny();
    const batches: number[] = [];
    let pausedAfter = 0;
    const training = model.fineTune({
      train,
      validation,
      batchSize: 8,
      featureCache: false,
      head: { epochs: 500, learningRate: 1e-3 },
      thaw: false,
      tune: false,
      onBatch: ({ batch }) => batches.push(batch),
      onState: () => {
        pausedAfter = batches.length;
      },
    });
    const enters = async (state: string) => {
      while (training.state !== state) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    training.pause();
    await enters('paused');
    const [answer] = await model.classify([train[0].image], { topK: 1 });
    expect(answer[0].probability).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(batches.length).toBe(pausedAfter);
    training.resume();
    await enters('running');
    while (batches.length < pausedAfter + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    training.stop();
    const run = await training.finished;
    expect(run.interrupted).toBe(true);
    expect(run.history.length).toBeLessThan(500);
    expect(training.state).toBe('ended');
    training.pause();
    expect(training.state).toBe('ended');
  });

  test('is stopped by a signal, and while it is paused', async () => {
    const model = await tiny();
    const stop = new AbortController();
    const training = model.fineTune({
      train,
      head: { epochs: 500, learningRate: 1e-3 },
      thaw: false,
      featureCache: false,
      signal: stop.signal,
      onState: (state) => state === 'paused' && stop.abort(),
    });
    training.pause();
    expect((await training.finished).interrupted).toBe(true);
  });

  test('that was interrupted goes on in a new worker, and ends with the same bytes as one that was not', async () => {
    const out = `indexeddb://runs/${crypto.randomUUID()}`;
    const whole = await tiny();
    await whole.fineTune(options).finished;
    const expected = await whole.predict(validation);

    const first = await start();
    const begun = (await tiny(first)).fineTune({
      ...options,
      out,
      // As a page that is closed in the middle of the second epoch of the head.
      onEpoch: ({ epoch }) => epoch === 1 && first.close(),
    });
    await expect(begun.finished).rejects.toThrow(TrainingWorkerError);

    const stored = await worker.storedRun(out);
    expect(stored?.resumable).toBe(true);
    expect(stored?.recipe.labels).toEqual(LABELS);
    await expect((await tiny()).fineTune({ ...options, out }).finished).rejects.toMatchObject({
      code: 'ERR_OPTION',
    });
    const other = { ...options, out, resume: true as const, train: tinyExamples(96, 3) };
    await expect((await tiny()).fineTune(other).finished).rejects.toMatchObject({ code: 'ERR_RESUME' });

    const model = await tiny();
    const run = await model.fineTune({ ...options, out, resume: true }).finished;
    expect(run.history.length).toBe(5);
    expect((await model.predict(validation)).data).toEqual(expected.data);
    expect((await worker.storedRun(out))?.history?.finished).toBe(true);
    const again = await worker.load(`${out}/model`);
    expect((await again.predict(validation)).data).toEqual(expected.data);

    await worker.removeStoredRun(out);
    expect(await worker.storedRun(out)).toBeUndefined();
    await expect(worker.load(`${out}/model`)).rejects.toThrow();
  });
});

test('a worker that ends in the middle of a training is told at once, and what was stored goes on', async () => {
  const out = `indexeddb://runs/${crypto.randomUUID()}`;
  let raw: Worker | undefined;
  const doomed = await startTrainingWorker({
    worker: () => {
      raw = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
      return raw;
    },
    prefer: ['wasm'],
    wasmPath: '/',
    log: () => {},
  });
  // The page's own handle, as the browser's end of a worker: neither sends an event.
  const { finished } = (await tiny(doomed)).fineTune({
    ...options,
    out,
    onEpoch: ({ epoch }) => epoch === 1 && raw?.terminate(),
  });
  const error = await finished.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(TrainingWorkerError);
  expect(error).toMatchObject({ code: 'ERR_TRAINING_WORKER' });
  expect(error.message).toContain('pass resume: true');
  await expect(tiny(doomed)).rejects.toThrow(TrainingWorkerError);

  const { history, interrupted } = await (await tiny()).fineTune({ ...options, out, resume: true }).finished;
  expect([history.length, interrupted]).toEqual([5, false]);
  await worker.removeStoredRun(out);
});

describe('a classifier in a worker', () => {
  test.each(['', '/'])(
    'that is resumed in two tabs at once is refused in the second: OptionError (place ends with "%s")',
    async (end) => {
      const out = `indexeddb://runs/${crypto.randomUUID()}`;
      const other = await start();
      try {
        let begun = () => {};
        const isRunning = new Promise<void>((resolve) => {
          begun = resolve;
        });
        const first = (await tiny()).fineTune({ ...options, out, resume: true, onEpoch: () => begun() });
        await isRunning;
        first.pause();
        const second = (await tiny(other)).fineTune({ ...options, out: out + end, resume: true });
        const error = await second.finished.catch((thrown) => thrown);
        expect(error).toBeInstanceOf(OptionError);
        expect(error.message).toContain('another run is writing to');
        first.resume();
        const { history } = await first.finished;
        expect(history.length).toBe(5);
        const later = await (await tiny(other)).fineTune({ ...options, out: out + end, resume: true })
          .finished;
        expect(later.history).toEqual(history);
      } finally {
        other.close();
      }
    },
  );

  test('predicts, evaluates, tunes and classifies as one in the page, which loads its files', async () => {
    const model = await tiny();
    await model.fineTune({ ...options, tune: false }).finished;
    const images = await worker.images(validation, { labels: LABELS });
    expect(images.length).toBe(64);
    const { data, shape } = await model.predict(images);
    expect(shape).toEqual([64, 2]);
    const seen: number[] = [];
    const evaluation = await model.evaluate(images, { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(64);
    expect(Array.from(evaluation.yScore.data)).toEqual(Array.from(data));
    expect(evaluation.ids).toEqual(validation.map(({ id }) => id));
    expect(String(evaluation)).toContain('Bright');
    expect(JSON.parse(JSON.stringify(evaluation))).not.toHaveProperty('yScore');

    const tuning = await model.tune(images);
    expect(model.thresholds).toEqual(tuning.thresholds);
    await model.setThresholds([0.25, 0.75]);
    expect(model.thresholds).toEqual([0.25, 0.75]);
    await expect(model.setThresholds([2, 0])).rejects.toMatchObject({ code: 'ERR_OPTION' });

    const place = `indexeddb://${crypto.randomUUID()}`;
    await model.save(place);
    const { useBestBackend } = await import('@thawjs/backends');
    await useBestBackend({ prefer: ['cpu'], log: () => {} });
    const inPage = await load(place);
    expect(inPage.thresholds).toEqual([0.25, 0.75]);
    const { image } = validation[0];
    const [ofPage, ofWorker] = [await inPage.classify(image), await model.classify(image)];
    expect(ofWorker.map(({ label, predicted }) => [label, predicted])).toEqual(
      ofPage.map(({ label, predicted }) => [label, predicted]),
    );
    ofWorker.forEach(({ probability }, i) => {
      expect(probability).toBeCloseTo(ofPage[i].probability, 4);
    });
    await tf.io.removeModel(place);

    const files = await model.save({ weights: 'float16' });
    expect(Object.keys(files)[0]).toBe('model.json');
    const fromKeras = await load(await model.toKeras());
    expect(fromKeras.labels).toEqual(LABELS);
    expect((await model.toOnnx()).length).toBeGreaterThan(1000);
    await images.dispose();
    await expect(model.predict(images)).rejects.toMatchObject({ code: 'ERR_OPTION' });
    await model.dispose();
    await expect(model.toKeras()).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });

  test('takes files, pictures and pixels alike, and leaves the page’s own as they are', async () => {
    const canvas = new OffscreenCanvas(8, 8);
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'rgb(200, 40, 40)';
    context.fillRect(0, 0, 8, 8);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const bitmap = await createImageBitmap(canvas);
    const pixels = context.getImageData(0, 0, 8, 8);
    const file = new File([blob], 'red.png');
    const model = await tiny();
    const examples = [blob, file, bitmap, pixels].map((image) => ({ image, labels: ['Red'] }));
    const images = await worker.images(examples, { labels: LABELS });
    expect(images.ids).toEqual(['image 0', 'red.png', 'image 2', 'image 3']);
    const { data } = await model.predict(images);
    for (let row = 1; row < 4; row++) {
      expect(Array.from(data.subarray(2 * row, 2 * row + 2))).toEqual(Array.from(data.subarray(0, 2)));
    }
    expect([bitmap.width, pixels.data.length]).toEqual([8, 256]);
  });
});

describe('what cannot be', () => {
  test.each([
    ['an image that is none', { image: 'cat.jpg' as never, labels: [] }],
    ['labels that are no list', { image: train[0].image, labels: 'Red' as never }],
    ['pixels of another size', { image: { data: new Uint8Array(5), width: 8, height: 8 }, labels: [] }],
  ])('%s is refused before anything is trained', async (_, example) => {
    const model = await tiny();
    const { finished } = model.fineTune({ ...options, train: [...train, example] });
    await expect(finished).rejects.toThrow(NotSendableError);
    await expect(finished).rejects.toThrow('examples[96]');
  });

  test('errors of the worker are of our classes, with code, message and cause', async () => {
    const { OptionError } = await import('@thawjs/core');
    const { ImageDecodeError, UnknownLabelError } = await import('@thawjs/datasets');
    const model = await tiny();
    const failure = (more: object) =>
      model.fineTune({ ...options, ...more }).finished.catch((error) => error);
    const misspelt = await failure({ epoch: 3 });
    expect(misspelt).toBeInstanceOf(OptionError);
    expect(misspelt).toMatchObject({ name: 'OptionError', code: 'ERR_OPTION' });
    expect(misspelt.message).toContain('"epoch"');
    const unknown = await failure({ train: [{ image: train[0].image, labels: ['Blue'] }] });
    expect(unknown).toBeInstanceOf(UnknownLabelError);
    const broken = await failure({
      train: [...train, { image: new Blob(['no image']), labels: [], id: 'broken.jpg' }],
    });
    expect(broken).toBeInstanceOf(ImageDecodeError);
    expect(broken).toMatchObject({ id: 'broken.jpg', code: 'ERR_IMAGE_DECODE' });
    expect(await failure({ loss: () => 0 })).toBeInstanceOf(NotSendableError);
    expect(await failure({ head: { optimizer: { optimizer: 'adm' } } })).toBeInstanceOf(OptionError);
  });

  test('a second training is refused while one runs', async () => {
    const model = await tiny();
    const first = model.fineTune({ ...options, head: { epochs: 300, learningRate: 1e-3 } });
    first.pause();
    await expect((await tiny()).fineTune(options).finished).rejects.toMatchObject({ code: 'ERR_OPTION' });
    first.stop();
    await first.finished;
  });

  test('a file that is not there, and one that does not serve, are told', async () => {
    await expect(startTrainingWorker({ worker: '/nowhere/worker.js' })).rejects.toThrow(TrainingWorkerError);
    await expect(startTrainingWorker({ worker: 'http://[' })).rejects.toThrow(TrainingWorkerError);
    await expect(startTrainingWorker({ wokrer: 1 } as never)).rejects.toThrow('"wokrer"');
  });
});
