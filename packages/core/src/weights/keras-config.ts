import { type CallInput, type LayerJson, withCallNumbers } from './call-numbers';
import { WeightsFileError } from './errors';
import { type Json, objectOf } from './json';

/** The deepest nesting of models that is read. */
const DEEPEST = 32;

const MODELS = ['Functional', 'Model', 'Sequential'];

/** TensorFlow.js' names of activations, by Keras' names, if they differ. */
const ACTIVATIONS: Readonly<Record<string, string>> = { silu: 'swish', hard_silu: 'hard_swish' };

/**
 * Converts the description of a model by Keras 2 or 3 to the form that TensorFlow.js reads.
 *
 * Keras 3 describes calls, types, activations and inputs in another form. Options that TensorFlow.js would silently ignore
 * (groups of convolutions, a slope in a ReLU) are refused by name. Initializers are replaced by zeros, because weights are
 * loaded afterwards.
 *
 * @param architecture a `config.json`, `model_config`, or the `modelTopology` of a `model.json`
 * @throws {WeightsFileError} no such description, or a layer that can't be built
 */
export function tfjsTopology(architecture: unknown, source: string): Json {
  const outer = objectOf(architecture);
  const model = objectOf(outer?.model_config) ?? outer;
  if (typeof model?.class_name !== 'string' || !MODELS.includes(model.class_name)) {
    throw new WeightsFileError(
      `${source}: expected a Functional or Sequential model; received ` +
        `${typeof model?.class_name === 'string' ? `a model of the class "${model.class_name}", whose code isn't in the file` : 'no description of layers'}. ` +
        'Build it here and use loadWeights.',
    );
  }
  return modelJson(
    model,
    { source, keras3: /"(batch_shape|keras_history|__keras_tensor__)"/.test(JSON.stringify(model)) },
    0,
  );
}

interface Reading {
  readonly source: string;
  /** Whether Keras 3 wrote the description. Its hard sigmoid is another function than that of Keras 2. */
  readonly keras3: boolean;
}

function modelJson(model: Json, reading: Reading, depth: number): Json {
  const config = objectOf(model.config) ?? { layers: model.config }; // early Keras: a Sequential is its list of layers
  if (!Array.isArray(config.layers) || depth > DEEPEST) {
    throw new WeightsFileError(`${reading.source}: expected a model's layers; received something else.`);
  }
  const layers = config.layers.map((layer) => layerJson(objectOf(layer) ?? {}, reading, depth));
  if (model.class_name === 'Sequential') {
    return { class_name: 'Sequential', config: { name: config.name, layers } };
  }
  const ends = (value: unknown) =>
    endpoints(value).map(([name, call, output]) => [name, call, output, {}] as CallInput);
  const graph = { layers, inputs: ends(config.input_layers), outputs: ends(config.output_layers) };
  const { layers: numbered, inputs, outputs } = withCallNumbers(graph, reading);
  return {
    class_name: 'Model',
    config: { name: config.name, layers: numbered, input_layers: inputs, output_layers: outputs },
  };
}

/** The inputs or outputs of a model as a list. Keras 3 writes a single one without a list, and several as a list or dict. */
function endpoints(value: unknown): readonly CallInput[] {
  if (Array.isArray(value)) {
    return typeof value[0] === 'string'
      ? [value as unknown as CallInput]
      : value.flatMap((one) => endpoints(one));
  }
  return Object.values(objectOf(value) ?? {}).flatMap((one) => endpoints(one));
}

function layerJson(layer: Json, reading: Reading, depth: number): LayerJson {
  const className = String(layer.class_name).replace(/^.*>/, ''); // Keras 2 names the package, too: Custom>MyLayer
  const given = objectOf(layer.config) ?? {};
  const name = String(layer.name ?? given.name);
  const calls = callsOf(layer.inbound_nodes, reading, name);
  const inbound_nodes = calls.map(({ tensors }) => tensors);
  if (MODELS.includes(className)) {
    const { config, class_name } = modelJson(layer, reading, depth + 1) as unknown as LayerJson;
    return { class_name, config: { ...config, name }, name, inbound_nodes };
  }
  const config = layerConfig(given, className, name, reading);
  const made = arithmetic(className, name, calls, config) ?? otherClass(className, config);
  const described = made ?? { class_name: className, config };
  return { ...described, name, inbound_nodes };
}

