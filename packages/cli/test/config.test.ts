import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyConfig } from '../src/config/apply-config';
import { readConfig } from '../src/config/read-config';
import { fractions, list, size, whole } from '../src/terminal/parse-value';
import { thaw } from './thaw';
import { saveTinyModel } from './tiny-run';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a command is told by its command line and a config. */
async function told(argv: readonly string[], content: Record<string, unknown>) {
  let received: unknown;
  const apply = (_: Command, command: Command) => {
    applyConfig(command, { path: 'thaw.config.json', content });
  };
  const program = new Command('thaw').exitOverride().hook('preSubcommand', apply).hook('preAction', apply);
  program
    .command('train')
    .argument('[data...]')
    .option('--epochs <n>', '', whole, 3)
    .option('--only <names>', '', list)
    .option('--size <pixels>', '', size)
    .option('--fractions <shares>', '', fractions)
    .option('--fast')
    .option('--no-report')
    .addOption(new Option('--backend <name>').choices(['native', 'wasm']))
    .action((data: string[], flags) => {
      received = { data, ...flags };
    });
  await program.parseAsync(argv, { from: 'user' });
  return received;
}

describe('a config file', () => {
  it.each([
    ['thaw.config.json', '{ "train": { "epochs": 5 } }'],
    ['thaw.config.ts', 'const epochs: number = 5;\nexport default { train: { epochs } };'],
    ['thaw.config.mjs', 'export default { train: { epochs: 5 } };'],
    // The folder of the file has no node_modules, as where thaw is installed globally.
    [
      'thaw.config.mts',
      "import { defineConfig } from 'thaw';\nexport default defineConfig({ train: { epochs: 5 } });",
    ],
  ])('is read from %s', async (name, text) => {
    await writeFile(join(folder, name), text);
    expect(await readConfig(undefined, folder)).toEqual({
      path: join(folder, name),
      content: { train: { epochs: 5 } },
    });
  });

  it('need not be there, unless it is named', async () => {
    expect(await readConfig(undefined, folder)).toBeUndefined();
    await expect(readConfig(join(folder, 'own.json'), folder)).rejects.toThrow(
      /^expected a config file at .*own\.json; ENOENT/,
    );
  });

  it('that throws is told in one line', async () => {
    await writeFile(join(folder, 'thaw.config.ts'), "import 'not-installed';\nexport default {};");
    await expect(readConfig(undefined, folder)).rejects.toThrow(
      /^expected a config file at .*thaw\.config\.ts; Cannot find module 'not-installed'\. Correct the file\.$/,
    );
  });

  it('gives what the command line leaves out', async () => {
    const config = {
      train: { data: 'faces', epochs: 5, only: ['a', 'b'], fast: true, report: false, backend: 'wasm' },
    };
    expect(await told(['train'], config)).toEqual({ ...config.train, data: ['faces'] });
    expect(await told(['train', 'other', '--epochs', '7', '--only', 'c'], config)).toEqual({
      ...config.train,
      data: ['other'],
      epochs: 7,
      only: ['c'],
    });
  });

  it.each([
    ['its text', { size: '184x150', fractions: '0.6,0.2,0.2' }],
    ['what ThawConfig has', { size: [184, 150], fractions: { train: 0.6, validation: 0.2, test: 0.2 } }],
    ['a number and a list', { size: 184, fractions: [0.6, 0.2, 0.2] }],
  ])('takes %s as the value of a flag', async (_, train) => {
    const width = train.size === 184 ? 184 : 150;
    expect(await told(['train'], { train })).toMatchObject({
      size: [184, width],
      fractions: { train: 0.6, validation: 0.2, test: 0.2 },
    });
  });

  it('gives what a command needs; the command line wins, in options that exclude each other, too', async () => {
    await saveTinyModel(folder);
    const image = join(folder, 'red.png');
    await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } }).toFile(image);
    const config = join(folder, 'own.json');
    const predict = { model: folder, images: image, json: true, topK: 1, backend: 'cpu' };
    const report = { run: join(folder, 'nowhere') };
    await writeFile(config, JSON.stringify({ predict, report }));
    const alone = await thaw('--config', config, 'predict');
    expect(alone.code, alone.stderr).toBe(0);
    expect(JSON.parse(alone.stdout).labels.length).toBe(1);
    const asTable = await thaw('predict', image, '--csv', '--config', config);
    expect(asTable.stdout.split('\n')[0], asTable.stderr).toBe('image_id,Red,Bright');
    const reported = await thaw('--config', config, 'report');
    expect(reported.stderr).toContain(report.run);
    const helped = await thaw('--config', join(folder, 'none.json'), 'predict', '--help');
    expect([helped.code, helped.stdout.includes('--top-k')]).toEqual([0, true]);
  });

  it.each([
    ['a file that is not there', undefined],
    ['no JSON', '{oops'],
    ['a misspelt command', '{ "predikt": {} }'],
    ['a misspelt flag', '{ "backbones": { "jsn": true } }'],
  ])('with %s ends a command with the exit code of a wrong command line', async (_, text) => {
    const config = join(folder, 'own.json');
    if (text !== undefined) await writeFile(config, text);
    const { code, stderr } = await thaw('--config', config, 'backbones');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ConfigError: .*own\.json/);
  });

  it.each([
    ['an unknown command', { trian: {} }, /expected keys out of train; received "trian"/],
    [
      'an unknown flag',
      { train: { epoch: 1 } },
      /train: expected keys out of data, epochs, .*; received "epoch"/,
    ],
    [
      'a value that the flag refuses',
      { train: { epochs: 0 } },
      /train\.epochs: expected a whole number of 1 or more\. Received 0/,
    ],
    [
      'a value out of no choice',
      { train: { backend: 'gpu' } },
      /train\.backend: .*native, wasm.*Received "gpu"/,
    ],
    ['no object of flags', { train: 3 }, /train: expected an object of flags; received 3/],
    ['a list of no texts', { train: { data: ['a', 1] } }, /train\.data: expected a path, or a list of paths/],
    [
      'an object for text',
      { train: { only: { a: 1 } } },
      /train\.only: expected a value as the flag takes it/,
    ],
    ['text for a switch', { train: { fast: 'yes' } }, /train\.fast: expected true or false; received "yes"/],
  ])('with %s is refused', async (_, content, message) => {
    await expect(told(['train'], content)).rejects.toThrow(message);
  });
});
