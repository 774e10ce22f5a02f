import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { Backbone, Preprocessing } from './backbone';
import { FrozenGraph } from './frozen-graph';
import { type GraphModelLike, rememberGraph } from './graph-model';

/** Facts that a graph model doesn't contain. */
export interface GraphBackboneOptions {
  readonly preprocessing: Preprocessing;
  /** Height and width of images. Default: the graph's, if it has a fixed size. */
  readonly inputSize?: readonly [height: number, width: number];
  /** One of several outputs, by its index, or any node of the graph, by its name. */
  readonly output?: number | string;
}

/**
 * A graph model of TensorFlow.js as a frozen backbone of one layer. The caller keeps the graph model, which must not be
 * disposed as long as the backbone is used.
 *
 * @throws {OptionError} the graph doesn't take one batch of images, or has no output that a head can read
 */
export function graphBackbone(graph: GraphModelLike, options: GraphBackboneOptions): Backbone {
  const { preprocessing, inputSize } = options;
  const refuse = (expected: string, received: string, way: string) =>
    new OptionError(`classifier: expected a graph model ${expected}; received ${received}. ${way}`);
  const [given, other] = graph.inputs;
  if (given === undefined || other !== undefined || ![0, 4, undefined].includes(given.shape?.length)) {
    const inputs = graph.inputs.map(({ name, shape = [] }) => `${name} [${shape}]`).join(', ');
    throw refuse(
      'with one input of images [n, height, width, channels]',
      `inputs ${inputs}`,
      'Convert the part of the model that images go through.',
    );
  }
  const sizes = [...(inputSize ?? given.shape?.slice(1, 3) ?? []), preprocessing.mean.length];
  const fixed = given.shape?.slice(1) ?? [];
  if (sizes.length !== 3 || !sizes.every((size) => size > 0)) {
    throw refuse('of a known image size', `one that leaves it open`, 'Give inputSize: [height, width].');
  }
  if (fixed.some((size, axis) => size > 0 && size !== sizes[axis])) {
    throw refuse(
      `for images of ${sizes.join('×')}`,
      `one for ${fixed.join('×')}`,
      'Give its own size and channels.',
    );
  }
  const node = nodeOf(graph, options.output);
  const outputSizes = outputSizesOf(graph, given.name, node, sizes);
  const name = 'graph_model';
  const layer = new FrozenGraph({
    name,
    trainable: false,
    fingerprint: rememberGraph(graph),
    from: given.name,
    node,
    outputSizes,
  });
  const image = tfl.input({ shape: sizes });
  const model = tfl.model({ inputs: image, outputs: layer.apply(image) as tfl.SymbolicTensor, name });
  const stages = [{ name: 'all', layers: model.layers.map((one) => one.name) }];
  return { name, model, preprocessing, stages };
}

function nodeOf({ outputs }: GraphModelLike, output: number | string | undefined): string {
  if (typeof output === 'string') return output;
  const node = outputs[output ?? 0];
  if (node && (output !== undefined || outputs.length === 1)) return node.name;
  throw new OptionError(
    `classifier: expected output, the place or the name of an output of the graph model ` +
      `(${outputs.map(({ name }) => name).join(', ')}); received ${output}.`,
  );
}

/** The output sizes of one image. A graph doesn't contain its sizes, so it runs once on an image of zeros. */
function outputSizesOf(
  graph: GraphModelLike,
  from: string,
  node: string,
  sizes: readonly number[],
): number[] {
  const shape = tf.tidy(() => {
    try {
      const output = graph.execute({ [from]: tf.zeros([1, ...sizes]) }, node);
      return Array.isArray(output) ? undefined : output.shape;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new OptionError(
        `classifier: expected a graph model that runs on one image of ${sizes.join('×')} up to "${node}"; it fails: ` +
          `${reason.slice(0, 200)}. Give inputSize and output as the model has them.`,
        { cause },
      );
    }
  });
  const [images, ...rest] = shape ?? [];
  if (images === 1 && rest.length >= 1 && rest.length <= 3) return rest;
  throw new OptionError(
    `classifier: expected features of one image out of "${node}"; received [${shape ?? 'several tensors'}]. ` +
      'Give output: the name of a node with a feature map or vector.',
  );
}
