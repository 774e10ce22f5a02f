import type { CallInput, LayerJson } from './call-numbers';
import { type Json, objectOf } from './json';
import type { Call, Constant } from './keras-calls';
import { snakeCase } from './keras3-h5';

/** A layer that computes what an operation does, and its inputs if they aren't those of the operation. */
interface LayerOfOperation extends Pick<LayerJson, 'class_name' | 'config'> {
  readonly inputs?: readonly CallInput[];
}

/** Names of operations by TensorFlow, if Keras has others. */
const KERAS_NAMES: Readonly<Record<string, string>> = {
  bias_add: 'add',
  clip_by_value: 'clip',
  concat: 'concatenate',
  getitem: 'get_item',
  pow: 'power',
  reduce_max: 'max',
  reduce_mean: 'mean',
  swish: 'silu',
  truediv: 'true_divide',
};

/** Activations of layers by the names of operations, if they have no options. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  exp: 'exponential',
  hard_sigmoid: 'hard_sigmoid6',
  hard_silu: 'hard_swish',
  relu: 'relu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  silu: 'swish',
  softplus: 'softplus',
  softsign: 'softsign',
  tanh: 'tanh',
};

const MERGES: Readonly<Record<string, string>> = {
  add: 'Add',
  maximum: 'Maximum',
  minimum: 'Minimum',
  multiply: 'Multiply',
  subtract: 'Subtract',
};

/** Whether a layer of a description is an operation written as code (`x + 3`, `ops.mean(x)`), not an object of a layer class. */
export function isOperation({ class_name: className, module }: Json): boolean {
  const isCode = className === 'TFOpLambda' || className === 'SlicingOpLambda';
  return isCode || (typeof module === 'string' && module.includes('.ops.'));
}

/** Whether a layer of a description may be an operation. Keras' legacy files don't tell. */
export function mayBeOperation(layer: Json): boolean {
  const isLayer = 'trainable' in (objectOf(layer.config) ?? {});
  return isOperation(layer) || (layer.module === undefined && !isLayer);
}

/**
 * The layer that computes what an operation does. Keras describes code on tensors (`x / 127.5 - 1`, `preprocess_input(x)`,
 * `relu(x)`) as operations.
 *
 * @returns undefined if no layer computes it
 */
export function layerOfOperation(
  className: string,
  name: string,
  call: Call,
  given: Json,
): LayerOfOperation | undefined {
  const own = { name, trainable: true };
  const said =
    className === 'TFOpLambda' || className === 'SlicingOpLambda'
      ? (String(given.function).split('.').at(-1) ?? '')
      : snakeCase(className);
  const operation = KERAS_NAMES[said] ?? said;
  const { tensors, constants, options } = call;
  const all = { ...given, ...options };
  if (tensors.length !== 1) {
    if (operation === 'concatenate')
      return { class_name: 'Concatenate', config: { ...own, axis: all.axis ?? -1 } };
    const merge = tensors.length > 1 && constants.length === 0 ? MERGES[operation] : undefined;
    return merge === undefined ? undefined : { class_name: merge, config: own };
  }
  if (constants.length === 1) {
    const made = withConstant(operation, constants[0], call);
    if (made) return { ...made, config: { ...own, ...made.config } };
  }
  const made = ofOneTensor(operation, all, tensors[0]);
  return made && { ...made, config: { ...own, ...made.config } };
}

function withConstant(
  operation: string,
  constant: Constant,
  { constantFirst, tensors: [x] }: Call,
): LayerOfOperation | undefined {
  const of = (apply: (value: number) => number) =>
    typeof constant === 'number' ? apply(constant) : constant.map(apply);
  if (operation === 'add') return affine(1, constant);
  if (operation === 'multiply') return affine(constant, 0);
  if (operation === 'subtract')
    return constantFirst
      ? affine(-1, constant)
      : affine(
          1,
          of((value) => -value),
        );
  if (operation === 'true_divide' && !constantFirst)
    return affine(
      of((value) => 1 / value),
      0,
    );
  if (operation === 'power' && constant === 2 && !constantFirst) return squared(x);
  if (operation === 'maximum' && constant === 0) return { class_name: 'ReLU', config: {} };
  return undefined;
}

/** x · scale + offset, by single numbers or by numbers per channel. */
function affine(scale: Constant, offset: Constant): LayerOfOperation {
  if (typeof scale === 'number' && typeof offset === 'number')
    return { class_name: 'Rescaling', config: { scale, offset } };
  const { length } = typeof scale === 'number' ? (offset as readonly number[]) : scale;
  const perChannel = (value: Constant) => (typeof value === 'number' ? Array(length).fill(value) : value);
  const config = { reverse: false, scale: perChannel(scale), offset: perChannel(offset) };
  return { class_name: 'ChannelAffine', config };
}

function squared(x: CallInput): LayerOfOperation {
  return { class_name: 'Multiply', config: {}, inputs: [x, x] };
}

