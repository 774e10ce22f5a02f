// Loads the files that networks_keras.py and networks_torch.py wrote (.h5, .weights.h5, .keras, .safetensors), each by the
// library's own writer, and compares every layer and the scores with what the library computed. Usage: tsx compare-files.ts FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import { backbones } from '../../packages/core/src/prediction/list-backbones';
import { compareNetwork, type NetworkFixture } from '../../packages/core/test/backbones/compare-network';

const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();
const fixtures = new URL('../../packages/core/test/fixtures/backbones/', import.meta.url);
const known = new Set(backbones().map(({ name }) => name));
const folder = process.argv[2];
for (const file of readdirSync(folder).sort()) {
  const name = file.slice(0, file.indexOf('.'));
  const fixture = JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as NetworkFixture;
  const made = await backbone(known.has(name) ? name : name.replace(/_[a-z]+$/, ''), {
    weights: path.join(folder, file),
    includeTop: true,
    inputSize: fixture.inputSize as [number, number],
  });
  const { layers, largestLayerError, worstLayer, scoreError } = await compareNetwork(made, fixture);
  made.model.dispose();
  console.log(
    `${file}: ${layers} layers, largest error ${largestLayerError.toExponential(1)} (${worstLayer}), ` +
      `scores ${scoreError.toExponential(1)}`,
  );
  if (!(largestLayerError < 1e-4 && scoreError < 1e-4)) process.exitCode = 1;
}
