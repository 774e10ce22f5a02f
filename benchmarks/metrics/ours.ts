// Our side: reads the files. Then it answers each line of stdin, the name of a measure, with time, values and memory.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  averagePrecisionScore,
  bootstrap,
  confusionCounts,
  coverageError,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  precisionRecallFscoreSupport,
  rocAucScore,
} from '../../packages/metrics/src/index';

const [truthFile, scoresFile, rows, columns] = process.argv.slice(2);
const shape = [Number(rows), Number(columns)];
const truth = { data: new Uint8Array(readFileSync(truthFile).buffer), shape };
const scores = { data: new Float32Array(readFileSync(scoresFile).buffer), shape };

const measures: Readonly<Record<string, () => readonly ArrayLike<number>[]>> = {
  'roc-auc': () => [rocAucScore(truth, scores, { average: 'none' })],
  'average-precision': () => [averagePrecisionScore(truth, scores, { average: 'none' })],
  'precision-recall-fscore': () => {
    const { precision, recall, fscore, support } = precisionRecallFscoreSupport(truth, scores);
    return [precision, recall, fscore, support];
  },
  'confusion-counts': () => {
    const { tn, fp, fn, tp } = confusionCounts(truth, scores);
    return [tn, fp, fn, tp];
  },
  lrap: () => [[labelRankingAveragePrecisionScore(truth, scores)]],
  'ranking-loss': () => [[labelRankingLoss(truth, scores)]],
  'coverage-error': () => [[coverageError(truth, scores)]],
  'bootstrap-macro-auc': () => {
    bootstrap(rocAucScore, truth, scores, { resamples: 1000 });
    return []; // no values, because the resamples aren't those of scikit-learn
  },
};

/** The resident bytes now, and their peak since the last reset (Linux). */
function memory(): { now: number; peak: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const read = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

for await (const name of createInterface({ input: process.stdin })) {
  globalThis.gc?.();
  writeFileSync('/proc/self/clear_refs', '5');
  const before = memory().now;
  const start = performance.now();
  const values = measures[name]();
  const ms = performance.now() - start;
  const bytes = memory().peak - before;
  console.log(JSON.stringify({ ms, bytes, values: values.flatMap((part) => Array.from(part)) }));
}