/** Layers of Keras that are a layer of another class in TensorFlow.js or Thaw. */
function otherClass(className: string, config: Json): Pick<LayerJson, 'class_name' | 'config'> | undefined {
  const { name, trainable = true } = config;
  if (isAugmentation(className))
    return { class_name: 'Activation', config: { name, trainable, activation: 'linear' } };
  if (className === 'Conv2D' && Number(config.groups ?? 1) > 1) return depthwise(config);
  if (className === 'Flip' && config.axis === -1)
    return {
      class_name: 'ChannelAffine',
      config: { name, trainable, reverse: true, scale: [1], offset: [0] },
    };
  if (className === 'ReLU' && Number(config.threshold ?? 0) !== 0)
    return { class_name: 'ThresholdedReLU', config: { name, trainable, theta: config.threshold } };
  const [rows, columns] = Array.isArray(config.padding) ? (config.padding as unknown[]).map(String) : [];
  // Padding with the channels first sees the channels of our maps as columns.
  if (className === 'ZeroPadding2D' && config.data_format === 'channels_first' && rows === '0,0') {
    const [before, after] = columns.split(',').map(Number);
    if (before === 0)
      return { class_name: 'ZeroPaddingChannels', config: { name, trainable, channels: after } };
  }
  return undefined;
}

/** Whether a layer changes images at random in training, and leaves them as they are otherwise. */
function isAugmentation(className: string): boolean {
  return (
    (className.startsWith('Random') && className !== 'RandomCrop') ||
    ['AugMix', 'CutMix', 'MixUp', 'RandAugment'].includes(className)
  );
}

/** A convolution with one group per channel as a depthwise convolution. */
function depthwise({
  filters: _,
  groups: __,
  kernel_initializer,
  kernel_regularizer = null,
  kernel_constraint = null,
  ...config
}: Json): Pick<LayerJson, 'class_name' | 'config'> {
  return {
    class_name: 'DepthwiseConv2D',
    config: {
      ...config,
      depth_multiplier: 1,
      depthwise_initializer: kernel_initializer,
      depthwise_regularizer: kernel_regularizer,
      depthwise_constraint: kernel_constraint,
    },
  };
}

/** Activations that are written as code, by TensorFlow's and Keras' names of the functions. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  relu: 'relu',
  sigmoid: 'sigmoid',
  silu: 'swish',
  swish: 'swish',
  tanh: 'tanh',
};

/** Sums, products and activations that are written as code (`x + 3.0`, `relu(x)`), which Keras describes as operations. */
function arithmetic(
  className: string,
  name: string,
  calls: readonly Call[],
  config: Json,
): Pick<LayerJson, 'class_name' | 'config'> | undefined {
  const operation =
    className === 'TFOpLambda' ? (String(config.function).split('.').at(-1) ?? '') : className.toLowerCase();
  const [call] = calls;
  const own = { name, trainable: true };
  const number = call?.numbers[0];
  if (call?.tensors.length === 1 && number !== undefined) {
    if (operation === 'add') return { class_name: 'Rescaling', config: { ...own, scale: 1, offset: number } };
    if (operation === 'subtract')
      return { class_name: 'Rescaling', config: { ...own, scale: 1, offset: -number } };
    if (operation === 'multiply')
      return { class_name: 'Rescaling', config: { ...own, scale: number, offset: 0 } };
    if (operation === 'truedivide' || operation === 'truediv')
      return { class_name: 'Rescaling', config: { ...own, scale: 1 / number, offset: 0 } };
  }
  const isCode =
    className === 'TFOpLambda' || ['Relu', 'Relu6', 'Sigmoid', 'Silu', 'Tanh'].includes(className);
  if (!isCode) return undefined;
  const merged = { add: 'Add', multiply: 'Multiply', subtract: 'Subtract' }[operation];
  if (merged) return { class_name: merged, config: own };
  if (operation === 'relu6') return { class_name: 'ReLU', config: { ...own, max_value: 6 } };
  const activation = FUNCTIONS[operation];
  return activation ? { class_name: 'Activation', config: { ...own, activation } } : undefined;
}

