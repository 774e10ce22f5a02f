import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone, Preprocessing, Stage } from '../backbones/backbone';
import { channelScales } from '../backbones/preprocess';
import { OptionError } from '../errors';
import { ChannelAffine } from '../layers/channel-affine';
import { copyModel } from './copy-model';

/**
 * Several networks as one with one input, which takes the images of the first: each other network gets them as it was trained
 * on through a layer of numbers. Layers and stages have the network's name in front, and are copies.
 *
 * @param pooled the values of each network that the head reads
 * @param caller begins the sentence of an error
 * @throws {OptionError} networks of different image sizes or channels
 */
export function sideBySide(
  backbones: readonly Backbone[],
  pooled: readonly tfl.SymbolicTensor[],
  caller = 'classifier',
): Backbone {
  const [first] = backbones as readonly [Backbone, ...Backbone[]];
  const shape = first.model.inputs[0].shape.slice(1);
  const other = backbones.find(({ model }) => String(model.inputs[0].shape.slice(1)) !== String(shape));
  if (other) {
    throw new OptionError(
      `${caller}: expected networks that take images of one size; ${first.name} takes ${shape.join('×')} and ` +
        `${other.name} ${other.model.inputs[0].shape.slice(1).join('×')}. Make them with the same inputSize.`,
    );
  }
  const image = tfl.input({ shape, name: 'images' });
  const names = backbones.map(({ name }, i) =>
    backbones.findIndex((one) => one.name === name) === i ? name : `${name}_${i + 1}`,
  );
  const layerNames = names.map((name) => name.replace(/[^\w]+/g, '_'));
  const stages: Stage[] = [];
  const features = backbones.map((backbone, i) => {
    const prefix = `${layerNames[i]}_`;
    const part = tfl.model({ inputs: backbone.model.inputs, outputs: pooled[i], name: layerNames[i] });
    const copy = copyModel(part, { prefix });
    for (const { name, layers } of backbone.stages)
      stages.push({ name: `${names[i]}/${name}`, layers: layers.map((layer) => prefix + layer) });
    return copy.apply(seenBy(backbone, first, image, `${prefix}images`)) as tfl.SymbolicTensor;
  });
  const outputs = tfl.layers.concatenate({ name: 'head_features' }).apply(features) as tfl.SymbolicTensor;
  const name = names.join('+');
  return {
    name,
    model: tfl.model({ inputs: image, outputs, name: layerNames.join('_') }),
    preprocessing: first.preprocessing,
    stages,
  };
}

/** The images of the first network as another takes them. */
function seenBy(
  { preprocessing: to }: Backbone,
  { preprocessing: from }: Backbone,
  image: tfl.SymbolicTensor,
  name: string,
): tfl.SymbolicTensor {
  const reverse = from.channelOrder !== to.channelOrder;
  const inOrder = (values: readonly number[]) => (reverse ? values.toReversed() : values);
  const [means, scales, own] = [inOrder(from.mean), inOrder(channelScales(from)), channelScales(to)];
  const scale = own.map((value, c) => value / scales[c]);
  const offset = own.map((value, c) => (means[c] - to.mean[c]) * value);
  if (!reverse && isSame(from, to)) return image;
  return new ChannelAffine({ name, reverse, scale, offset }).apply(image) as tfl.SymbolicTensor;
}

function isSame(a: Preprocessing, b: Preprocessing): boolean {
  return String([a.mean, channelScales(a)]) === String([b.mean, channelScales(b)]);
}
