// Macro AUC on real faces by configuration. `npx pnpm bench quality` runs all rows, `npx pnpm bench quality 'NAME' …` some; the
// results of the others stay. The faces lie in ../shared/celeba, or where THAW_CELEBA says.
import { join } from 'node:path';
import { useBestBackend } from '../../packages/backends/src/index';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { earlierResults, writePage } from '../write-results';
import { configurations } from './configurations';
import { type MeasuredRow, qualityPage, type Row } from './quality-page';
import { type RunResult, runConfiguration } from './run-configuration';

const SEEDS = [1, 2, 3];
const data = process.env.THAW_CELEBA ?? join(import.meta.dirname, '../../../shared/celeba');
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => configurations.every((configuration) => configuration.name !== name));
if (unknown !== undefined) {
  const known = configurations.map(({ name }) => name).join('", "');
  throw new Error(`bench quality: expected rows out of "${known}"; received "${unknown}".`);
}

const backend = await useBestBackend({ prefer: ['native'], log: console.error });
const all = await CelebA.open(data, { images: 'skip' });
const faces = all.without('Attractive');
const about = `${faces.length} faces of CelebA, ${faces.labels.length} labels`;
const earlier = earlierResults<MeasuredRow>('quality');
const measured = new Map<string, RunResult[]>();
// Seed by seed, all rows, so that a run that is cut short has something to compare.
for (const seed of SEEDS) {
  for (const configuration of configurations) {
    const { name } = configuration;
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const result = await runConfiguration(faces, configuration, seed);
    console.error(`${name}: ${JSON.stringify(result)}`);
    measured.set(name, [...(measured.get(name) ?? []), result]);
  }
  writePage({ ...qualityPage(rows(), about), versions: { tensorflow: backend.tensorflow ?? '–' } });
}

/** In the configurations' order: those measured now, and of the others what was measured earlier. */
function rows(): Row[] {
  return configurations.flatMap((configuration) => {
    const before = earlier.find(({ name }) => name === configuration.name)?.runs;
    const runs = measured.get(configuration.name) ?? before;
    return runs ? [{ configuration, runs }] : [];
  });
}
