import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScoreRow } from '../../packages/cli/src/scores/score-shard';
import { thaw } from '../../packages/cli/test/thaw';
import { drawImages, saveTinyModel } from '../../packages/cli/test/tiny-run';
import { writeScoreShards } from '../write-score-shards';
import type { Writer } from './writers';

const IMAGES = 6;
const COUNT = 2;

/** The commands that write tables: each version predicts other images. */
export function commandWriters(): readonly Writer[] {
  let made: Promise<string> | undefined;
  const sources = () => {
    made ??= makeSources();
    return made;
  };
  const predict = async (version: number, ...flags: string[]) => {
    const place = await sources();
    await told(
      'predict',
      join(place, String(version), 'images'),
      '--model',
      place,
      '--backend',
      'cpu',
      ...flags,
    );
  };
  return [
    {
      name: 'thaw predict --csv',
      write: (folder, version) => predict(version, '--csv', '--out', join(folder, 'scores.csv')),
    },
    {
      // A shard of another job is refused, so each version has a folder of its own.
      name: 'thaw predict --shard',
      write: (folder, version) =>
        predict(version, '--shard', '1/2', '--out', join(folder, `shards-${version}`)),
    },
    {
      name: 'thaw merge',
      async write(folder, version) {
        await told('merge', join(await sources(), `shards-${version}`), '--out', join(folder, 'merged'));
      },
    },
    {
      // A stand-in for TensorFlow's converter copies the graph and adds the version.
      name: 'thaw export --to tflite',
      async write(folder, version) {
        const place = await sources();
        process.env.THAW_PYTHON = join(place, `python-${version}`);
        await told('export', place, '--to', 'tflite', '--out', join(folder, 'a.tflite'));
      },
    },
    {
      name: 'thaw analyse',
      async write(folder, version) {
        const labels = join(await sources(), `labels-${version}.csv`);
        await told('analyse', labels, '--out', join(folder, 'analysis'));
      },
    },
  ];
}

/** A model, images and shards of two versions. They are removed when the process ends. */
async function makeSources(): Promise<string> {
  // The paths of images are in what is written, so child processes take the sources of their parent.
  const given = process.env.THAW_COMMAND_SOURCES;
  if (given) return given;
  const place = mkdtempSync(join(tmpdir(), 'thaw-command-writers-'));
  process.on('exit', () => rmSync(place, { recursive: true, force: true }));
  await saveTinyModel(place);
  for (const version of [0, 1]) {
    await drawImages(join(place, String(version)), IMAGES, version + 1);
    await writeShards(join(place, `shards-${version}`), version);
    const rows = Array.from({ length: 30 }, (_, row) => `${row}.png,${row % 2},${+(row % 3 === version)}`);
    await writeFile(join(place, `labels-${version}.csv`), ['file,Red,Bright', ...rows, ''].join('\n'));
    const script = `#!/bin/sh\ncp "$3/saved_model.pb" "$4" && echo ${version} >> "$4"\n`;
    await writeFile(join(place, `python-${version}`), script, { mode: 0o755 });
  }
  process.env.THAW_COMMAND_SOURCES = place;
  return place;
}

async function writeShards(folder: string, version: number): Promise<void> {
  const job = { job: 'a'.repeat(64), labels: ['Red', 'Bright'], thresholds: [0.5, 0.4], images: IMAGES };
  const rows = Array.from(
    { length: IMAGES },
    (_, row): ScoreRow => ({
      row,
      id: `${row}.png`,
      scores: [row / 10, 0.2 + version / 2],
      y: [row % 3 ? 1 : 0, row % 2 ? 1 : 0],
    }),
  );
  mkdirSync(folder);
  await writeScoreShards(folder, job, COUNT, rows);
}

/** Runs a command. @throws an error with a code if the command was refused; an error without one if that is a defect */
async function told(...argv: string[]): Promise<void> {
  const { code, stderr } = await thaw(...argv);
  if (code === 0) return;
  throw Object.assign(new Error(stderr), code === 70 ? {} : { code: 'ERR_REFUSED' });
}
