import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { backbone } from '../../src/backbones/open-backbone';
import { resnet50 } from '../../src/backbones/resnet50';
import { OptionError } from '../../src/errors';
import { backbones } from '../../src/prediction/list-backbones';
import { DownloadError, WeightsMismatchError } from '../../src/weights/errors';
import convnext from '../fixtures/backbones/convnext_tiny_timm.json' with { type: 'json' };
import densenet from '../fixtures/backbones/densenet121_torchvision.json' with { type: 'json' };
import lite0 from '../fixtures/backbones/efficientnet_lite0.json' with { type: 'json' };
import mobilenet from '../fixtures/backbones/mobilenet_v3_small_torchvision.json' with { type: 'json' };
import { bytes } from '../tiny';
import { hashedTorchFile } from './hashed-weights';

const inputSize = [32, 32] as const;
const weights = hashedTorchFile(lite0.weights);

test('every record has a name of its own, a licence, and hashes of its files', () => {
  const names = backbones().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { licence, weights, preprocessing, top1, accuracySource, crop } of backbones()) {
    expect(licence).toMatch(/^(Apache-2\.0|BSD-3-Clause|MIT)$/);
    for (const { checksum } of weights) expect(Object.values(checksum)[0]).toMatch(/^[0-9a-f]{8,64}$/);
    expect(preprocessing.mean).toHaveLength(3);
    expect(top1).toBeGreaterThan(60);
    expect(accuracySource).toMatch(/keras|torchvision|timm|tensorflow/);
    if (crop !== undefined) expect(crop > 0.8 && crop <= 1).toBe(true);
  }
});

test('the stages of every network hold each layer once', async () => {
  for (const name of ['efficientnet_lite0', 'mobilenet_v3_small', 'densenet121', 'resnet18']) {
    const { model, stages } = await backbone(name, { weights: null, inputSize });
    const layers = stages.flatMap((stage) => stage.layers);
    expect([...layers].sort()).toEqual(model.layers.map((layer) => layer.name).sort());
    expect(new Set(stages.map((stage) => stage.name)).size).toBe(stages.length);
    model.dispose();
  }
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['an unknown name', () => backbone('resnet51'), /received "resnet51"\. Nearest: resnet50,/],
  [
    'a name of another spelling',
    () => backbone('MobileNet-V2'),
    /Nearest: mobilenet_v2, mobilenet_v2_keras,/,
  ],
  ['a network that is not listed', () => backbone('vgg16'), /received "vgg16".*opened by openModel\(\)/],
  ['the face network', () => backbone('face'), /faceResnet\(\) makes the face network/],
  [
    'a misspelt option',
    () => backbone('resnet18', { weight: null } as object),
    /received "weight"\. Did you mean "weights"\?/,
  ],
  [
    'a misspelt option of the download',
    () => backbone('resnet18', { download: { retrie: 1 } } as object),
    /download: expected options among .*Did you mean "retries"/,
  ],
  ['a small image', () => backbone('resnet18', { inputSize: [31, 32] }), /at least 32×32/],
  ['no channels', () => backbone('resnet18', { inputChannels: 0 }), /inputChannels of 1 or more/],
  ['other classes', () => backbone('resnet18', { includeTop: true, classes: 7 }), /1000 classes/],
])('%s is refused', async (_, make, message) => {
  await expect(make()).rejects.toThrow(OptionError);
  await expect(make()).rejects.toThrow(message);
});

test('the networks that are asked for are measured here; the others stay as they are', async () => {
  const before = tf.memory().numTensors;
  const options = { measure: ['mobilenet_v3_small'], inputSize, batchSize: 2 } as const;
  const measured = await backbones(options);
  expect(measured.map(({ name }) => name)).toEqual(backbones().map(({ name }) => name));
  for (const { name, msPerImage } of measured)
    if (name === 'mobilenet_v3_small') expect(msPerImage).toBeGreaterThan(0);
    else expect(msPerImage).toBeUndefined();
  expect(tf.memory().numTensors).toBe(before);
  await expect(backbones({ measure: ['resnet51'] })).rejects.toThrow(/received "resnet51"/);
  await expect(backbones({ measured: true } as never)).rejects.toThrow(/received "measured"/);
});

test("torchvision's published DenseNet121, whose names have a dot more, is read like its present names", async () => {
  const options = { includeTop: true, inputSize };
  const published = (name: string) => name.replace(/(denselayer\d+\.(?:norm|conv))(\d)/, '$1.$2');
  const [now, then] = await Promise.all(
    [hashedTorchFile(densenet.weights), hashedTorchFile(densenet.weights, published)].map((file) =>
      backbone('densenet121_torchvision', { ...options, weights: file }),
    ),
  );
  expect(bytes(then.model)).toEqual(bytes(now.model));
  for (const { model } of [now, then]) model.dispose();
});