const REVERSED: LayerOfOperation = {
  class_name: 'ChannelAffine',
  config: { reverse: true, scale: [1], offset: [0] },
};

function ofOneTensor(operation: string, options: Json, x: CallInput): LayerOfOperation | undefined {
  const { axis, alpha, negative_slope: slope = alpha } = options;
  const activation = (name: string): LayerOfOperation => ({
    class_name: 'Activation',
    config: { activation: name },
  });
  const plain = ACTIVATIONS[operation];
  if (plain) return activation(plain);
  switch (operation) {
    case 'cast':
      return /^float|^undefined$/.test(String(options.dtype)) ? activation('linear') : undefined;
    case 'elu':
      return (alpha ?? 1) === 1 ? activation('elu') : undefined;
    case 'gelu':
      return options.approximate === false ? activation('gelu') : undefined;
    case 'softmax':
      return (axis ?? -1) === -1 ? activation('softmax') : undefined;
    case 'relu6':
      return { class_name: 'ReLU', config: { max_value: 6 } };
    case 'leaky_relu':
      return { class_name: 'LeakyReLU', config: { alpha: slope ?? 0.2 } };
    case 'negative':
      return affine(-1, 0);
    case 'square':
      return squared(x);
    case 'clip': {
      const { x_min: low = options.clip_value_min, x_max: high = options.clip_value_max } = options;
      return low === 0 ? { class_name: 'ReLU', config: { max_value: high } } : undefined;
    }
    case 'mean':
    case 'max': {
      if (String(axis) !== '1,2') return undefined;
      const class_name = operation === 'mean' ? 'GlobalAveragePooling2D' : 'GlobalMaxPooling2D';
      return { class_name, config: { keepdims: options.keepdims === true } };
    }
    case 'reshape': {
      const [images, ...sizes] = [options.newshape ?? options.shape].flat().map(Number);
      return images === -1 && sizes.every((size) => size > 0)
        ? { class_name: 'Reshape', config: { target_shape: sizes } }
        : undefined;
    }
    case 'get_item':
      return reversesChannels(options) ? REVERSED : undefined;
    case 'flip':
      return axis === -1 ? REVERSED : undefined;
    default:
      return undefined;
  }
}

/** Whether a slice is `x[..., ::-1]`. */
function reversesChannels({ slice_spec: ofKeras2, args }: Json): boolean {
  const spec = ofKeras2 ?? (Array.isArray(args) ? args[0] : undefined);
  if (!Array.isArray(spec) || spec.length !== 2 || objectOf(spec[0])?.class_name !== '__ellipsis__')
    return false;
  const slice = objectOf(spec[1]);
  const { start = null, stop = null, step } = objectOf(slice?.config) ?? slice ?? {};
  return start === null && stop === null && step === -1;
}

/**
 * Replaces a stack of the last axis' three slices in reverse, `stack([x[..., 2], x[..., 1], x[..., 0]], -1)`, by one reversal.
 * Keras 3's `preprocess_input` writes it so.
 */
export function withReversals(layers: readonly Json[]): readonly Json[] {
  const channelOf = new Map<string, { readonly channel: number; readonly node: unknown }>();
  for (const { name, config, class_name, inbound_nodes } of layers) {
    const node = (
      Array.isArray(inbound_nodes) && inbound_nodes.length === 1 ? inbound_nodes[0] : undefined
    ) as unknown;
    const args = objectOf(node)?.args;
    const spec = class_name === 'GetItem' && Array.isArray(args) ? (args[1] as unknown) : undefined;
    if (!Array.isArray(spec) || spec.length !== 2 || objectOf(spec[0])?.class_name !== '__ellipsis__')
      continue;
    if (typeof spec[1] === 'number')
      channelOf.set(String(name ?? objectOf(config)?.name), {
        channel: spec[1],
        node: (args as unknown[])[0],
      });
  }
  const gone = new Set<string>();
  const replaced = layers.map((layer) => {
    if (layer.class_name !== 'Stack' || objectOf(layer.config)?.axis !== -1) return layer;
    const args = objectOf((layer.inbound_nodes as unknown[] | undefined)?.[0])?.args;
    const list = Array.isArray(args) && Array.isArray(args[0]) ? (args[0] as unknown[]) : [];
    const names = list.map((one) =>
      String((objectOf(objectOf(one)?.config)?.keras_history as unknown[])?.[0]),
    );
    const channels = names.map((one) => channelOf.get(one));
    const isReversal =
      String(channels.map((one) => one?.channel)) === '2,1,0' &&
      new Set(channels.map((one) => JSON.stringify(one?.node))).size === 1;
    if (!isReversal) return layer;
    for (const name of names) gone.add(name);
    const node = { args: [channels[0]!.node], kwargs: {} };
    const { name } = objectOf(layer.config)!;
    return {
      ...layer,
      class_name: 'Flip',
      config: { name, axis: -1, trainable: true },
      inbound_nodes: [node],
    };
  });
  return replaced.filter((layer) => !gone.has(String(layer.name ?? objectOf(layer.config)?.name)));
}
