// Simulates power losses while models are saved and exports are written: what wasn't synced is lost, in any combination.
// Usage: tsx power-loss.ts [LOSSES] [SEED]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFolder } from '../../packages/core/src/files/write-folder';
import { readModelFolder } from '../../packages/core/src/persistence/read-model-folder';
import { writeModelFolder } from '../../packages/core/src/persistence/write-model-folder';
import { nodeModules } from '../../packages/core/src/platform/node';
import { random } from '../../packages/core/src/training/random';
import { numberedModel, numberOf } from '../../packages/core/test/persistence/numbered-model';
import { type DiskImage, recordingDisk } from './recording-disk';

const losses = Number(process.argv[2] ?? 2000);
const next = random(Number(process.argv[3] ?? 1));
const node = nodeModules()!;
const scratch = mkdtempSync(join(tmpdir(), 'thaw-power-'));
const counts = { losses: 0, wrongModels: 0, wrongExports: 0 };
try {
  const folder = join(scratch, 'disk');
  mkdirSync(folder);
  const disk = recordingDisk(node, folder);
  for (let round = 1; round <= 4; round++) {
    await writeModelFolder(disk.node, join(folder, 'model'), numberedModel(round));
    await writeFolder(disk.node, join(folder, 'export', '1'), {
      'graph.pb': `graph ${round}`,
      'labels.json': `labels ${round}`,
    });
    disk.mark(round);
  }
  for (let loss = 0; loss < losses; loss++) {
    const moment = Math.floor(next() * (disk.operations + 1));
    await check(disk.afterLoss(moment, next), disk.roundsDone(moment));
    counts.losses += 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(JSON.stringify(counts));
process.exitCode = counts.wrongModels + counts.wrongExports === 0 ? 0 : 1;

/** After `done` rounds there is the model of the last one or of the next; before the first, one or none. */
async function check(image: DiskImage, done: number): Promise<void> {
  const folder = mkdtempSync(join(scratch, 'after-'));
  for (const path of image.folders) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, content] of image.files) writeFileSync(join(folder, path), content);
  const rounds = [done, done + 1];
  try {
    const number = numberOf(await readModelFolder(node, join(folder, 'model')));
    if (!rounds.includes(number)) counts.wrongModels += 1;
  } catch {
    if (done > 0) counts.wrongModels += 1;
  }
  const text = (name: string) => image.files.get(join('export', '1', name))?.toString();
  const [graph, labels] = [text('graph.pb'), text('labels.json')];
  const matches = rounds.some(
    (round) => graph === `graph ${round}` && (labels === undefined || labels === `labels ${round}`),
  );
  if (!matches && !(done === 0 && graph === undefined && labels === undefined)) counts.wrongExports += 1;
  rmSync(folder, { recursive: true, force: true });
}
