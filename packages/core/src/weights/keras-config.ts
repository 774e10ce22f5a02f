import { type CallInput, type LayerJson, withCallNumbers } from './call-numbers';
import { WeightsFileError } from './errors';
import { type Json, objectOf } from './json';
import { callsOf } from './keras-calls';
import { isOperation, layerOfOperation, mayBeOperation, withReversals } from './keras-operations';

/** The deepest nesting of models that is read. */
const DEEPEST = 32;

const MODELS = ['Functional', 'Model', 'Sequential'];

/** TensorFlow.js' names of activations, by Keras' names, if they differ. */
const ACTIVATIONS: Readonly<Record<string, string>> = { silu: 'swish', hard_silu: 'hard_swish' };

/**
 * Converts the description of a model by Keras 2 or 3 to the form that TensorFlow.js reads.
 *
 * Keras 3 describes calls, types, activations and inputs in another form. Options that TensorFlow.js would silently ignore
 * (groups of a Conv3D, two parts of a ReLU) are refused by name. Initializers are replaced by zeros, because weights are
 * loaded afterwards.
 *
 * @param architecture a `config.json`, `model_config`, or the `modelTopology` of a `model.json`
 * @throws {WeightsFileError} no such description, or a layer that can't be built
 */
export function tfjsTopology(architecture: unknown, source: string): Json {
  const outer = objectOf(architecture);
  const model = objectOf(outer?.model_config) ?? outer;
  if (typeof model?.class_name !== 'string' || !isModel(model)) {
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
  const described = withReversals(config.layers.map((layer) => objectOf(layer) ?? {}));
  const layers = described.map((layer) => layerJson(layer, reading, depth));
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

/** The inputs or outputs of a model as a list. Keras 3 writes a single one without a list. A dict is in the order of its keys. */
function endpoints(value: unknown): readonly CallInput[] {
  if (Array.isArray(value)) {
    return typeof value[0] === 'string'
      ? [value as unknown as CallInput]
      : value.flatMap((one) => endpoints(one));
  }
  const dict = Object.entries(objectOf(value) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return dict.flatMap(([, one]) => endpoints(one));
}

function layerJson(layer: Json, reading: Reading, depth: number): LayerJson {
  const className = String(layer.class_name).replace(/^.*>/, ''); // Keras 2 names the package, too: Custom>MyLayer
  const given = objectOf(layer.config) ?? {};
  const name = String(layer.name ?? given.name);
  const calls = callsOf(layer.inbound_nodes, reading.source, name);
  const inbound_nodes = calls.map(({ tensors }) => tensors);
  if (isModel(layer)) {
    const { config, class_name } = modelJson(layer, reading, depth + 1) as unknown as LayerJson;
    return { class_name, config: { ...config, name }, name, inbound_nodes };
  }
  const made =
    mayBeOperation(layer) && calls.length === 1 && layerOfOperation(className, name, calls[0], given);
  if (made) {
    const { inputs, ...described } = made;
    return { ...described, name, inbound_nodes: inputs ? [inputs] : inbound_nodes };
  }
  if (isOperation(layer))
    throw new WeightsFileError(
      `${reading.source}: "${name}" is the operation ${given.function ?? className}, written as code, which isn't read. ` +
        'Use a layer that does the same, and save the model again.',
    );
  const config = layerConfig(wrapping(given, name, reading, depth), className, name, reading);
  const described = otherClass(className, config, objectOf(layer.build_config)) ?? {
    class_name: className,
    config,
  };
  return { ...described, name, inbound_nodes };
}

/** The configuration of a wrapper with the layer in it as TensorFlow.js describes it; other configurations as they are. */
function wrapping(config: Json, name: string, reading: Reading, depth: number): Json {
  const layer = objectOf(config.layer);
  if (!layer) return config;
  if (depth > DEEPEST)
    throw new WeightsFileError(`${reading.source}: expected a layer in "${name}"; the wrappers never end.`);
  const backward = objectOf(config.backward_layer);
  if (backward && optionsText(backward) !== optionsText(layer))
    throw new WeightsFileError(
      `${reading.source}: layer "${name}" has a backward layer with other options, which TensorFlow.js lacks in a Bidirectional.`,
    );
  const { class_name, config: read } = layerJson({ ...layer, inbound_nodes: [] }, reading, depth + 1);
  // Keras 3 stores the forward layer's name with "forward_" in front. TensorFlow.js adds that itself.
  const own = backward ? { ...read, name: String(read.name).replace(/^forward_/, '') } : read;
  return { ...config, layer: { class_name, config: config.trainable === false ? frozen(own) : own } };
}

/** A recurrent layer's class and options, except those in which the two layers of a Bidirectional differ. */
function optionsText({ class_name, config }: Json): string {
  const options = Object.entries(objectOf(config) ?? {}).filter(
    ([key]) => !/^(name|go_backwards|trainable|seed)$|_initializer$/.test(key),
  );
  return JSON.stringify([class_name, options]);
}

/** A layer's configuration with the flags of a frozen one, those of the layers of a model included. */
function frozen(config: Json): Json {
  const { layers } = config;
  const inside = Array.isArray(layers)
    ? { layers: layers.map((layer: Json) => ({ ...layer, config: frozen(objectOf(layer.config) ?? {}) })) }
    : { trainable: false };
  return { ...config, ...inside };
}

/** Whether a layer of a description is a model. Classes of the user's that Keras made of inputs and outputs are read as such. */
function isModel({ class_name: className, config }: Json): boolean {
  const { layers, input_layers, output_layers } = objectOf(config) ?? {};
  return (
    MODELS.includes(String(className)) ||
    (Array.isArray(layers) && input_layers !== undefined && output_layers !== undefined)
  );
}

/** Layers of Keras that are a layer of another class in TensorFlow.js or Thaw. */
function otherClass(
  className: string,
  config: Json,
  built: Json | undefined,
): Pick<LayerJson, 'class_name' | 'config'> | undefined {
  const { name, trainable = true } = config;
  if (isAugmentation(className))
    return { class_name: 'Activation', config: { name, trainable, activation: 'linear' } };
  if (className === 'Conv2D' && Number(config.groups ?? 1) > 1)
    return isDepthwise(config, built) ? depthwise(config) : { class_name: 'GroupedConv2D', config };
  if (className === 'Flip' && config.axis === -1)
    return {
      class_name: 'ChannelAffine',
      config: { name, trainable, reverse: true, scale: [1], offset: [0] },
    };
  if (className === 'Identity')
    return { class_name: 'Activation', config: { name, trainable, activation: 'linear' } };
  if (className === 'ReLU' && Number(config.negative_slope ?? 0) !== 0)
    return { class_name: 'LeakyReLU', config: { name, trainable, alpha: config.negative_slope } };
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

/** Whether a convolution with groups is known to have one per channel and filter. TensorFlow.js ignores a dilation of such. */
function isDepthwise(config: Json, built: Json | undefined): boolean {
  const channels: unknown = Array.isArray(built?.input_shape) ? built.input_shape.at(-1) : undefined;
  return config.groups === config.filters && config.groups === channels && !isDilated(config);
}

function isDilated({ dilation_rate: rates }: Json): boolean {
  return [rates ?? 1].flat().some((rate) => Number(rate) !== 1);
}

/** A convolution with one group per channel as a depthwise convolution. */
function depthwise({
  filters: _,
  groups: __,
  kernel_initializer = null,
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
  if (
    Number(groups) !== 1 &&
    (!['Conv1D', 'Conv2D'].includes(className) || config.data_format === 'channels_first')
  )
    throw refuse(`has ${config.groups} groups of channels, which TensorFlow.js lacks`);
  const parts = [config.threshold, config.negative_slope].filter((value) => Number(value ?? 0) !== 0);
  if (
    className === 'ReLU' &&
    parts.length + Number((config.max_value ?? null) !== null && parts.length > 0) > 1
  )
    throw refuse(
      'has two of a slope, a threshold and a largest value, which TensorFlow.js lacks in one ReLU',
    );
  if (className === 'LeakyReLU') config.alpha ??= config.negative_slope;
  if (isDilated(config) && ['DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose'].includes(className))
    throw refuse(
      `has a dilation rate of ${config.dilation_rate}, which TensorFlow.js ignores in such a layer`,
    );
  if (className === 'UpSampling2D' && (config.interpolation ?? 'nearest') !== 'nearest')
    throw refuse(`interpolates by "${config.interpolation}", in which TensorFlow.js places pixels otherwise`);
  if (className === 'Resizing' && !['bilinear', 'nearest'].includes(String(config.interpolation)))
    throw refuse(`interpolates by "${config.interpolation}", which isn't read`);
  const option = ['antialias', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio'].find(
    (key) => config[key] === true,
  );
  if (className === 'Resizing' && option) throw refuse(`has the option ${option}, which isn't read`);
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
