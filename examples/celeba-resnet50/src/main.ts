import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { version_core } from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import {
  checkpoint,
  classifier,
  earlyStopping,
  evaluate,
  fineTune,
  progress,
  trainableSummary,
} from '@thawjs/core';
import { openOutputFolder } from '@thawjs/report';
import { chooseBackbone } from './choose-backbone';
import { onInterrupt } from './on-interrupt';
import { openFaces } from './open-faces';
import { readOptions } from './options';
import { testMacroAuc } from './test-macro-auc';
import { writeResults } from './write-results';

const log = (line: string) => console.log(line);
const options = readOptions(process.argv.slice(2));
const best = join(options.out, 'checkpoint');
const interrupt = onInterrupt(() => {
  log('\nInterrupted: ending after this batch, then writing what is there. Ctrl-C again ends at once.');
});

try {
  await run();
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  console.error(`${error.name}: ${error.message}`);
  if (existsSync(join(best, 'model.json')))
    console.error(`The best model that was saved until then is in ${best}.`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const started = performance.now();
  const out = await openOutputFolder(options.out);
  const backend = await useBestBackend(options.backend === 'auto' ? {} : { prefer: [options.backend] });
  const faces = await openFaces(options, log);
  log(`data: ${faces.note}`);
  const { backbone, recipe, name, why } = await chooseBackbone(options, backend.name, log);
  log(`backbone: ${name}, ${why}`);
  const { train, validation, test } = faces.chosen.split({ by: 'identity', seed: options.seed });
  log(
    `split by identity: ${train.length} to train, ${validation.length} to validate, ${test.length} to test`,
  );
  const opened = performance.now();
  if (interrupt.aborted) {
    process.exitCode = 130;
    return log('Interrupted before the training: there is nothing to write.');
  }

  const model = classifier(backbone, { ...recipe.classifier, labels: train.labels, seed: options.seed });
  const auc: { head?: number; fineTune?: number } = {};
  const { head, thaw } = recipe;
  const result = await fineTune(model, {
    train: train.augment(recipe.augment),
    validation,
    batchSize: recipe.batchSize,
    seed: options.seed,
    metrics: recipe.metrics,
    head: head.epochs > 0 && head,
    thaw: thaw.epochs > 0 && thaw,
    signal: interrupt,
    callbacks: [
      progress({ log }),
      checkpoint(best, { monitor: 'val_auc' }),
      earlyStopping({ monitor: 'val_auc', patience: recipe.patience }),
      {
        // after early stopping has restored the phase's best weights
        onPhaseEnd: async ({ name }) => {
          if (interrupt.aborted) return;
          const key = name === 'head' ? 'head' : 'fineTune';
          auc[key] = await testMacroAuc(model, test);
          log(`test macro AUC after the ${name} phase: ${auc[key].toFixed(4)}`);
        },
      },
    ],
  });

  // The original case decides at one half.
  if (options.preset !== 'seed') await model.tune(validation);
  // Before anything else is computed; the checkpoint goes once the model is there.
  const saving = model.save(join(out.path, 'model')).then(() => rm(best, { recursive: true, force: true }));
  await Promise.allSettled([saving]);
  const evaluation = await evaluate(model, test);
  log(String(evaluation));
  const summary = trainableSummary(model);
  const seconds = {
    opening: (opened - started) / 1000,
    ...result.seconds,
    total: (performance.now() - started) / 1000,
  };
  const facts = {
    Backend: backend.tensorflow ? `${backend.name}, TensorFlow ${backend.tensorflow}` : backend.name,
    Backbone: name,
    Input: `${recipe.size.join('×')} pixels`,
    Images: `${train.length} train, ${validation.length} validation, ${test.length} test`,
    Parameters: `${summary.params.toLocaleString('en')}, ${summary.trainableParams.toLocaleString('en')} of them learned last`,
    Seed: options.seed,
  };
  const written = await writeResults({
    out,
    saving,
    facts,
    faces,
    train,
    test,
    model,
    evaluation,
    macroAuc: auc,
    run: result,
    versions: {
      'TensorFlow.js': version_core,
      ...(backend.tensorflow && { TensorFlow: backend.tensorflow }),
    },
    seconds,
  });
  log(`report: ${written}`);
}
