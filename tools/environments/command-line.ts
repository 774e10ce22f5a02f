import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { command } from './command';
import type { Environment, Outcome, Project } from './environment';
import { bunInstall, pnpmInstall, program, YARN, yarnInstall } from './package-managers';

const IMAGES = 60;
const MAIN = 'node_modules/thaw/dist/main.js';
const TRAIN = ['--size', '96', '--head-epochs', '3', '--thaw-epochs', '1', '--seed', '1', '--out', 'run'];

/** `thaw`, installed as in its README. It trains on drawn images and predicts them. */
export const commandLine: readonly Environment[] = [
  { name: 'thaw, npm, Node', run: thawBy(() => [process.execPath, MAIN]) },
  ...['22', '24'].map((version) => ({
    name: `thaw, npm, Node ${version}`,
    run: thawBy(() => ['npx', '--yes', `node@${version}`, MAIN]),
  })),
  { name: 'thaw, pnpm, Node', install: pnpmInstall, run: thawBy(() => [process.execPath, MAIN]) },
  { name: 'thaw, Yarn PnP, Node', install: yarnInstall, run: thawBy(() => ['npx', ...YARN, 'thaw']) },
  {
    name: 'thaw, Bun',
    install: bunInstall,
    run: thawBy(async (folder) => [await program(folder, 'bun'), '--bun', MAIN]),
  },
].map((environment) => ({ ...environment, commandLine: true as const }));

/** Trains on drawn images, then predicts them. Each command line begins with what `start` returns. */
function thawBy(start: (folder: string) => readonly string[] | Promise<readonly string[]>) {
  return async ({ folder }: Project): Promise<Outcome> => {
    const [first, ...before] = await start(folder);
    const thaw = (...args: string[]) => command(folder, first, [...before, ...args]);
    await drawImages(folder);
    await thaw('train', 'images', 'labels.csv', ...TRAIN);
    const { versions } = JSON.parse(readFileSync(join(folder, 'run/history.json'), 'utf8'));
    const trains = ['model/model.json', 'evaluation.json', 'report.html'].every((file) =>
      existsSync(join(folder, 'run', file)),
    );
    const table = await thaw('predict', 'images', '--model', 'run', '--csv');
    const rows = table.trim().split('\n');
    const predicts = rows.length === IMAGES + 1 && rows[0] === 'image_id,Red,Bright';
    if (!predicts) return { trains, error: `expected a table of ${IMAGES} images; received ${table}` };
    return { trains, predicts, backend: versions.backend };
  };
}

/** Images whose colour determines their labels, and a table of the labels. */
async function drawImages(folder: string): Promise<void> {
  mkdirSync(join(folder, 'images'));
  const lines = ['file,Red,Bright'];
  for (let i = 0; i < IMAGES; i++) {
    const [red, bright] = [i % 2, Math.floor(i / 2) % 2];
    const light = (bright ? 230 : 90) - (i % 7);
    const background = { r: red ? light : 20, g: 20, b: red ? 20 : light };
    const image = sharp({ create: { width: 80, height: 72, channels: 3, background } });
    await image.jpeg().toFile(join(folder, 'images', `${i}.jpg`));
    lines.push(`${i}.jpg,${red},${bright}`);
  }
  writeFileSync(join(folder, 'labels.csv'), `${lines.join('\n')}\n`);
}
