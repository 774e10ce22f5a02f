import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { openModel } from '../../src/backbones/open-model';
import { WeightsFileError, WeightsMismatchError } from '../../src/weights/errors';
import { loadWeights } from '../../src/weights/load-weights';
import type { ModelSource } from '../../src/weights/weights-source';
import torch from '../fixtures/formats/torch-outputs.json' with { type: 'json' };
import { torchAliases, torchNetwork } from './torch-network';

const bytes = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url)));

function outputs(model: LayersModel): number[][] {
  return tf.tidy(() =>
    (model.predict(tf.tensor(torch.input.data, torch.input.shape)) as tf.Tensor2D).arraySync(),
  );
}

test.each([
  ['torch-strided-zip.pth', 5],
  ['torch-strided-chain.pth', 5],
  ['torch-shared-zip.pth', 5],
  ['torch-shared-chain.pth', 5],
  ['torch-checkpoint-zip.pth', 5],
  ['torch-checkpoint-chain.pth', 5],
  ['torch-parameters.pth', 5],
  ['torch-float64.pth', 5],
  ['torch-bfloat16.pth', 1],
  ['torch-training.pth', 5],
  ['torch-tuple.pth', 5],
  ['torch-protocol-4-chain.pth', 5],
  ['torch-deep.safetensors', 5],
  ['torch-quantised-beside.safetensors', 5],
  ['torch.safetensors', 5],
  ['torch-float16.safetensors', 2],
])("%s gives PyTorch's outputs to %i digits", async (name, digits) => {
  const model = torchNetwork();
  const before = tf.memory().numTensors;
  await loadWeights(model, bytes(name), { aliases: torchAliases });
  expect(tf.memory().numTensors).toBe(before);
  for (const [i, row] of outputs(model).entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(torch.output[i][j], digits);
  model.dispose();
});

const shards = 'torch-shards';
const index = 'model.safetensors.index.json';
const shardFiles = [index, 'model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
const filesOf = (names: readonly string[]) =>
  names.map((name) => new File([bytes(`${shards}/${name}`) as Uint8Array<ArrayBuffer>], name));
const shardFolder = fileURLToPath(new URL(`../fixtures/formats/${shards}`, import.meta.url));

test.each<[string, ModelSource]>([
  ['its index', `${shardFolder}/${index}`],
  ['its folder', shardFolder],
  ['its files', filesOf(shardFiles)],
])('a network in several files is read by %s', async (_, source) => {
  const model = torchNetwork();
  await loadWeights(model, source, { aliases: torchAliases });
  for (const [i, row] of outputs(model).entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(torch.output[i][j], 5);
  model.dispose();
});

test.each<[string, ModelSource, RegExp]>([
  ['a missing file', filesOf(shardFiles.slice(0, 2)), /model-00002-of-00002.*isn't among those given/],
  [
    'a file of another folder',
    [new File([JSON.stringify({ weight_map: { 'fc.weight': '../x.safetensors' } })], index)],
    /expected names of files beside the index/,
  ],
  ['an empty index', [new File(['{"weight_map":{}}'], index)], /expected names of files beside the index/],
])('an index of %s is one named error', async (_, source, message) => {
  const model = torchNetwork();
  const load = loadWeights(model, source, { aliases: torchAliases });
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow(message);
  model.dispose();
});

test.each(['torch-module-zip.pth', 'torch-module-chain.pth'])(
  '%s, a whole module with its code, is refused by the name of its class',
  async (name) => {
    const model = torchNetwork();
    const load = loadWeights(model, bytes(name), { aliases: torchAliases });
    await expect(load).rejects.toThrow(WeightsFileError);
    await expect(load).rejects.toThrow(/names "__main__\.Net", which isn't allowed.*state_dict/);
    model.dispose();
  },
);

test('another shape is told in both orders, and nothing is written', async () => {
  const model = torchNetwork(3);
  const before = outputs(model);
  const load = loadWeights(model, bytes('torch.safetensors'), { aliases: torchAliases });
  await expect(load).rejects.toThrow(WeightsMismatchError);
  await expect(load).rejects.toThrow(
    /layer "dense" expects "kernel" of shape 8×3; the file has 8×2 \(in PyTorch's order 2×8\)/,
  );
  expect(outputs(model)).toEqual(before);
  model.dispose();
});

test('a prefix that most layers share is passed over; layers that the file lacks are named beside those that it has', async () => {
  const model = torchNetwork();
  await expect(loadWeights(model, bytes('torch.safetensors'))).rejects.toThrow(
    /1 of them are not in the file: dense. The file has .*block\/conv.*fc/,
  );
  model.dispose();
});

test('weights alone are no model', async () => {
  await expect(openModel(bytes('torch.safetensors'))).rejects.toThrow('received weights alone');
});

/** The small network with PEFT's names: an adapter of LoRA beside one convolution, whose weight has another name then. */
function withAdapter(): Uint8Array {
  const file = bytes('torch.safetensors');
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    unknown
  >;
  const { 'block.conv.weight': weight, ...others } = header;
  const adapted = {
    ...others,
    'block.conv.base_layer.weight': weight,
    'block.conv.lora_A.default.weight': weight,
    'block.conv.lora_B.default.weight': weight,
  };
  const text = new TextEncoder().encode(JSON.stringify(adapted));
  const whole = new Uint8Array(8 + text.length + file.length - 8 - length);
  new DataView(whole.buffer).setBigUint64(0, BigInt(text.length), true);
  whole.set(text, 8);
  whole.set(file.subarray(8 + length), 8 + text.length);
  return whole;
}

test('an adapter of LoRA that is not merged is refused by the names of layer and adapter, and nothing is written', async () => {
  const model = torchNetwork();
  const before = outputs(model);
  const load = loadWeights(model, withAdapter(), { aliases: torchAliases });
  await expect(load).rejects.toThrow(WeightsMismatchError);
  await expect(load).rejects.toThrow(/layer "block\.conv" has an adapter \("lora_A"\).*merge_and_unload/);
  expect(outputs(model)).toEqual(before);
  model.dispose();
});

test.each([
  ['torch-list.pth', /expected a dict of tensors by name.*received 2 without names/],
  ['torch-tensor.pth', /expected a dict of tensors by name.*received 1 without names/],
  ['torch-script.pt', /received a TorchScript program.*torch\.jit\.load\(path\)\.state_dict\(\)/],
  ['torch-export.pt2', /received a program of torch\.export.*torch\.export\.load\(path\)\.state_dict/],
  ['torch-quantised.pth', /received quantised ones.*before it was quantised/],
])('%s is refused with the way to its weights', async (name, sentence) => {
  const load = loadWeights(torchNetwork(), bytes(name), { aliases: torchAliases });
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow(sentence);
});
