import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { preprocess } from '../../backbones/preprocess';
import { leafLayers } from '../../layers/leaf-layers';
import { weightsOf } from '../../tfjs-internals/layer-weights';
import { seededDropout } from './seeded-dropout';
import type { StepProgramOptions } from './step-program';
import { NotFiniteStepError, type StepBatch, type TrainingSteps } from './training-step';

/** Training steps by TensorFlow.js' own differentiation, for models that can't become a program. */
export function tapeSteps({
  model,
  preprocessing,
  loss,
  learning,
  optimizer,
}: Omit<StepProgramOptions, 'recompute'>): TrainingSteps {
  const dropout = seededDropout(model);
  const constrained = constrainedWeights(model, learning);
  const inputOf = ({ x }: StepBatch) => (preprocessing ? preprocess(x as tf.Tensor4D, preprocessing) : x);
  const lossOf = ({ y, known, weights }: StepBatch, scores: tf.Tensor2D) =>
    total(model, loss(y, scores, known), weights);
  return {
    way: 'tape',
    async train(batch, { learningRate, random }) {
      optimizer.learningRate = learningRate;
      dropout.next(random);
      let scores: tf.Tensor2D | undefined;
      const { value, grads } = tf.tidy(() => {
        const x = inputOf(batch);
        const found = tf.variableGrads(() => {
          scores = model.apply(x, { training: true }) as tf.Tensor2D;
          return lossOf(batch, tf.keep(scores));
        }, [...learning]);
        tf.keep(found.value);
        for (const gradient of Object.values(found.grads)) tf.keep(gradient);
        return found;
      });
      try {
        await checkFinite(value, grads);
        tf.tidy(() => {
          optimizer.apply(learning, grads);
          for (const { variable, constraint } of constrained) variable.assign(constraint.apply(variable));
        });
      } catch (error) {
        tf.dispose([value, scores!]);
        throw error;
      } finally {
        tf.dispose(grads);
        dropout.restore();
      }
      return { loss: value, scores: scores! };
    },
    evaluate: async (batch) =>
      tf.tidy(() => {
        const scores = model.apply(inputOf(batch), { training: false }) as tf.Tensor2D;
        return { loss: lossOf(batch, scores), scores };
      }),
    dispose() {},
  };
}

async function checkFinite(loss: tf.Tensor, gradients: tf.NamedTensorMap): Promise<void> {
  const names = Object.keys(gradients);
  const squares = tf.tidy(() =>
    tf.stack([tf.reshape(loss, []), ...names.map((name) => tf.sum(tf.square(gradients[name])))]),
  );
  const [value, ...of] = await squares.data();
  squares.dispose();
  const worst = of.findIndex((number) => !Number.isFinite(number));
  if (worst < 0 && Number.isFinite(value)) return;
  const gradient = worst < 0 ? '' : `, and the gradient of "${names[worst]}" is not finite`;
  throw new NotFiniteStepError(`the loss is ${value}${gradient}`);
}

/**
 * The loss of a batch: the weighted mean over the images, plus the penalties of the layers' regularizers. As in Keras,
 * each layer's penalty counts once, even if the layer is called several times. tfjs-layers counts it per call.
 */
function total(model: LayersModel, losses: tf.Tensor1D, weights: tf.Tensor): tf.Scalar {
  const penalties = leafLayers(model).flatMap(({ layer }) => layer.calculateLosses());
  return tf.addN([tf.mean(tf.mul(losses, weights)), ...penalties]) as tf.Scalar;
}

/** The learning variables that have a constraint. TensorFlow.js applies one if weights are set, not after an update. */
function constrainedWeights(model: LayersModel, learning: readonly tf.Variable[]) {
  return leafLayers(model)
    .flatMap(({ layer }) => weightsOf(layer))
    .flatMap((weight) => {
      const variable = weight.read();
      const { constraint } = weight;
      return constraint && learning.includes(variable) ? [{ variable, constraint }] : [];
    });
}
