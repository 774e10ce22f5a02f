import type { LayersModel } from '@tensorflow/tfjs-layers';
import { WeightsMismatchError } from './errors';
import { withInputChannels } from './input-channels';
import { inKerasOrder, nameInLayer } from './keras-order';
import { snakeCase } from './keras3-h5';
import { type ModelWeight, modelWeights } from './model-weights';
import type { NamedWeight, WeightsFile } from './named-weights';
import { asKeras, pyTorchName } from './pytorch-layout';

/** Other names that layers may have in a file: a table, or a function of the layer's name. */
export type LayerAliases =
  | Readonly<Record<string, readonly string[]>>
  | ((layer: string) => readonly string[]);

export interface MatchOptions {
  /** The source of the weights (a path or a URL), for error messages. */
  readonly source: string;
  readonly aliases?: LayerAliases;
  /** The name of the first convolution, if its kernel in the file may have another number of input channels. */
  readonly adaptedLayer?: string;
}

/** A weight of a model and its numbers in a file, with the axes in the model's order. */
export interface WeightPair {
  readonly target: ModelWeight;
  readonly values: Pick<NamedWeight, 'shape' | 'read'>;
}

/** Other names of a weight: Keras 3 calls `depthwise_kernel` just `kernel`. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  depthwise_kernel: ['kernel'],
  kernel: ['depthwise_kernel'],
  gamma: ['layer_scale', 'scale'],
};

/**
 * Finds the weight in a file for every weight of a model, by the names of layers and weights, never by position.
 *
 * Models may be nested to any depth, and the file may nest them differently or not at all. If several layers of the file have
 * the name, the one whose path shares most with the model's path is taken. Layers that the model lacks are ignored.
 *
 * @throws {WeightsMismatchError} names every missing layer; or the layer, the weight and both shapes; nothing was written
 */
export function matchWeights(model: LayersModel, file: WeightsFile, options: MatchOptions): WeightPair[] {
  if (file.layout === 'pytorch') refuseAdapters(file, options);
  const layers = grouped(modelWeights(model), ({ holderPath }) => holderPath);
  const inFile = [...grouped(file.weights, ({ layer }) => layer.join('\n')).values()];
  const find =
    file.layout === 'pytorch'
      ? byPrefix(inFile, [...layers.keys()], options)
      : byPath(inFile, model, options);
  const missing: string[] = [];
  const taken = new Map<readonly NamedWeight[], string>();
  const found = [...layers].map(([path, targets]) => {
    const weights = find(path, targets);
    if (weights === undefined) missing.push(path);
    return { path, targets, weights };
  });
  if (missing.length > 0) throw layersMissing(model, layers.size, missing, inFile, options);
  return found.flatMap(({ path, targets, weights }) => {
    const other = taken.get(weights!);
    if (other !== undefined && file.layout === 'keras') {
      throw new WeightsMismatchError(
        `${options.source}: layers "${other}" and "${path}" of "${model.name}" would both take ` +
          `"${weights![0].layer.join('/')}" of the file. Does the model hold a network twice that the file holds once?`,
      );
    }
    taken.set(weights!, path);
    return targets.map((target) => pairOf(target, targets, weights!, file, options));
  });
}

/** Refuses a file whose network has adapters of PEFT beside its layers: the layers' own weights aren't all that they compute with. */
function refuseAdapters({ weights }: WeightsFile, { source }: MatchOptions): void {
  for (const { layer, name } of weights) {
    const names = [...layer, String(name)];
    const at = names.findIndex((one) => /^(lora|hada|lokr|ia3|oft|boft|vera)_/.test(one));
    if (at < 0) continue;
    throw new WeightsMismatchError(
      `${source}: expected the weights of layers alone; layer "${names.slice(0, at).join('.')}" has an adapter ("${names[at]}"), ` +
        'which is not merged into its weight. Merge it, with PEFT by model = model.merge_and_unload(), and save ' +
        'model.state_dict() again.',
    );
  }
}

/** Values grouped by key. Node 20 lacks `Map.groupBy`. */
function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

type Find = (path: string, targets: readonly ModelWeight[]) => readonly NamedWeight[] | undefined;
type LayersOfFile = readonly (readonly NamedWeight[])[];

