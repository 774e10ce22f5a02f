// Loads the files that networks_keras.py and networks_torch.py wrote (.h5, .weights.h5, .keras, .safetensors, .pth), each by
// the library's own writer, and compares every layer and the scores with what the library computed. The figures go into
// docs/networks.md. Usage: tsx compare-files.ts FOLDER [NETWORK…]
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import { backbones } from '../../packages/core/src/prediction/list-backbones';
import { compareNetwork, type NetworkFixture } from '../../packages/core/test/backbones/compare-network';
import { addResults } from '../networks/results';

const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();
const fixtures = new URL('../../packages/core/test/fixtures/backbones/', import.meta.url);
const known = new Set(backbones().map(({ name }) => name));
const [folder, ...asked] = process.argv.slice(2);
/** The largest error by network and form of file: some networks come from several libraries. */
const errors = new Map<string, Record<string, number>>();
for (const file of readdirSync(folder).sort()) {
  const name = file.slice(0, file.indexOf('.'));
  const network = known.has(name) ? name : name.replace(/_[a-z]+$/, '');
  if (asked.length > 0 && !asked.includes(network)) continue;
  const fixture = JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as NetworkFixture;
  const made = await backbone(network, {
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
  const form = `in ${file.slice(file.indexOf('.'))}`;
  const measured = errors.get(network) ?? {};
  measured[form] = Math.max(measured[form] ?? 0, largestLayerError, scoreError);
  errors.set(network, measured);
  if (!(largestLayerError < 1e-4 && scoreError < 1e-4)) process.exitCode = 1;
}
for (const [network, measured] of errors) addResults(network, measured);