function layerConfig(given: Json, className: string, name: string, { source, keras3 }: Reading): Json {
  const refuse = (what: string) => new WeightsFileError(`${source}: layer "${name}" (${className}) ${what}.`);
  const config: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(given)) {
    if (className === 'SeparableConv2D' && /^kernel_[irc]/.test(key)) continue; // it has a pair of kernels, each with its own
    if (key.endsWith('_initializer'))
      config[key] = value === null ? null : { class_name: 'Zeros', config: {} };
    else if (key.endsWith('_regularizer')) config[key] = regularizer(value);
    else if (key.endsWith('activation')) config[key] = activation(value, keras3, refuse);
    else if (key === 'dtype') config[key] = 'float32';
    else if (key === 'batch_shape') config.batch_input_shape = value;
    else config[key] = value;
  }
  if (className === 'BatchNormalization' && Array.isArray(config.axis)) {
    if (config.axis.length !== 1)
      throw refuse(`normalises several axes, ${JSON.stringify(config.axis)}, which isn't read`);
    [config.axis] = config.axis;
  }
  if (className === 'LayerNormalization' && config.rms_scaling === true)
    throw refuse('scales by the root mean square, which TensorFlow.js lacks');
  const groups = className.includes('Conv') ? (config.groups ?? 1) : 1;
  if (className === 'Conv2D' && groups !== 1 && groups === config.filters) return config; // a depthwise convolution
  if (Number(groups) !== 1)
    throw refuse(`has ${config.groups} groups of channels, which TensorFlow.js lacks`);
  const threshold = Number(config.threshold ?? 0) !== 0;
  if (
    className === 'ReLU' &&
    (Number(config.negative_slope ?? 0) !== 0 || (threshold && (config.max_value ?? null) !== null))
  )
    throw refuse('has a slope, or a threshold and a largest value, which TensorFlow.js lacks in a ReLU');
  if (className === 'LeakyReLU') config.alpha ??= config.negative_slope;
  if (className === 'InputLayer' && (config.sparse === true || config.ragged === true))
    throw refuse('takes sparse or ragged tensors, which TensorFlow.js lacks');
  return config;
}

/** A regularizer as TensorFlow.js' class L1L2, which stands for Keras' L1, L2 and L1L2. */
function regularizer(value: unknown): unknown {
  const { class_name, config } = objectOf(value) ?? {};
  const { l1 = 0, l2 = 0 } = objectOf(config) ?? {};
  return typeof class_name === 'string' && /^L1|^L2/i.test(class_name)
    ? { class_name: 'L1L2', config: { l1, l2 } }
    : value;
}

function activation(value: unknown, keras3: boolean, refuse: (what: string) => WeightsFileError): unknown {
  const known = objectOf(value);
  const name = known ? (known.config as unknown) : value;
  if (value === null || value === undefined) return value;
  if (typeof name !== 'string') throw refuse(`has the activation ${JSON.stringify(value)}, which isn't read`);
  if (
    known?.class_name === 'function' &&
    known.module === 'builtins' &&
    known.registered_name !== null &&
    known.registered_name !== 'function'
  )
    throw refuse(`has the activation "${name}", a function whose code isn't in the file`);
  if (keras3 && name === 'hard_sigmoid') return 'hard_sigmoid6';
  return ACTIVATIONS[name] ?? name;
}

/** A call of a layer: its inputs in the form of Keras 2, and the numbers among its arguments. */
interface Call {
  readonly tensors: readonly CallInput[];
  readonly numbers: readonly number[];
}

function callsOf(nodes: unknown, { source }: Reading, name: string): Call[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.map((node): Call => {
    if (Array.isArray(node)) return kerasTwoCall(node);
    const { args, kwargs } = objectOf(node) ?? {};
    const options = objectOf(kwargs) ?? {};
    const tensors: CallInput[] = [];
    const numbers: number[] = [];
    const training = typeof options.training === 'boolean' ? { training: options.training } : {};
    const visit = (value: unknown, depth: number) => {
      if (typeof value === 'number') numbers.push(value);
      if (Array.isArray(value) && depth < 8) for (const one of value) visit(one, depth + 1);
      const history = objectOf(objectOf(value)?.config)?.keras_history;
      if (Array.isArray(history))
        tensors.push([String(history[0]), Number(history[1]), Number(history[2]), training]);
    };
    visit(args, 0);
    for (const [key, value] of Object.entries(options)) {
      const isTensor = objectOf(objectOf(value)?.config)?.keras_history !== undefined;
      if (isTensor && key !== 'mask')
        throw new WeightsFileError(
          `${source}: layer "${name}" is called with a tensor as "${key}", which isn't read.`,
        );
    }
    return { tensors, numbers };
  });
}

function kerasTwoCall(node: readonly unknown[]): Call {
  const entries = (typeof node[0] === 'string' ? [node] : node) as readonly [
    string,
    number,
    number,
    unknown?,
  ][];
  const numbers: number[] = [];
  const tensors = entries.map(([layer, call, output, kwargs]): CallInput => {
    const { y, training } = objectOf(kwargs) ?? {};
    if (typeof y === 'number') numbers.push(y);
    return [layer, call, output, typeof training === 'boolean' ? { training } : {}];
  });
  const other = entries.map(([, , , kwargs]) => objectOf(kwargs)?.y).filter(Array.isArray);
  for (const [layer, call, output] of other) tensors.push([String(layer), Number(call), Number(output), {}]);
  return { tensors, numbers };
}