function namesOf(layer: string, { aliases }: MatchOptions): readonly string[] {
  const others = typeof aliases === 'function' ? aliases(layer) : (aliases?.[layer] ?? []);
  return [layer, ...others];
}

/** The most names of a common prefix, as `state_dict.model._orig_mod.` has three. */
const LONGEST_PREFIX = 8;

/** Whether a prefix tells averaged weights, which are meant for use (`state_dict_ema`, `ema`). */
const isAverage = (prefix: string) => /(^|[._])ema[._]/.test(prefix);

/**
 * Matches a PyTorch file. All its names may have a common prefix (`module.`, `model.`). If the file holds the network several
 * times, its averaged weights are taken, otherwise the first.
 */
function byPrefix(inFile: LayersOfFile, paths: readonly string[], options: MatchOptions): Find {
  const byName = new Map(inFile.map((weights) => [weights[0].layer.join('.'), weights]));
  const named = (path: string, prefix: string) => {
    const leaf = path.split('/').at(-1)!;
    const name = namesOf(leaf, options).find((one) => byName.has(prefix + one));
    return name === undefined ? undefined : byName.get(prefix + name);
  };
  const prefixes = new Set(['']);
  for (const { layer } of inFile.flat()) {
    for (let length = 1; length <= Math.min(layer.length, LONGEST_PREFIX); length++)
      prefixes.add(`${layer.slice(0, length).join('.')}.`);
  }
  const count = (prefix: string) => paths.filter((path) => named(path, prefix)).length;
  const [best] = [...prefixes]
    .map((prefix) => ({ prefix, count: count(prefix) }))
    .sort((a, b) => b.count - a.count || Number(isAverage(b.prefix)) - Number(isAverage(a.prefix)));
  return (path) => named(path, best.prefix);
}

/** Matches a Keras file: takes the layer in the file whose path is most similar to the path in the model. */
function byPath(inFile: LayersOfFile, model: LayersModel, options: MatchOptions): Find {
  const byLeaf = grouped(inFile, (weights) => weights[0].layer.at(-1) ?? '');
  const byTop = grouped(inFile, (weights) => weights[0].layer[0] ?? '');
  // Keras names the cell of a recurrent layer: lstm/lstm_cell.
  const byCell = grouped(
    inFile.filter(([{ layer }]) => /_cell(_\d+)?$/.test(layer.at(-1) ?? '')),
    (weights) => weights[0].layer.at(-2) ?? '',
  );
  const numbered = classNames(model);
  return (path) => {
    const parts = path.split('/');
    const leaf = parts.at(-1)!;
    // A .keras file names a Bidirectional's layers forward_layer and backward_layer, whatever their own names are.
    const direction = /^(forward|backward)_/.exec(leaf);
    const names = namesOf(leaf, options);
    for (const name of direction ? [...names, `${direction[0]}layer`] : names) {
      const own = name.split('/'); // an alias may be a path
      const wanted = [...parts.slice(0, -1), ...own];
      const last = own.at(-1)!;
      const candidates = (byLeaf.get(last) ?? byCell.get(last) ?? []).map((weights) => ({
        weights,
        distance: distance(wanted, weights[0].layer),
      }));
      candidates.sort((a, b) => a.distance - b.distance);
      const [first, second] = candidates;
      if (first && first.distance !== second?.distance) return first.weights;
      // Keras 2 lets a layer be renamed and keeps the names of its weights: the group's name counts.
      const group = parts.length === 1 ? byTop.get(name) : undefined;
      if (group?.length === 1) return group[0];
    }
    return byLeaf.get(numbered.get(path) ?? '')?.find((weights) => typeof weights[0].name === 'number');
  };
}

/** The number of names that two paths don't share, compared from their ends; less if the outermost name is shared. */
function distance(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++;
  return a.length + b.length - 2 * shared - (a[0] === b[0] ? 0.5 : 0);
}

/** The names of a flat model's layers in early files of Keras 3, which are made from class names: `conv2d_1`. */
function classNames(model: LayersModel): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    model.layers.map((layer) => {
      const kind = snakeCase(layer.getClassName());
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      return [layer.name, count === 0 ? kind : `${kind}_${count}`];
    }),
  );
}

