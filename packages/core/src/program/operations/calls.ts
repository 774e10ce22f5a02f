import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type OperationKind, operation, type Program, type Sizes, type Value } from '../ir';

interface LayerCallAttributes {
  readonly layer: layers.Layer;
  readonly kwargs: object;
  readonly outputs: readonly Sizes[];
  /** How many of the operation's inputs are inputs of the layer. The others are the layer's weights. */
  readonly arguments: number;
}

/**
 * Runs a layer by its own `call`. The weights are inputs only so that dependencies are seen: the layer reads them itself.
 *
 * The gradient runs the layer a second time. A layer that draws random numbers can't be run this way.
 */
const layerCallKind: OperationKind<LayerCallAttributes> = {
  name: 'LayerCall',
  sizes: (_, { outputs }) => outputs,
  run: (inputs, attributes) =>
    tf.tidy(() =>
      call(inputs, attributes).map((output) => (inputs.includes(output) ? tf.clone(output) : output)),
    ),
  gradient(program, { inputs, outputs, attributes }, gradients, wanted) {
    const known = outputs.map((_, i) => i).filter((i) => gradients[i]);
    const asked = inputs.map((_, i) => i).filter((i) => wanted[i]);
    const found = program.add(layerCallGradientKind, [...inputs, ...known.map((i) => gradients[i]!)], {
      ...attributes,
      inputs: inputs.length,
      known,
      asked,
    });
    return inputs.map((_, i) => (wanted[i] ? found[asked.indexOf(i)] : undefined));
  },
};

export function layerCall(
  program: Program,
  inputs: readonly Value[],
  attributes: LayerCallAttributes,
): readonly Value[] {
  return program.add(layerCallKind, inputs, attributes);
}

interface LayerGradientAttributes extends LayerCallAttributes {
  readonly inputs: number;
  /** The indices of the outputs whose gradients follow the inputs. */
  readonly known: readonly number[];
  /** The indices of the inputs whose gradients are wanted. */
  readonly asked: readonly number[];
}

const layerCallGradientKind: OperationKind<LayerGradientAttributes> = {
  name: 'LayerGradient',
  sizes: (inputs, { asked }) => asked.map((i) => inputs[i].sizes),
  run: (given, attributes) =>
    tf.tidy(() => {
      const { layer, inputs, known, asked } = attributes;
      const weights = layer.weights.map((weight) => weight.read());
      const by = asked.map((i) => (i < attributes.arguments ? given[i] : weights[i - attributes.arguments]));
      const dys = given.slice(inputs);
      const f = () => {
        const outputs = call(given.slice(0, attributes.arguments), attributes);
        return tf.addN(known.map((output, i) => tf.sum(tf.mul(outputs[output], dys[i]))));
      };
      const { grads } = tf.engine().gradients(f, [...by], undefined, true);
      return by.map((x, i) => grads[i] ?? tf.zerosLike(x));
    }),
};

function call(
  inputs: readonly tf.Tensor[],
  { layer, kwargs, arguments: count }: LayerCallAttributes,
): tf.Tensor[] {
  const given = inputs.slice(0, count);
  return [layer.call(given.length === 1 ? given[0] : given, kwargs)].flat();
}

interface LossCallAttributes {
  readonly loss: (yTrue: tf.Tensor2D, yPred: tf.Tensor2D, known: tf.Tensor2D) => tf.Tensor1D;
}

/**
 * The losses per image, [n], by a function of tensors. Inputs, each [n, labels]: labels, predicted probabilities, and
 * 1 for each label that is known, else 0.
 */
const lossCallKind: OperationKind<LossCallAttributes> = {
  name: 'LossCall',
  sizes: ([, yPred]) => [[yPred.sizes[0]]],
  run: ([yTrue, yPred, known], { loss }) => [
    loss(yTrue as tf.Tensor2D, yPred as tf.Tensor2D, known as tf.Tensor2D),
  ],
  gradient: (program, { inputs, attributes }, [dy]) => [
    undefined,
    lossCallGradient(program, [dy!, ...inputs], attributes),
    undefined,
  ],
};

export const lossCall = operation(lossCallKind);

const lossCallGradientKind: OperationKind<LossCallAttributes> = {
  name: 'LossGradient',
  sizes: ([, , yPred]) => [yPred.sizes],
  run: ([dy, yTrue, yPred, known], { loss }) => [
    tf.tidy(() => {
      const ofPredictions = (y: tf.Tensor) =>
        loss(yTrue as tf.Tensor2D, y as tf.Tensor2D, known as tf.Tensor2D);
      return tf.grad(ofPredictions)(yPred, dy) ?? tf.zerosLike(yPred);
    }),
  ],
};

const lossCallGradient = operation(lossCallGradientKind);
