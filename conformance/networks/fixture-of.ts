import { existsSync, readFileSync } from 'node:fs';
import type { ModelSource } from '../../packages/core/src/weights/weights-source';
import type { NetworkFixture } from '../../packages/core/test/backbones/compare-network';
import { hashedKerasFiles, hashedTorchFile } from '../../packages/core/test/backbones/hashed-weights';

const folder = new URL('../../packages/core/test/fixtures/backbones/', import.meta.url);

/** The results of a network's reference. If two libraries have the network, those of the first. */
export function fixtureOf(network: string): NetworkFixture {
  const file = [`${network}.json`, `${network}_keras.json`]
    .map((name) => new URL(name, folder))
    .find((url) => existsSync(url));
  if (!file) throw new Error(`no fixture of "${network}" in ${folder.pathname}`);
  return JSON.parse(readFileSync(file, 'utf8')) as NetworkFixture;
}

/** The weights of the reference, in a file in its library's order. */
export function hashedFile(network: string): ModelSource {
  const { reference, weights } = fixtureOf(network);
  return reference === 'keras.applications' ? hashedKerasFiles(weights) : hashedTorchFile(weights);
}
