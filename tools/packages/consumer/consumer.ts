// A user's program. compile-as-user.ts compiles it against the published packages, under every moduleResolution and
// with every strict option, including `exactOptionalPropertyTypes`. It is never run.
import { type BestBackend, type BestBackendOptions, useBestBackend } from '@thawjs/backends';
import { diagnose, type NativeSetupOptions, setupNative } from '@thawjs/backends/node';
import { registerWasmGradients } from '@thawjs/backends/wasm';
import {
  type Classifier,
  classifier,
  type EarlyStoppingOptions,
  earlyStopping,
  evaluate,
  type FineTuneOptions,
  fineTune,
  type HistoryRow,
  type LabelledBatch,
  type LabelledBatchOptions,
  type LabelledImages,
  lrFind,
  type PredictOptions,
  resnet50,
  search,
} from '@thawjs/core';
import { load as loadToPredict, type PredictOnlyClassifier } from '@thawjs/core/predict';
import {
  type BatchOptions,
  type CsvOptions,
  decodeImage,
  ImageDataset,
  type ImageSource,
  type MixedImages,
  memoryImages,
  mixImages,
  openCsv,
  type RgbImage,
} from '@thawjs/datasets';
import { CelebA, type CelebAOptions } from '@thawjs/datasets-celeba';
import {
  bootstrap,
  classificationReport,
  clusterOrder,
  labelCooccurrence,
  labelCorrelation,
  leavesList,
  linkage,
  type MatrixInput,
  type RocAucOptions,
  rocAucScore,
} from '@thawjs/metrics';
import {
  coOccurrenceChart,
  correlationChart,
  dendrogramChart,
  type HistoryChartOptions,
  historyChart,
  historyCsv,
  perClassTable,
  predictionGrid,
  writeReport,
} from '@thawjs/report';

/** The results of one package are inputs of another. */
export async function together(signal: AbortSignal | undefined, seed: number | undefined): Promise<string[]> {
  const options: BestBackendOptions = { prefer: undefined };
  const backend: BestBackend = await useBestBackend(options);
  registerWasmGradients();
  const setup: NativeSetupOptions = { from: undefined, wheel: undefined };
  await setupNative(setup);
  await diagnose();

  const csv: CsvOptions = { labels: { column: 'findings', delimiter: undefined }, group: undefined };
  const celeba: CelebAOptions = { images: undefined, verify: undefined };
  const faces: CelebA = await CelebA.open('celeba', celeba);
  const scans: ImageDataset = await openCsv('scans.csv', csv);
  const mixed: MixedImages = mixImages(scans, { mixup: 0.2, cutmix: undefined });
  const images: readonly LabelledImages[] = [faces, scans, mixed, new OwnImages(), faces.without('Bald')];

  const model: Classifier = classifier(await resnet50({ weights: undefined }), { labels: scans.labels });
  const stopping: EarlyStoppingOptions = { monitor: undefined, patience: undefined };
  const training: FineTuneOptions = {
    train: mixed,
    validation: seed === undefined ? undefined : scans,
    head: { epochs: 1, learningRate: 1e-3 },
    thaw: false,
    seed,
    signal,
    callbacks: [earlyStopping(stopping)],
  };
  const run = await fineTune(model, training);
  const { history } = run;
  const rows: readonly HistoryRow[] = history;
  const charts: HistoryChartOptions = { title: undefined };

  const predicting: PredictOptions = { batchSize: undefined, signal };
  const scores: MatrixInput = await model.predict(images[0]!, predicting);
  const ranking: RocAucOptions<'macro'> = { average: 'macro', mask: undefined, sampleWeight: undefined };
  const auc: number = rocAucScore(faces.y, scores, ranking);
  const { low } = bootstrap(rocAucScore, faces.y, scores, { seed });
  const report = classificationReport(faces.y, scores, { labels: faces.labels });
  const correlation = labelCorrelation(faces.y, { labels: faces.labels });
  const counts = labelCooccurrence(faces.y, { labels: faces.labels });
  const hierarchy = linkage(correlation);
  const order = leavesList(hierarchy);

  const trials = await search({
    model: () => model,
    train: scans,
    validation: scans,
    recipes: [{ name: 'a' }],
    out: 'runs/search',
  });
  await writeReport(run, 'run.html');
  await writeReport(
    {
      run,
      evaluation: await evaluate(model, faces),
      test: faces,
      lrFind: await lrFind(model, { train: scans }),
      search: trials,
    },
    'report.html',
  );

  const picture: RgbImage = await decodeImage(new Uint8Array());
  return [
    backend.name,
    String(auc + low),
    historyChart(rows, charts),
    historyCsv(rows),
    perClassTable(report),
    correlationChart(faces.labels, correlation, { order: clusterOrder(correlation) }),
    coOccurrenceChart(faces.labels, counts, { order }),
    dendrogramChart(faces.labels, hierarchy),
    predictionGrid([{ id: 'a', original: picture, preprocessed: picture, predicted: [] }]),
  ];
}

/** A page that only predicts. */
export async function answer(file: Blob): Promise<number | undefined> {
  const model: PredictOnlyClassifier = await loadToPredict('/models/photos', {
    maxBytes: 1e8,
    signal: undefined,
  });
  const [best] = await model.classify(file, { topK: 1, limits: undefined });
  return best?.probability;
}

/** A user's own data, whose optional properties may be present and undefined. */
class OwnImages implements LabelledImages {
  readonly length = 0;
  readonly ids: readonly string[] = [];
  readonly labels: readonly string[] = [];
  readonly y = new Uint8Array();
  readonly known: Uint8Array | undefined = undefined;
  readonly augmentation: object | undefined = undefined;
  private readonly images: ImageSource = memoryImages([]);

  get fingerprint(): string | undefined {
    return undefined;
  }

  async *batches({ size, batchSize, signal }: LabelledBatchOptions): AsyncGenerator<LabelledBatch> {
    const options: BatchOptions = { size, batchSize, signal, workers: undefined };
    const { ids, labels, y, images } = this;
    yield* new ImageDataset({ ids: [...ids], labels: [...labels], y, images }).batches(options);
  }
}
