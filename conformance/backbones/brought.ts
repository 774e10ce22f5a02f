// Opens the applications of Keras that brought_keras.py wrote, compares their outputs with Keras', and puts new heads
// on them. The figures go into docs/networks.md. Usage: tsx brought.ts FOLDER [APPLICATION…]
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { classifier, openModel } from '../../packages/core/src/index';
import { relativeError } from '../../packages/core/test/training/parity/relative-error';
import { type ModelOutputs, outputsError } from '../../packages/core/test/weights/open-model-outputs';
import { limitFromFloat64, SAME_KERNELS } from '../networks/limits';
import { addResults } from '../networks/results';

const { useBestBackend } = await import('../../packages/backends/src/index');
await useBestBackend();
const [folder, ...asked] = process.argv.slice(2);

/** What Keras computed in other ways: in float64, and Keras 3 by the kernel for BatchNormalization that tf_keras uses. */
interface Reference {
  readonly exact: ModelOutputs['outputs'];
  readonly fused?: ModelOutputs['outputs'];
}

const { models } = JSON.parse(readFileSync(path.join(folder, 'outputs.json'), 'utf8')) as {
  models: Record<string, ModelOutputs & Reference>;
};
const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 / 255 } as const;
for (const [name, expected] of Object.entries(models)) {
  const [, library, application, form] = /^(keras[23])-(\w+)\.(\w+)$/.exec(name)!;
  if (asked.length > 0 && !asked.includes(application)) continue;
  const model = await openModel(path.join(folder, name));
  const error = outputsError(model, expected);
  const { fused = expected.outputs } = expected;
  const sameKernels = outputsError(model, { ...expected, outputs: fused });
  const ours = outputsError(model, { ...expected, outputs: expected.exact });
  const theirs = relativeError(expected.outputs[0], expected.exact[0]);
  const classes = model.outputs[0].shape[1];
  const made = classifier(model, { labels: ['a', 'b'], preprocessing });
  const features = made.featureModel().outputs[0].shape[1];
  made.dispose();
  console.log(
    `${name}: outputs ${error.toExponential(1)}, by the same kernels ${sameKernels.toExponential(1)}, ${features} features; from float64: ours ${ours.toExponential(1)}, ` +
      `Keras' ${theirs.toExponential(1)}`,
  );
  const isNear = sameKernels < SAME_KERNELS && ours < limitFromFloat64(theirs);
  if (!isNear || features === classes) process.exitCode = 1;
  addResults(`keras.applications.${application}`, {
    [`${library} .${form}`]: error,
    ...(expected.fused && { [`${library} .${form}, fused`]: sameKernels }),
    [`${library} from float64`]: ours,
    [`${library}, its own from float64`]: theirs,
  });
}