function pairOf(
  target: ModelWeight,
  targets: readonly ModelWeight[],
  weights: readonly NamedWeight[],
  { layout }: WeightsFile,
  { source, adaptedLayer }: MatchOptions,
): WeightPair {
  const name = nameInLayer(target);
  if (weights.some((weight) => String(weight.name).startsWith('lora_')))
    throw new WeightsMismatchError(
      `${source}: layer "${target.holderPath}" has weights of LoRA beside its "${name}", which aren't read. ` +
        'Save the model as .keras in Keras 3, which merges them.',
    );
  const candidates = candidatesOf(name, target, targets, weights, layout);
  const [weight] = candidates;
  if (weight === undefined || candidates.length > 1) {
    const names = weights.length === 0 ? 'no weights' : weights.map(({ name: one }) => one).join(', ');
    throw new WeightsMismatchError(
      `${source}: layer "${target.holderPath}" expects one weight "${name}"; the file has ${names} for it.`,
    );
  }
  const values = layout === 'pytorch' ? asKeras(weight, target) : depthwiseOf(weight, target);
  const { shape } = target.variable;
  if (adaptedLayer === target.layer.name && name === 'kernel' && values.shape.length === 4) {
    const adapted = withInputChannels(values, shape[2]!);
    if (adapted.shape.every((size, axis) => size === shape[axis])) return { target, values: adapted };
  }
  if (values.shape.length === shape.length && shape.every((size, axis) => size === values.shape[axis])) {
    return { target, values };
  }
  const order = layout === 'pytorch' ? ` (in PyTorch's order ${shapeText(weight.shape)})` : '';
  throw new WeightsMismatchError(
    `${source}: layer "${target.holderPath}" expects "${name}" of shape ${shapeText(shape)}; ` +
      `the file has ${shapeText(values.shape)}${order}. Does the model have another number of classes or input channels?`,
  );
}

/**
 * Some of Keras' networks have a convolution with one group per channel instead of a depthwise convolution. Its kernel has the
 * same numbers in the same order.
 */
function depthwiseOf(weight: NamedWeight, { layer, variable }: ModelWeight): WeightPair['values'] {
  const [height, width, one, channels] = weight.shape;
  const isGrouped =
    layer.getClassName() === 'DepthwiseConv2D' &&
    weight.shape.length === 4 &&
    one === 1 &&
    channels === variable.shape[2];
  return isGrouped ? { shape: [height, width, channels, 1], read: weight.read } : weight;
}

function candidatesOf(
  name: string,
  target: ModelWeight,
  targets: readonly ModelWeight[],
  weights: readonly NamedWeight[],
  layout: WeightsFile['layout'],
): readonly NamedWeight[] {
  const called = (wanted: readonly string[]) =>
    weights.filter((weight) => wanted.includes(String(weight.name)));
  if (layout === 'pytorch') return called(pyTorchName(name, target.layer.getClassName()));
  if (weights.some((weight) => typeof weight.name === 'number')) {
    const order = inKerasOrder(targets).map(nameInLayer);
    return weights.filter((weight) => weight.name === order.indexOf(name));
  }
  const own = called([name]);
  const other = own.length > 0 ? own : called(OTHER_NAMES[name] ?? []);
  if (other.length > 0) return other;
  // Some layers of Keras give their only weight no name of its own: `variable_1`.
  return targets.length === 1 && weights.length === 1 && /^variable(_\d+)?$/.test(String(weights[0].name))
    ? weights
    : [];
}

function layersMissing(
  model: LayersModel,
  count: number,
  missing: readonly string[],
  inFile: LayersOfFile,
  { source }: MatchOptions,
): WeightsMismatchError {
  const inFileNames = inFile.map(([{ layer, name }]) => layer.join('/') || String(name));
  return new WeightsMismatchError(
    `${source}: expected weights for ${count} layers of "${model.name}"; ` +
      `${missing.length} of them are not in the file: ${shortList(missing)}. ` +
      `The file has ${shortList(inFileNames)}. Is it the file of another architecture, or one without its top?`,
  );
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
