import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** The code of a page, and the largest allowed size of its bundle. */
interface Page {
  readonly name: string;
  readonly code: string;
  /**
   * The most bytes, minified and gzipped, that load before the page runs. The size of a page without a budget is only
   * printed.
   */
  readonly budget?: number;
  /** The budget to reach. */
  readonly goal?: number;
}

const PAGES: readonly Page[] = [
  {
    name: 'rocAucScore',
    code: `import { rocAucScore } from '@thawjs/metrics'; console.log(rocAucScore);`,
    budget: 10_000,
  },
  { name: 'all metrics', code: `export * from '@thawjs/metrics';` },
  {
    name: 'predict with wasm (without the .wasm files)',
    code: `
      import '@thawjs/backends/wasm';
      import { load } from '@thawjs/core/predict';
      const model = await load('/model.json');
      console.log(await model.predict(images));`,
    budget: 136_000,
  },
  {
    name: 'predict with wasm, by a Classifier',
    code: `
      import '@thawjs/backends/wasm';
      import { load } from '@thawjs/core';
      const model = await load('/model.json');
      console.log(await model.predict(images));`,
    // TensorFlow.js, its layers and its wasm backend are 157 kB of it. Most of the rest is what `save` and `load` need.
    budget: 279_000,
  },
  {
    name: 'useBestBackend and predict',
    code: `
      import { useBestBackend } from '@thawjs/backends';
      import { load } from '@thawjs/core';
      await useBestBackend();
      const model = await load('/model.json');
      console.log(await model.predict(images));`,
    budget: 245_000,
  },
  {
    name: 'train in a worker: the page',
    code: `
      import { startTrainingWorker } from '@thawjs/browser';
      const worker = await startTrainingWorker({ worker: '/training-worker.js' });
      const model = await worker.classifier({ backbone: 'mobilenet_v2', labels: ['cat'] });
      console.log(await model.fineTune({ train: examples }).finished);`,
    budget: 8_000,
  },
  {
    name: 'train in a worker: the worker',
    code: `import { serveTraining } from '@thawjs/browser/worker'; serveTraining();`,
    budget: 340_000,
  },
  {
    name: 'train a resnet50',
    code: `
      import { useBestBackend } from '@thawjs/backends';
      import { classifier, fineTune, resnet50 } from '@thawjs/core';
      import { ImageDataset, urlImages } from '@thawjs/datasets';
      console.log(useBestBackend, classifier, fineTune, resnet50, ImageDataset, urlImages);`,
    budget: 307_000,
  },
];

/** The size of a page's code, minified and gzipped. */
export interface BundleSize {
  readonly name: string;
  /** Bytes that load before the page runs. */
  readonly first: number;
  /** The bytes of the chunks that load only on use. */
  readonly onUse: number;
  readonly budget?: number;
  readonly goal?: number;
}

/** Bundles a few pages in a project that has the packages installed, like a bundler that splits code. */
export async function bundleSizes(project: string): Promise<BundleSize[]> {
  return Promise.all(
    PAGES.map(async ({ name, code, ...limits }) => {
      const { outputFiles, metafile } = await build({
        stdin: { contents: code, resolveDir: project },
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        outdir: 'out',
        write: false,
        metafile: true,
        absWorkingDir: project,
      });
      const bytes = new Map(
        outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]),
      );
      const total = (paths: Iterable<string>) =>
        [...paths].reduce((sum, path) => sum + bytes.get(`${project}/${path}`)!, 0);
      const first = total(loaded(metafile, ['import-statement']));
      const onUse = total(loaded(metafile, ['import-statement', 'dynamic-import'])) - first;
      return { name, first, onUse, ...limits };
    }),
  );
}

/** The page itself and its direct and indirect imports of these kinds. */
function loaded({ outputs }: Metafile, kinds: readonly string[]): Set<string> {
  const pieces = new Set(Object.keys(outputs).filter((path) => outputs[path].entryPoint === '<stdin>'));
  for (const path of pieces) {
    for (const { path: imported, kind } of outputs[path].imports) {
      if (kinds.includes(kind)) pieces.add(imported);
    }
  }
  return pieces;
}
