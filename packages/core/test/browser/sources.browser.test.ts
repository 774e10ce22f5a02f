import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { backbone, loadWeights, openModel, saveBackbone, WeightsFileError } from '../../src';
import { modelWeights } from '../../src/weights/model-weights';
import { hashedTorchFile } from '../backbones/hashed-weights';
import lite0 from '../fixtures/backbones/efficientnet_lite0.json' with { type: 'json' };
import keras from '../fixtures/formats/keras-outputs.json' with { type: 'json' };

/** The test server has the repository's files. */
const urlOf = (name: string) => new URL(`/packages/core/test/fixtures/formats/${name}`, location.href);

async function fileOf(name: string): Promise<File> {
  const response = await fetch(urlOf(name));
  return new File([await response.blob()], name);
}

function outputs(model: LayersModel): number[][] {
  return tf.tidy(() =>
    (model.predict(tf.tensor(keras.input.data, keras.input.shape)) as tf.Tensor2D).arraySync(),
  );
}

describe('in a browser', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['wasm'], wasmPath: '/', log: () => {} });
  });
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['keras2-model.h5', keras.outputs.keras2],
    ['keras3-model.h5', keras.outputs.keras3],
    ['keras3.keras', keras.outputs.keras3],
  ])('%s opens as a File and from a URL, and gives what Keras gives', async (name, expected) => {
    for (const source of [await fileOf(name), urlOf(name), String(urlOf(name))]) {
      const model = await openModel(source);
      for (const [i, row] of outputs(model).entries())
        for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i][j], 4);
      model.dispose();
    }
  });

  test('weights alone load from a File into a model that was opened', async () => {
    const model = await openModel(urlOf('keras2-model.h5'));
    await loadWeights(model, await fileOf('keras3.weights.h5'));
    for (const [i, row] of outputs(model).entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(keras.outputs.keras3[i][j], 4);
    model.dispose();
  });

  test('a file of another hash is refused', async () => {
    const opening = openModel(await fileOf('keras3.keras'), { checksum: { sha256: '00'.repeat(32) } });
    await expect(opening).rejects.toThrow(WeightsFileError);
  });

  test("EfficientNet-Lite0 comes from the page's own server, as saveBackbone wrote it", async () => {
    const inputSize = [32, 32] as const;
    const weights = hashedTorchFile(lite0.weights);
    const network = await backbone('efficientnet_lite0', { weights, inputSize });
    const hosted = new Map<string, BlobPart>();
    await saveBackbone(network, {
      async save({ modelTopology, weightSpecs, weightData }) {
        const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
        hosted.set('/lite0/model.json', JSON.stringify({ modelTopology, weightsManifest }));
        hosted.set('/lite0/weights.bin', weightData as ArrayBuffer);
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      },
    });
    hosted.set('/lite0.safetensors', weights as BlobPart);
    vi.stubGlobal('fetch', async (input: RequestInfo | URL) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
      const body = hosted.get(pathname);
      return body === undefined ? new Response('', { status: 404 }) : new Response(new Blob([body]));
    });
    const x = tf.randomUniform([1, 32, 32, 3], -1, 1, 'float32', 3);
    const features = ({ model }: typeof network) => tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
    for (const path of ['/lite0/model.json', '/lite0.safetensors']) {
      const url = new URL(path, location.href);
      const made = await backbone('efficientnet_lite0', { weights: url, inputSize });
      expect(features(made)).toEqual(features(network));
      expect(modelWeights(made.model).length).toBeGreaterThan(200);
      made.model.dispose();
    }
    tf.dispose(x);
    network.model.dispose();
  });

  test('without a host, the sentence says what to do', async () => {
    const opening = backbone('efficientnet_lite0', { inputSize: [32, 32] });
    await expect(opening).rejects.toThrow(/a browser can't fetch a Python package\. Serve its file/);
  });
});
