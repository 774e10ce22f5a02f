import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  type FeatureFileHeader,
  openFeatureFile,
  writeFeatureFile,
} from '../../packages/core/src/features/feature-file';
import {
  classifier,
  exportKeras,
  faceResnet,
  load,
  loadWeights,
  openModel,
  saveBackbone,
} from '../../packages/core/src/index';
import { nodeModules } from '../../packages/core/src/platform/node';
import { modelWeights } from '../../packages/core/src/weights/model-weights';
import { LABELS, tinyBackbone } from '../../packages/core/test/tiny';
import { torchAliases, torchNetwork } from '../../packages/core/test/weights/torch-network';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const CORE = new URL('../../packages/core/package.json', import.meta.url);
const HEADER: FeatureFileHeader = { key: 'a'.repeat(64), rows: 4, shape: [5] };

export const coreReaders: readonly Reader[] = [
  ...(['float32', 'float16', 'int8'] as const).map(
    (weights): Reader => ({
      name: `core load ${weights}`,
      checked: /\.bin$/,
      async sample(folder) {
        const model = classifier(tinyBackbone(), { labels: LABELS });
        await model.save(folder, { weights });
        model.dispose();
      },
      async read(folder) {
        const model = await load(folder);
        const text = weightsOf(model.model);
        model.dispose();
        return text;
      },
    }),
  ),
  {
    name: 'core load of .keras',
    checked: /\.keras$/,
    async sample(folder) {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      await exportKeras(model, join(folder, 'model.keras'));
      model.dispose();
    },
    async read(folder) {
      const model = await load(join(folder, 'model.keras'));
      const text = weightsOf(model.model);
      model.dispose();
      return text;
    },
  },
  ...['keras2-model.h5', 'keras3-model.h5', 'keras2.keras', 'keras3.keras', 'keras3-from-thaw.keras'].map(
    wholeModel,
  ),
  {
    name: 'core openModel of saveBackbone',
    async sample(folder) {
      await saveBackbone(tinyBackbone(), folder);
    },
    read: (folder) => opened(folder),
  },
  weightsFile('keras2-weights.h5', () => openModel(fixture('keras2-model.h5'))),
  weightsFile('keras3.weights.h5', () => openModel(fixture('keras3.keras'))),
  ...[
    'torch.safetensors',
    'torch-float16.safetensors',
    'torch-strided-zip.pth',
    'torch-strided-chain.pth',
    'torch-checkpoint-zip.pth',
    'torch-checkpoint-chain.pth',
    'torch-bfloat16.pth',
    'torch-float64.pth',
    'torch-shared-zip.pth',
  ].map((name) => weightsFile(name, () => torchNetwork())),
  {
    name: 'core face-api',
    share: 0.2,
    async sample(folder) {
      const models = join(createRequire(CORE).resolve('@vladmandic/face-api/package.json'), '..', 'model');
      for (const name of ['face_recognition_model-weights_manifest.json', 'face_recognition_model.bin']) {
        await cp(join(models, name), join(folder, name));
      }
    },
    async read(folder) {
      const { model } = await faceResnet({ weights: folder, inputSize: [103, 103] });
      const text = weightsOf(model);
      model.dispose();
      return text;
    },
  },
  {
    name: 'core feature file',
    checked: /./,
    async sample(folder) {
      const writer = await writeFeatureFile(nodeModules()!, join(folder, 'part'), HEADER);
      await writer.append(Float32Array.from({ length: 20 }, (_, i) => i / 7));
      await writer.moveTo(join(folder, 'a.features'));
    },
    async read(folder) {
      const file = await openFeatureFile(nodeModules()!, join(folder, 'a.features'), HEADER);
      // A damaged features file is computed anew.
      if (!file)
        throw Object.assign(new Error('not whole'), { name: 'NotWholeError', code: 'ERR_NOT_WHOLE' });
      const values = new Float32Array(20);
      await file.read(0, values);
      await file.close();
      return digestOf(values);
    },
  },
];

function weightsOf(model: LayersModel): string {
  return digestOf(
    ...modelWeights(model).flatMap(({ name, variable }) => [name, variable.dataSync<'float32'>()]),
  );
}

const FORMATS = new URL('test/fixtures/formats/', CORE);
const fixture = (name: string) => fileURLToPath(new URL(name, FORMATS));

/** A reader of a whole model in one file. */
function wholeModel(name: string): Reader {
  return {
    name: `core openModel ${name}`,
    checked: /\.keras$/,
    sample: (folder) => cp(fixture(name), join(folder, name)),
    read: (folder) => opened(join(folder, name)),
  };
}

async function opened(path: string): Promise<string> {
  const model = await openModel(path);
  const text = weightsOf(model);
  model.dispose();
  return text;
}

/** A reader of weights in one file, for a given network. */
function weightsFile(name: string, network: () => LayersModel | Promise<LayersModel>): Reader {
  return {
    name: `core loadWeights ${name}`,
    checked: /zip\.pth$/,
    sample: (folder) => cp(fixture(name), join(folder, name)),
    async read(folder) {
      const model = await network();
      try {
        await loadWeights({ model, layerAliases: torchAliases }, join(folder, name));
        return weightsOf(model);
      } finally {
        model.dispose();
      }
    },
  };
}
