import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone, Preprocessing } from '../backbones/backbone';
import { graphBackbone } from '../backbones/graph-backbone';
import { type GraphModelLike, isGraphModel } from '../backbones/graph-model';
import { channelScales } from '../backbones/preprocess';
import { OptionError } from '../errors';
import { openContainers } from '../freezing/set-trainable';
import { shapeText } from '../prediction/input-size';
import { checkBackbone } from './check-backbone';
import { copyModel } from './copy-model';
import { withoutHead } from './without-head';

/**
 * A network as people bring it: a backbone, or a plain model with the preprocessing that it was trained on. A graph model
 * (`loadGraphModel` of `@tensorflow/tfjs-converter`) stays frozen.
 */
export type BackboneLike = Backbone | tfl.LayersModel | GraphModelLike;

/** Options that make a network of another shape fit. */
export interface FittingOptions {
  /** Height and width for a network that takes images of any; default: its own. */
  readonly inputSize?: readonly [height: number, width: number];
  /** The preprocessing of a plain model, which doesn't contain it. */
  readonly preprocessing?: Preprocessing;
  /** The output to take of several: its place, from 0 on. Of a graph model also the name of any node. */
  readonly output?: number | string;
}

/**
 * A network that a head can be put on: one input of images of known size, one output, without the head that it had.
 *
 * The features of a model that ends in a head of probabilities are what its head reads (`withoutHead`).
 *
 * @throws {OptionError} no such network can be made of it; the sentence says the way round
 */
export function fittingBackbone(given: BackboneLike, options: FittingOptions): Backbone {
  if (isGraphModel(given)) {
    const preprocessing = known(options.preprocessing, 'graph model');
    return graphBackbone(given, { ...options, preprocessing });
  }
  const whole: Backbone = isModel(given) ? plain(given, options.preprocessing) : given;
  checkBackbone(whole);
  const { name } = whole;
  const refuse = (expected: string, received: string, way: string) =>
    new OptionError(`classifier: expected ${expected}; ${name} has ${received}. ${way}`);
  let { model } = whole;
  // The head is put on the layers, not on the model. The model's own flag, as in `base.trainable = false`, would be lost.
  openContainers(model);
  if (model.inputs.length !== 1) {
    const names = model.inputs.map((input) => input.name).join(', ');
    throw refuse(
      'a network with one input',
      `${model.inputs.length} (${names})`,
      'Make a tf.model of the part that images go through.',
    );
  }
  const [batch, height, width, channels] = model.inputs[0].shape;
  if (model.inputs[0].shape.length !== 4) {
    throw refuse(
      'a network of images [height, width, channels]',
      `an input of shape ${shapeText(model.inputs[0].shape)}`,
      'Reshape images to it in a tf.model around it.',
    );
  }
  const size = options.inputSize ?? [height ?? 0, width ?? 0];
  if (!size.every((side) => Number.isInteger(side) && side > 0)) {
    throw refuse(
      'images of a known size',
      `an input of shape ${shapeText(model.inputs[0].shape)}`,
      'Give inputSize: [height, width].',
    );
  }
  // Keras gives a Sequential without an input shape the number of images of its first call.
  const isOther = size[0] !== height || size[1] !== width;
  if (batch !== null || isOther) {
    if (isOther && height !== null && width !== null && options.inputSize) {
      throw refuse(
        `inputSize ${height}×${width}`,
        `just that and not ${size.join('×')}`,
        'Make the network anew with that size.',
      );
    }
    model = copyModel(model, { inputShape: [...size, channels ?? whole.preprocessing.mean.length] });
  }
  channelScales(whole.preprocessing);
  const taken = model.inputs[0].shape[3];
  if (taken !== 3 && size[0] <= 4 && whole.preprocessing.mean.length === size[0]) {
    throw refuse(
      'a network of images with the channels last',
      `an input of shape ${shapeText(model.inputs[0].shape)}, the channels first`,
      "Save it from Keras with data_format 'channels_last'.",
    );
  }
  if (taken !== whole.preprocessing.mean.length) {
    throw refuse(
      `preprocessing of ${taken} channels`,
      `a mean of ${whole.preprocessing.mean.length}`,
      "Give a mean and scale per channel; of Thaw's own networks, make them with inputChannels.",
    );
  }
  const { outputs } = model;
  if (outputs.length > 1 && options.output === undefined) {
    throw refuse(
      'one output',
      `${outputs.length} (${outputs.map((output) => output.name).join(', ')})`,
      'Give output: the place of one, from 0 on.',
    );
  }
  const place = options.output ?? 0;
  const output = typeof place === 'number' ? outputs[place] : undefined;
  if (!output)
    throw refuse(
      `an output out of 0…${outputs.length - 1}`,
      `no output ${options.output}`,
      'Choose one of them.',
    );
  const features = withoutHead(output);
  if (![2, 3, 4].includes(features.shape.length)) {
    throw refuse(
      'features of rank 2 to 4',
      `an output of shape ${shapeText(features.shape)}`,
      'Take an earlier layer in a tf.model.',
    );
  }
  if (!Number.isInteger(features.shape.at(-1))) {
    throw refuse(
      'features of a known number',
      `an output of shape ${shapeText(features.shape)}`,
      'Take an earlier layer in a tf.model.',
    );
  }
  return features === outputs[0] && outputs.length === 1 && model === whole.model
    ? whole
    : { ...whole, model: tfl.model({ inputs: model.inputs, outputs: features, name: model.name }) };
}

/** A Sequential has a property `model`, too, as a backbone does. */
function isModel(given: unknown): given is tfl.LayersModel {
  return typeof given === 'object' && given !== null && 'layers' in given;
}

function plain(model: tfl.LayersModel, preprocessing: Preprocessing | undefined): Backbone {
  const stages = [{ name: 'all', layers: model.layers.map(({ name }) => name) }];
  return {
    name: model.name,
    model,
    preprocessing: known(preprocessing, `plain model "${model.name}"`),
    stages,
  };
}

function known(preprocessing: Preprocessing | undefined, of: string): Preprocessing {
  if (preprocessing) return preprocessing;
  throw new OptionError(
    `classifier: expected preprocessing beside the ${of}, which doesn't tell it; received none. ` +
      "Give preprocessing: { channelOrder: 'rgb', mean, scale }, as the network was trained.",
  );
}
