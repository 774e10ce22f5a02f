// Multilabel transfer learning from labelled faces to a report, with the steps that the command line is made of.
import { type Callback, type Classifier, classifier, trainableSummary } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { rocAucScore } from '@thawjs/metrics';
import { openOutputFolder } from '@thawjs/report';
import {
  classDistribution,
  interruptSignal,
  processTerminal,
  sharedOptions,
  splitData,
  startBackend,
  trainRun,
  withExitCode,
} from 'thaw/steps';
import { chooseBackbone } from './choose-backbone';
import { openFaces } from './open-faces';
import { readOptions } from './options';

// pnpm starts this in the example's folder; the user's paths are from the folder where they called it.
process.chdir(process.env.INIT_CWD ?? '.');

/** How `thaw evaluate` and `thaw report` open the faces of the run. */
const DATA_FLAGS = { form: 'celeba', onProblem: 'skip', report: true } as const;

const log = (line: string) => console.log(line);
const outer = processTerminal(interruptSignal(log));
/** Notes on the run are part of the lesson, so they go to standard output. */
const terminal = { ...outer, note: log };

process.exitCode = await withExitCode(outer, async () => {
  const options = readOptions(process.argv.slice(2));
  const { data: _data, limit: _limit, epochs: _epochs, preset, resume = false, ...flags } = options;
  const { out, seed } = flags;

  // A folder that can't be written is refused now, not after the training.
  await openOutputFolder(out);
  const backend = await startBackend(options, terminal);
  const faces = await openFaces(options, log);
  log(`data: ${faces.note}`);

  // A network that was trained elsewhere, and the numbers of its two phases.
  const { backbone, recipe, name, why } = await chooseBackbone(options, backend.name, terminal);
  log(`backbone: ${name}, ${why}`);

  // No person is in two parts: a network that has seen a face before would get better numbers than it deserves.
  const split = splitData(faces.chosen, { by: 'identity', ...options }, terminal);
  const { labels } = split.train;
  const model = classifier(backbone, { ...recipe.classifier, labels, seed });

  // The gain of each phase, on faces of people that it hasn't seen. `fineTune` never reads them.
  const reached: Record<string, string> = {};
  const measure: Callback = {
    onPhaseEnd: async (phase) => {
      if (terminal.signal.aborted) return;
      const auc = await testMacroAuc(model, split.test);
      reached[`Test macro AUC after ${phase.name}`] = auc.toFixed(4);
      log(`test macro AUC after the ${phase.name} phase: ${auc.toFixed(4)}`);
    },
  };

  const { evaluation } = await trainRun(
    model,
    {
      split,
      out,
      // Without --resume, a run takes the place of the last one.
      ...(resume ? { resume } : { overwrite: true }),
      recipe: {
        augment: recipe.augment,
        batchSize: recipe.batchSize,
        metrics: recipe.metrics,
        head: recipe.head.epochs > 0 && recipe.head,
        thaw: recipe.thaw.epochs > 0 && recipe.thaw,
        earlyStopping: { monitor: 'val_auc', patience: recipe.patience },
        // The original decides at one half.
        tune: preset !== 'seed',
        callbacks: [measure],
        ...sharedOptions(options),
      },
      command: { data: [faces.path], flags: { ...flags, ...DATA_FLAGS, only: labels } },
      title: 'CelebA attributes by transfer learning',
      subtitle: faces.note,
      facts: () => ({ ...factsOf(), Seed: seed, ...reached }),
      distribution: [
        classDistribution('All', faces.all),
        classDistribution('Chosen', faces.chosen),
        classDistribution('Trained on', split.train),
      ],
      report: `${out}/report.html`,
      pictures: true,
    },
    terminal,
  );
  if (evaluation) terminal.print(`${evaluation}\nreport: ${out}/report.html`);
  else log("The run isn't finished. Go on with it by --resume.");

  function factsOf() {
    const { params, trainableParams } = trainableSummary(model);
    return {
      Backend: [backend.name, backend.tensorflow].filter(Boolean).join(', TensorFlow '),
      Backbone: name,
      Input: `${recipe.size.join('×')} pixels`,
      Parameters: `${params.toLocaleString('en')}, ${trainableParams.toLocaleString('en')} of them learned last`,
    };
  }
});

/** Exact macro ROC AUC, over the classes that have both kinds of label. */
async function testMacroAuc(model: Classifier, test: ImageDataset): Promise<number> {
  return rocAucScore(test.y, await model.predict(test), { average: 'macro', undefined: 'skip' });
}