test("ConvNeXt's layers have the names of its authors' files beside timm's", async () => {
  const { model, layerAliases } = await backbone('convnext_tiny', {
    weights: null,
    includeTop: true,
    inputSize,
  });
  const inTimm = Object.keys(convnext.weights).map((name) => name.split('.').slice(0, -1).join('.'));
  const byAuthors = new Set(
    inTimm.map((name) =>
      name
        .replace(/^stem\.(\d)$/, 'downsample_layers.0.$1')
        .replace(/^stages\.(\d)\.downsample\.(\d)$/, 'downsample_layers.$1.$2')
        .replace('.blocks.', '.')
        .replace('conv_dw', 'dwconv')
        .replace(/mlp\.fc(\d)/, 'pwconv$1')
        .replace('head.norm', 'norm')
        .replace('head.fc', 'head'),
    ),
  );
  const aliases = layerAliases as (layer: string) => readonly string[];
  const found = model.layers
    .filter((layer) => layer.weights.length > 0)
    .map((layer) => aliases(layer.name).filter((name) => byAuthors.has(name)));
  expect(found.filter(({ length }) => length !== 1)).toEqual([]);
  expect(new Set(found.flat())).toEqual(byAuthors);
  model.dispose();
});

test.each([
  ['efficientnet_b0', mobilenet, /backbone\("efficientnet_b0_torchvision"\)\.$/],
  ['mobilenet_v3_small', mobilenet, /backbone\("mobilenet_v3_small_torchvision"\) or .*small_timm"\)\.$/],
  ['mobilenet_v3_small_timm', mobilenet, /backbone\("mobilenet_v3_small"\) or .*torchvision"\)\.$/],
])(
  "%s refuses weights by torchvision's names, and names the networks of other libraries",
  async (name, file, message) => {
    const made = backbone(name, { weights: hashedTorchFile(file.weights), includeTop: true, inputSize });
    await expect(made).rejects.toThrow(WeightsMismatchError);
    await expect(made).rejects.toThrow(message);
  },
);

test("resnet50 names torchvision's network for weights that aren't Keras'", async () => {
  const made = resnet50({ weights: hashedTorchFile(mobilenet.weights), inputSize: [32, 32] });
  await expect(made).rejects.toThrow(/other libraries define it is backbone\("resnet50_torchvision"\)\.$/);
});

test('a network whose publisher tells no hash says how to get its weights', async () => {
  const made = backbone('mobilenet_v2_keras', { inputSize });
  await expect(made).rejects.toThrow(DownloadError);
  await expect(made).rejects.toThrow(/no file of known hash is published.*Pass a path or URL/);
});

test('a grey image gives what the same image in RGB gives', async () => {
  const rgb = await backbone('efficientnet_lite0', { weights, inputSize });
  const grey = await backbone('efficientnet_lite0', { weights, inputSize, inputChannels: 1 });
  expect(grey.preprocessing.mean).toEqual([127]);
  const x = tf.randomUniform([1, 32, 32, 1], -1, 1, 'float32', 3);
  const expected = (rgb.model.predict(tf.tile(x, [1, 1, 1, 3])) as tf.Tensor).dataSync();
  const outputs = (grey.model.predict(x) as tf.Tensor).dataSync();
  const largest = Math.max(...expected.map(Math.abs));
  for (const [i, value] of outputs.entries())
    expect(Math.abs(value - expected[i]) / largest).toBeLessThan(1e-4);
  rgb.model.dispose();
  grey.model.dispose();
});

test('a fourth channel has the weights of the first, and all are scaled by ¾', async () => {
  const rgb = await backbone('efficientnet_lite0', { weights, inputSize });
  const four = await backbone('efficientnet_lite0', { weights, inputSize, inputChannels: 4 });
  const kernel = ({ model }: typeof rgb) => model.getLayer('stem_conv').getWeights()[0] as tf.Tensor4D;
  const before = tf.mul<tf.Tensor4D>(kernel(rgb), 0.75);
  const expected = tf.concat([before, tf.slice4d(before, [0, 0, 0, 0], [-1, -1, 1, -1])], 2);
  expect(kernel(four).shape).toEqual(expected.shape);
  expect(tf.max(tf.abs(tf.sub(kernel(four), expected))).dataSync()[0]).toBeLessThan(1e-7);
  rgb.model.dispose();
  four.model.dispose();
});
