// Macro AUC on real faces by configuration. `npx pnpm bench quality` runs all rows with three seeds.
// `npx pnpm bench quality --seeds 1 --minutes 7 'NAME' …` runs some rows, and stops after 7 minutes; the same call then
// continues. The results of other rows and seeds stay. `--page` only rewrites the page. The faces are in
// ../shared/celeba, or in the folder THAW_CELEBA.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useBestBackend } from '../../packages/backends/src/index';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { earlierResults, writePage } from '../write-results';
import { configurations } from './configurations';
import { type MeasuredRow, qualityPage, type Row } from './quality-page';
import { PausedError, type RunResult, runConfiguration } from './run-configuration';

const { values, positionals: chosen } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    minutes: { type: 'string', default: 'Infinity' },
    page: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const until = Date.now() + Number(values.minutes) * 60_000;
const data = process.env.THAW_CELEBA ?? join(import.meta.dirname, '../../../shared/celeba');
const unknown = chosen.find((name) => configurations.every((configuration) => configuration.name !== name));
if (unknown !== undefined) {
  const known = configurations.map(({ name }) => name).join('", "');
  throw new Error(`bench quality: expected rows out of "${known}"; received "${unknown}".`);
}

const backend = await useBestBackend({ prefer: ['native'], log: console.error });
const all = await CelebA.open(data, { images: 'skip' });
const faces = all.without('Attractive');
const about = `${faces.length} faces of CelebA, ${faces.labels.length} labels`;
const measured = new Map(earlierResults<MeasuredRow>('quality').map(({ name, runs }) => [name, [...runs]]));

const seeds = values.page ? [] : values.seeds.split(',').map(Number);
if (values.page) write();
try {
  // All rows of one seed before the next seed, so that a run that is cut short has rows to compare.
  for (const seed of seeds) {
    for (const configuration of configurations) {
      if (chosen.length > 0 && !chosen.includes(configuration.name)) continue;
      const result = await runConfiguration(faces, configuration, seed, untilThen());
      console.error(`${configuration.name}: ${JSON.stringify(result)}`);
      const others = measured.get(configuration.name)?.filter((run) => run.seed !== seed) ?? [];
      measured.set(
        configuration.name,
        [...others, result].sort((a, b) => a.seed - b.seed),
      );
      write();
    }
  }
} catch (error) {
  if (!(error instanceof PausedError)) throw error;
  console.error(`bench quality: paused in row "${error.message}"; the same call goes on.`);
  process.exitCode = 75; // EX_TEMPFAIL
}

function write(): void {
  writePage({ ...qualityPage(rows(), about), versions: { tensorflow: backend.tensorflow ?? '–' } });
}

function untilThen(): AbortSignal {
  const left = until - Date.now();
  return Number.isFinite(left) ? AbortSignal.timeout(Math.max(1000, left)) : new AbortController().signal;
}

/** The rows that have results, in the order of the configurations. */
function rows(): Row[] {
  return configurations.flatMap((configuration) => {
    const runs: readonly RunResult[] | undefined = measured.get(configuration.name);
    return runs ? [{ configuration, runs }] : [];
  });
}
