import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** What a page is bundled from, and how large that may become. */
interface Page {
  readonly name: string;
  readonly code: string;
  /** Most bytes, minified and gzipped, before the page runs; a page without one is only told of. */
  readonly budget?: number;
  /** What the budget is to become. */
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
      import { load } from '@thawjs/core';
      const model = await load('/model.json');
      console.log(await model.predict(images));`,
    // Not what it should be, but what it may not grow beyond. TensorFlow.js and its wasm backend are 157 kB of it. A classifier
    // has methods that classify, evaluate, tune and save; esbuild keeps what they need, even if they import it on use, because
    // core's index exports the same modules.
    budget: 273_000,
    goal: 180_000,
  },
  {
    name: 'useBestBackend and predict',
    code: `
      import { useBestBackend } from '@thawjs/backends';
      import { load } from '@thawjs/core';
      await useBestBackend();
      const model = await load('/model.json');
      console.log(await model.predict(images));`,
    budget: 238_000,
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
    budget: 297_000,
  },
];

/** The size of a page's code, minified and gzipped. */
export interface BundleSize {
  readonly name: string;
  /** Bytes that load before the page runs. */
  readonly first: number;
  /** Bytes of the pieces that load only when they are used. */
  readonly onUse: number;
  readonly budget?: number;
  readonly goal?: number;
}

/** Bundles a few pages in a project that has the packages installed, as a bundler that splits code would. */
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

/** The page itself and what it imports in these ways, by way of others too. */
function loaded({ outputs }: Metafile, kinds: readonly string[]): Set<string> {
  const pieces = new Set(Object.keys(outputs).filter((path) => outputs[path].entryPoint === '<stdin>'));
  for (const path of pieces) {
    for (const { path: imported, kind } of outputs[path].imports) {
      if (kinds.includes(kind)) pieces.add(imported);
    }
  }
  return pieces;
}
