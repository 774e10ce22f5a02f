import * as tf from '@tensorflow/tfjs-core';
import { LayersModel, type layers as tfLayers } from '@tensorflow/tfjs-layers';
import { WeightsMismatchError } from './errors';
import type { NamedLayers, NamedWeight } from './named-weights';

type Layer = tfLayers.Layer;
type Variable = Layer['weights'][number];

export interface AssignOptions {
  /** Where the weights come from, for messages: a path or a URL. */
  readonly source: string;
  /** Other names that a layer may have in the file. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Puts weights into a model's layers, by the layer's name and the weight's name (kernel, bias, gamma, …).
 *
 * Never by position: the order of `getWeights()` changes with what is trainable. Nested models are followed.
 * Layers of the file that the model lacks are passed over. All is checked before the first weight is written.
 * @throws {WeightsMismatchError} names every missing layer, or the layer, the weight and both shapes
 */
export function assignWeights(model: LayersModel, file: NamedLayers, options: AssignOptions): void {
  const pairs = pairsOf(model, file, options);
  for (const [variable, weight] of pairs) {
    const value = tf.tensor(weight.read(), [...weight.shape], 'float32');
    variable.write(value);
    value.dispose(); // the variable keeps the memory, this handle isn't needed any more
  }
}

function pairsOf(model: LayersModel, file: NamedLayers, options: AssignOptions): [Variable, NamedWeight][] {
  const weighty = model.layers.filter((layer) => layer.weights.length > 0);
  const found = weighty.map((layer) => namesOf(layer, options).find((name) => file.has(name)));
  const missing = weighty.filter((_, i) => found[i] === undefined).map((layer) => layer.name);
  if (missing.length > 0) {
    throw new WeightsMismatchError(
      `${options.source}: expected weights for ${weighty.length} layers of "${model.name}"; ` +
        `${missing.length} of them are not in the file: ${shortList(missing)}. ` +
        `The file has ${shortList([...file.keys()])}. Is it the file of another architecture, or one without its top?`,
    );
  }
  return weighty.flatMap((layer, i) => {
    const weights = file.get(found[i]!)!;
    return layer instanceof LayersModel
      ? pairsOf(layer, byInnerLayer(weights), options)
      : layer.weights.map((variable): [Variable, NamedWeight] => [
          variable,
          match(layer, variable, weights, options),
        ]);
  });
}

function match(layer: Layer, variable: Variable, weights: readonly NamedWeight[], { source }: AssignOptions) {
  const name = lastPart(variable.originalName);
  const candidates = weights.filter((weight) => lastPart(weight.name) === name);
  const weight = candidates[0];
  if (weight === undefined || candidates.length > 1) {
    throw new WeightsMismatchError(
      `${source}: layer "${layer.name}" expects one weight "${name}"; the file has ` +
        `${weights.length === 0 ? 'no weights' : weights.map((w) => w.name).join(', ')} for it.`,
    );
  }
  if (weight.shape.length !== variable.shape.length || weight.shape.some((n, i) => n !== variable.shape[i])) {
    throw new WeightsMismatchError(
      `${source}: layer "${layer.name}" expects "${name}" of shape ${shapeText(variable.shape)}; ` +
        `the file has ${shapeText(weight.shape)}. Does the model have another number of classes or input channels?`,
    );
  }
  return weight;
}

function namesOf(layer: Layer, { aliases }: AssignOptions): readonly string[] {
  return [layer.name, ...(aliases?.[layer.name] ?? [])];
}

/** A nested model's weights lie together under its name: `conv/kernel` belongs to its layer `conv`. */
function byInnerLayer(weights: readonly NamedWeight[]): NamedLayers {
  const layers = new Map<string, NamedWeight[]>();
  for (const weight of weights) {
    const layer = weight.name.split('/').at(-2) ?? '';
    layers.set(layer, [...(layers.get(layer) ?? []), weight]);
  }
  return layers;
}

/** `conv1_conv/kernel:0` → `kernel`. */
function lastPart(name: string): string {
  return name.split('/').at(-1)!.replace(/:\d+$/, '');
}

function shapeText(shape: readonly (number | null)[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}

function shortList(names: readonly string[]): string {
  if (names.length === 0) return 'no layers';
  return names.length <= 8
    ? names.join(', ')
    : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}
