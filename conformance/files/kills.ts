// Kills processes in the middle of saving and exporting, and looks at what is left: `tsx kills.ts [KILLS] [SEED]`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { useBestBackend } from '../../packages/backends/src/index';
import { classifier, exportSavedModel, load } from '../../packages/core/src/index';
import { random } from '../../packages/core/src/training/random';
import { LABELS, tinyBackbone } from '../../packages/core/test/tiny';

const kills = Number(process.argv[2] ?? 1000);
const next = random(Number(process.argv[3] ?? 1));
/** Kills in one folder before it is looked at for leftovers. */
const KILLS_A_FOLDER = 25;

const scratch = mkdtempSync(join(tmpdir(), 'thaw-kills-'));
const program = join(import.meta.dirname, `../../packages/core/node_modules/.kill-child-${process.pid}.mjs`);
const counts = { killed: 0, wrongModels: 0, wrongExports: 0, exportsWithoutLabels: 0, leftovers: 0 };
try {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  // One file, so that a process starts in a fraction of a second; beside core, whose packages it finds there.
  buildSync({
    entryPoints: [join(import.meta.dirname, 'kill-child.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
  for (let start = 0; start < kills; start += KILLS_A_FOLDER) {
    const folder = mkdtempSync(join(scratch, 'models-'));
    for (let kill = start; kill < Math.min(kills, start + KILLS_A_FOLDER); kill++) {
      const child = spawn(process.execPath, [program, folder, String(kill)], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await killAtRandom(child);
      await look(folder, kill);
    }
    await lookForLeftovers(folder);
    rmSync(folder, { recursive: true, force: true });
    console.log(JSON.stringify(counts));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(program, { force: true });
}
process.exitCode = counts.wrongModels + counts.wrongExports + counts.leftovers === 0 ? 0 : 1;

/** After the first round, which leaves a model and an export, at a moment of the next ones. */
async function killAtRandom(child: ChildProcess): Promise<void> {
  await once(createInterface({ input: child.stdout! }), 'line');
  await new Promise((resolve) => setTimeout(resolve, 40 * next()));
  child.kill('SIGKILL');
  await once(child, 'exit');
  counts.killed += 1;
}

/** The model and the export are whole, and of this process: an old one or a new one. */
async function look(folder: string, kill: number): Promise<void> {
  const own = LABELS.map((label) => `${label} ${kill}`);
  try {
    const model = await load(join(folder, 'model'));
    if (model.labels.join() !== own.join()) counts.wrongModels += 1;
    model.dispose();
  } catch {
    counts.wrongModels += 1;
  }
  const exported = join(folder, 'export', '1');
  const labels = join(exported, 'labels.json');
  if (!existsSync(join(exported, 'saved_model.pb'))) counts.wrongExports += 1;
  else if (!existsSync(labels)) counts.exportsWithoutLabels += 1;
  else if (JSON.parse(readFileSync(labels, 'utf8')).join() !== own.join()) counts.wrongExports += 1;
}

/** One more save and export leave nothing but themselves. */
async function lookForLeftovers(folder: string): Promise<void> {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  await model.save(join(folder, 'model'));
  await exportSavedModel(model, join(folder, 'export', '1'));
  model.dispose();
  const left = [
    ...readdirSync(join(folder, 'model')).filter(
      (name) => name !== 'model.json' && !/^weights-\w+\.bin$/.test(name),
    ),
    ...readdirSync(join(folder, 'model'))
      .filter((name) => name.endsWith('.bin'))
      .slice(1),
    ...readdirSync(join(folder, 'export')).filter((name) => name !== '1'),
    ...readdirSync(join(folder, 'export', '1')).filter(
      (name) => !['labels.json', 'saved_model.pb'].includes(name),
    ),
  ];
  if (left.length > 0) console.log(`left over: ${left.join(', ')}`);
  counts.leftovers += left.length;
}
