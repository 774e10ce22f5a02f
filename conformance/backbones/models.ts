// Opens the MobileNets that models_keras.py wrote, puts heads on them, freezes and thaws them, and compares their outputs with
// Keras'. Usage: tsx models.ts FOLDER
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { classifier, freeze, openModel, trainableSummary, unfreeze } from '../../packages/core/src/index';
import { type ModelOutputs, outputsError } from '../../packages/core/test/weights/open-model-outputs';

const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();
const folder = process.argv[2];
const { models } = JSON.parse(readFileSync(path.join(folder, 'outputs.json'), 'utf8')) as {
  models: Record<string, ModelOutputs>;
};
for (const [name, expected] of Object.entries(models)) {
  const model = await openModel(path.join(folder, name));
  const error = outputsError(model, expected);
  const made = classifier(model, {
    labels: ['a', 'b'],
    preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
  });
  freeze(made);
  const frozen = trainableSummary(made).trainableParams;
  unfreeze(made, 'all', { batchNorm: 'affine' });
  const norms = trainableSummary(made).layers.filter(({ state }) => state === 'affine').length;
  console.log(
    `${name}: outputs ${error.toExponential(1)}, ${frozen} parameters learn when frozen, ${norms} affine BatchNormalizations`,
  );
  if (!(error < 1e-4) || frozen !== 0 || norms < 27) process.exitCode = 1;
}
