import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyConfig } from '../src/config/apply-config';
import { readConfig } from '../src/config/read-config';
import { list, whole } from '../src/terminal/parse-value';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a command is told by its command line and a config. */
async function told(argv: readonly string[], content: Record<string, unknown>) {
  let received: unknown;
  const program = new Command('thaw').exitOverride().hook('preAction', (_, command) => {
    applyConfig(command, { path: 'thaw.config.json', content });
  });
  program
    .command('train')
    .argument('[data...]')
    .option('--epochs <n>', '', whole, 3)
    .option('--only <names>', '', list)
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
    ['text for a switch', { train: { fast: 'yes' } }, /train\.fast: expected true or false; received "yes"/],
  ])('with %s is refused', async (_, content, message) => {
    await expect(told(['train'], content)).rejects.toThrow(message);
  });
});
