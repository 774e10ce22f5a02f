// Compares outputs and gradients of networks with those of their references: with BatchNormalization frozen, affine and
// in training, as one graph on the native backend, and on wasm. Usage: tsx gradients.ts FOLDER NETWORK…, where
// gradients_keras.py or gradients_torch.py wrote FOLDER/NETWORK. Fails if a layer doesn't run in the graph, or a figure
// is above its limit.
import path from 'node:path';
import { type BackendName, useBestBackend } from '../../packages/backends/src/index';
import { backbone } from '../../packages/core/src/backbones/open-backbone';
import { interpreted } from '../../packages/core/src/run/interpret';
import { inSession } from '../../packages/core/src/run/tensorflow/in-session';
import { nativeBackend } from '../../packages/core/src/tfjs-internals/native-backend';
import { compareNetwork } from '../../packages/core/test/backbones/compare-network';
import { stepGradients } from '../../packages/core/test/backbones/step-gradients';
import { compareChanges } from './compare-changes';
import { fixtureOf, hashedFile } from './fixture-of';
import { factsOf, referenceChanges } from './reference-changes';
import { addResults } from './results';

const SIDE = 64;
/**
 * The limit with fixed statistics. In training, a ReLU whose input rounds to the other side of 0 changes the gradients
 * by a per cent, in the reference in float32, too. The deepest networks have such a ReLU for all images that were tried: their
 * gradients as one vector may be a few times as far from float64 as those of the reference in float32.
 */
const LIMIT = 1e-4;
const LIMIT_IN_TRAINING = 0.05;
const TIMES_THE_REFERENCE = 5;
/** A step moves a statistic near 1 by a thousandth, so its rounding counts a thousandfold. */
const LIMIT_OF_STATISTICS = 1e-3;

const [folder, ...networks] = process.argv.slice(2);
for (const name of networks) {
  const facts = factsOf(path.join(folder, name));
  const weights = hashedFile(name);
  const modes = facts.norms > 0 ? (['frozen', 'affine', 'training'] as const) : (['affine'] as const);
  const references = new Map<string, Awaited<ReturnType<typeof referenceChanges>>>();
  for (const backend of ['native', 'wasm'] as BackendName[]) {
    await useBestBackend({ prefer: [backend], log: () => {} });
    const fixture = fixtureOf(name);
    const [height, width] = fixture.inputSize as [number, number];
    const asked = await backbone(name, { weights, includeTop: true, inputSize: [height, width] });
    const outputs = await compareNetwork(asked, fixture);
    asked.model.dispose();
    const measured: Record<string, number> = {
      [`outputs ${backend}`]: Math.max(outputs.scoreError, outputs.largestLayerError),
    };
    const complaints = measured[`outputs ${backend}`] < LIMIT ? [] : ['outputs'];
    const made = await backbone(name, { weights, includeTop: true, inputSize: [SIDE, SIDE] });
    for (const mode of modes) {
      const reference = mode === 'frozen' ? 'affine' : mode;
      const known =
        references.get(reference) ?? (await referenceChanges(name, path.join(folder, name), reference));
      references.set(reference, known);
      const step = await stepGradients(made, { mode, seed: facts.seed }, (entries) =>
        backend === 'native' ? inSession(nativeBackend()!, entries) : interpreted(entries),
      );
      const { worst, worstName, distance, moved } = compareChanges(step.changes, known, mode);
      const loss = Math.abs(step.loss / facts.modes[reference].loss - 1);
      const training = mode === 'training';
      measured[`${mode} ${backend}`] = training ? distance : worst;
      if (training) measured['training, the reference in float32'] = facts.modes.training.ownDistance;
      const own = facts.modes[reference].ownDistance;
      const figures = training
        ? [distance / Math.max(LIMIT_IN_TRAINING, 2 * own), moved / Math.max(LIMIT_OF_STATISTICS, own / 20)]
        : [Math.min(worst / LIMIT, distance / (TIMES_THE_REFERENCE * own)), moved];
      if (![...figures, loss / LIMIT].every((figure) => figure < 1)) complaints.push(mode);
      if (step.apart.length > 0) complaints.push(`${step.apart} outside the program`);
      console.log(
        `${name} ${backend} ${mode}: loss ${loss.toExponential(1)}, gradients ${worst.toExponential(1)} (${worstName}), ` +
          `as one vector ${distance.toExponential(1)}, statistics ${moved.toExponential(1)}`,
      );
    }
    made.model.dispose();
    addResults(name, measured);
    console.log(`${name} ${backend}`, measured, complaints.length > 0 ? `NOT: ${complaints.join('; ')}` : '');
    if (complaints.length > 0) process.exitCode = 1;
  }
}
