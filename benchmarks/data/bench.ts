// Reading, decoding, resizing and augmenting images, next to tf.data on the same files, in turns; the cost in a
// training; and memory over a long pass. `npx pnpm bench data`
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { lineProcess } from '../line-process';
import { type Figure, writeResults } from '../write-results';
import { makeJpegs } from './make-jpegs';

const IMAGES = 2048;
const PHOTOGRAPHS = 256;
const BATCH = 32;
const ROUNDS = 6;
const LONG_PASS = 20_000;
const TRAINING_ROUNDS = 5;
const here = import.meta.dirname;
const tsx = [...process.execArgv, '--expose-gc'];

const NOTES = `${IMAGES} JPEGs of 178×218, drawn by a script, to float32 batches of ${BATCH}×224×224×3, shuffled, read from files in the page cache.
Each side is one process; they run a pass each in turns, ${ROUNDS} times, and each one's fastest pass after the first counts.
tf.data as Keras' guides set it up: decode and resize in a parallel map, then batches, then the layers RandomFlip,
RandomRotation(0.03) and RandomZoom(0.1) in a parallel map, AUTOTUNE everywhere. Ours: the same draws in one interpolation.
Training: ResNet50 at 224×224, everything but BatchNormalization's statistics learning, batches of 16, an epoch of 128 from
augmented files and one from the same batches kept in memory, in turns; its ratio is the median of the rounds'. Memory: the resident set of one process after 5,000 and
after ${LONG_PASS.toLocaleString('en-US')} augmented images.

resize: 'fast' is measured on ${PHOTOGRAPHS} JPEGs of 1600×1200, beside our default on the same files.

The pass that only resizes is TensorFlow's own decoder and resize, a batch at a time (nativeJpegDecoder), as training and
prediction on the native backend use it. By threads alone, as on other backends, small JPEGs are decoded by libjpeg-turbo in
WebAssembly and resized in JavaScript. Augmented images always are: their draws and the resize are one interpolation.`;

const folder = mkdtempSync(join(tmpdir(), 'thaw-bench-data-'));
try {
  const images = join(folder, 'images');
  const list = join(folder, 'paths.json');
  writeFileSync(list, JSON.stringify(await makeJpegs(images, IMAGES)));
  const photographs = join(folder, 'photographs.json');
  writeFileSync(
    photographs,
    JSON.stringify(await makeJpegs(join(folder, 'photographs'), PHOTOGRAPHS, [1600, 1200])),
  );

  const ours = lineProcess(process.execPath, [...tsx, join(here, 'ours.ts'), list, String(BATCH)]);
  const peer = lineProcess(process.env.PYTHON!, ['-B', join(here, 'tf_data.py'), images, String(BATCH)]);
  const versions = await peer.ask();
  const times = {
    plain: { ours: [] as number[], peer: [] as number[] },
    threads: { ours: [] as number[], peer: [] as number[] },
    augmented: { ours: [] as number[], peer: [] as number[] },
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const pass of ['plain', 'augmented'] as const) {
      times[pass].ours.push((await ours.ask(pass)).msPerImage);
      times[pass].peer.push((await peer.ask(pass)).msPerImage);
    }
    times.threads.ours.push((await ours.ask('plain by threads')).msPerImage);
    times.threads.peer.push(times.plain.peer.at(-1)!);
    console.log(`round ${round + 1} of ${ROUNDS}: ${JSON.stringify(times)}`);
  }
  await Promise.all([ours.stop(), peer.stop()]);

  const large = lineProcess(process.execPath, [...tsx, join(here, 'ours.ts'), photographs, String(BATCH)]);
  const ways = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    ways.ours.push((await large.ask('fast')).msPerImage);
    ways.peer.push((await large.ask('plain')).msPerImage);
  }
  await large.stop();
  console.log(`photographs: ${JSON.stringify(ways)}`);

  const memory = lineProcess(process.execPath, [...tsx, join(here, 'memory.ts'), list, String(LONG_PASS)]);
  const megabytes: number[] = (await memory.ask()).megabytes;
  console.log(`memory, MB after each thousand images: ${megabytes.map(Math.round).join(' ')}`);
  const training = lineProcess(process.execPath, [
    ...tsx,
    join(here, 'training.ts'),
    list,
    String(TRAINING_ROUNDS),
  ]);
  const steps = (await training.ask()) as unknown as { files: number[]; memory: number[] };
  console.log(`training, ms an image: ${JSON.stringify(steps)}`);

  const pass = (
    name: string,
    { ours, peer }: { ours: number[]; peer: number[] },
    goal?: number,
    other = 'tf.data',
  ): Figure => {
    const [mine, theirs] = [Math.min(...ours.slice(1)), Math.min(...peer.slice(1))];
    return {
      name,
      unit: 'ms/image',
      ours: mine,
      peers: { [other]: theirs },
      ratio: theirs / mine,
      ...(goal && { goal }),
    };
  };
  const rounds = steps.memory.map((ms, round) => ms / steps.files[round]);
  const [files, kept] = [median(steps.files), median(steps.memory)];
  const [early, late] = [megabytes[4], megabytes.at(-1)!];
  writeResults({
    name: 'data',
    title: 'Data',
    versions: { ...versions, sharp: sharp.versions.sharp, libvips: sharp.versions.vips },
    figures: [
      pass('JPEG to batch, augmented', times.augmented, 1.8),
      pass('JPEG to batch, resized alone', times.plain, 1),
      pass('JPEG to batch, resized alone, by threads', times.threads),
      pass("JPEG of 1600×1200 to batch, resize: 'fast'", ways, undefined, "resize: 'tensorflow'"),
      {
        name: 'ResNet50 training, from augmented files',
        unit: 'ms/image',
        ours: files,
        peers: { 'from memory': kept },
        ratio: median(rounds),
        goal: 0.95,
      },
      {
        name: `memory after ${LONG_PASS.toLocaleString('en-US')} images`,
        unit: 'MB',
        ours: late,
        peers: { 'after 5,000': early },
        ratio: early / late,
        goal: 0.95,
      },
    ],
    notes: `${NOTES}\n\nThe training's rounds, memory over files: ${rounds.map((ratio) => ratio.toFixed(2)).join(', ')}. Where they are far apart the machine was not\nquiet, and the median says little.`,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
