import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { SavedModelError } from '../errors';
import { type GraphModelLike, rememberedGraph } from './graph-model';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface FrozenGraphArgs extends LayerArgs {
  /** The result of `rememberGraph`. */
  readonly fingerprint: string;
  /** The name of the graph's input. `node` is the node whose output is the layer's output. */
  readonly from: string;
  readonly node: string;
  /** The output sizes of one image. */
  readonly outputSizes: readonly number[];
}

/**
 * A graph model as a layer. Its weights are constants of the graph model: they don't learn, and aren't saved with the
 * layer.
 */
export class FrozenGraph extends layers.Layer {
  static readonly className = 'FrozenGraph';
  static readonly sameInTraining = true;
  readonly #args: FrozenGraphArgs;
  readonly #graph: GraphModelLike;

  /** @throws {SavedModelError} no graph model of this fingerprint is known */
  constructor(args: FrozenGraphArgs) {
    super(args);
    const graph = rememberedGraph(args.fingerprint);
    if (!graph) {
      throw new SavedModelError(
        `layer "${args.name}" stands for a graph model of ${args.fingerprint}, which isn't saved with it. Give that one to ` +
          'load: load(source, { graphModel: await loadGraphModel(…) }).',
      );
    }
    this.#args = args;
    this.#graph = graph;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [n] = inputShape as Shape;
    return [n ?? null, ...this.#args.outputSizes];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { from, node } = this.#args;
    return tf.tidy(() => this.#graph.execute({ [from]: x }, node) as tf.Tensor);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { fingerprint, from, node, outputSizes } = this.#args;
    return { ...super.getConfig(), fingerprint, from, node, outputSizes: [...outputSizes] };
  }
}
