import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyConfig } from '../../packages/cli/src/config/apply-config';
import { readConfig } from '../../packages/cli/src/config/read-config';
import { thawProgram } from '../../packages/cli/src/thaw-program';
import { silentTerminal, thaw } from '../../packages/cli/test/thaw';
import { drawImages, saveTinyModel } from '../../packages/cli/test/tiny-run';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const CONFIG = {
  train: { data: ['photos', 'labels.csv'], group: 'patient', out: 'runs/1', headEpochs: 3, report: false },
  predict: { model: 'runs/1', topK: 3, json: true, shard: '1/3' },
  serve: { model: 'runs/1', port: 8080, maxBytes: 1000 },
};
const SMALL = ['--backbone', 'mobilenet_v3_small', '--weights', 'none', '--size', '32', '--backend', 'cpu'];

export const cliReaders: readonly Reader[] = [
  {
    name: 'cli thaw.config.json',
    sample: (folder) => writeFile(join(folder, 'thaw.config.json'), JSON.stringify(CONFIG, null, 2)),
    async read(folder) {
      const config = await readConfig(undefined, folder);
      if (!config) throw new Error('the file is there');
      return JSON.stringify(
        Object.keys(CONFIG).map((name) => {
          const command = thawProgram(silentTerminal()).commands.find((one) => one.name() === name)!;
          command.processedArgs = [];
          applyConfig(command, config);
          return [command.opts(), command.processedArgs];
        }),
      );
    },
  },
  {
    // One epoch of training makes the sample; its network is then replaced by a smaller one.
    name: 'cli run folder',
    share: 0.2,
    changed: /run\/(command|recipe|history)\.json$|split\.csv$/,
    async sample(folder) {
      await drawImages(folder, 24);
      const run = join(folder, 'run');
      const once = ['--head-epochs', '1', '--thaw-epochs', '0', '--no-report', '--out', run];
      await told(['train', folder, ...SMALL, ...once]);
      for (const name of ['checkpoint', 'model']) await rm(join(run, name), { recursive: true });
      await saveTinyModel(run);
    },
    async read(folder) {
      // command.json has the paths of the data, which are in the sample's own folder.
      const out = join(folder, 'report.html');
      await told(['report', join(folder, 'run'), '--backend', 'cpu', '--out', out]);
      return digestOf(await readFile(out, 'utf8'));
    },
  },
];

/** Runs a command line. @throws an error with a code if it was refused, and one without a code for a defect. */
async function told(argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await thaw(...argv);
  if (code === 0) return stdout;
  const refused = { name: 'RefusedError', code: 'ERR_REFUSED' };
  throw Object.assign(new Error(stderr), code === 70 ? {} : refused);
}
