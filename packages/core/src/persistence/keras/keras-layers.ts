import { ExportError } from '../../errors';
import { type Json, objectOf } from '../../weights/json';

/** A layer as TensorFlow.js describes it, in JSON. */
export interface TfjsLayer {
  readonly class_name: string;
  readonly config: Json & { readonly name: string };
}

/** A layer as Keras describes it, in JSON. */
export interface KerasLayer {
  readonly module: string;
  readonly class_name: string;
  readonly config: Json & { readonly name: string };
  readonly registered_name: string | null;
}

interface LayerContext {
  readonly trainable: boolean;
  readonly inputShape: readonly (number | null)[];
}

/** The classes of tfjs-layers and Thaw that compute the same as Keras' classes of the same names and options. */
const SAME = new Set(
  (
    'Activation Add AlphaDropout Average AveragePooling1D AveragePooling2D BatchNormalization CenterCrop Concatenate Conv1D ' +
    'Conv2D Conv2DTranspose Cropping2D Dense DepthwiseConv2D Dot Dropout ELU Flatten GaussianDropout GaussianNoise ' +
    'GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D GroupNormalization ' +
    'LayerNormalization Maximum MaxPooling1D MaxPooling2D Minimum Multiply Normalization Permute PReLU ReLU RepeatVector ' +
    'Rescaling Reshape Resizing SeparableConv2D Softmax SpatialDropout1D SpatialDropout2D Subtract UpSampling2D ZeroPadding2D'
  ).split(' '),
);

/** Keras' names of activations, by those of TensorFlow.js. Activations that aren't here compute other numbers in Keras. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'linear relu relu6 sigmoid tanh softmax log_softmax elu selu softplus softsign silu hard_silu mish gelu exponential ' +
      'leaky_relu'
    )
      .split(' ')
      .map((name) => [name, name]),
  ),
  swish: 'silu',
  hard_swish: 'hard_silu',
  hard_sigmoid6: 'hard_sigmoid',
};

const CONSTRAINTS = ['MaxNorm', 'MinMaxNorm', 'NonNeg', 'UnitNorm'];

/** Layers with other names in Keras, as one or more of Keras' layers. The last one gets the layer's name. */
const OTHERS: Readonly<Record<string, (config: TfjsLayer['config'], context: LayerContext) => KerasLayer[]>> =
  {
    InputLayer: ({ name, batch_input_shape }) => [
      kerasLayer('InputLayer', { name, batch_shape: batch_input_shape, dtype: 'float32' }),
    ],
    GroupedConv2D: (config) => [kerasLayer('Conv2D', config)],
    LeakyReLU: ({ alpha, ...config }) => [kerasLayer('LeakyReLU', { ...config, negative_slope: alpha })],
    ThresholdedReLU: ({ theta, ...config }) => [kerasLayer('ReLU', { ...config, threshold: theta })],
    // Padding with the channels first sees the channels of our maps as columns.
    ZeroPaddingChannels: ({ channels, ...config }) => [
      kerasLayer('ZeroPadding2D', {
        ...config,
        padding: [
          [0, 0],
          [0, channels],
        ],
        data_format: 'channels_first',
      }),
    ],
    LayerScale: (config, { inputShape }) => [
      {
        module: 'keras.src.applications.convnext',
        class_name: 'LayerScale',
        config: { ...config, projection_dim: inputShape.at(-1) },
        registered_name: 'LayerScale',
      },
    ],
    CustomScaleLayer: (config) => [
      {
        module: 'keras.src.applications.inception_resnet_v2',
        class_name: 'CustomScaleLayer',
        config,
        registered_name: 'CustomScaleLayer',
      },
    ],
    ChannelAffine: ({ reverse, ...config }) => {
      const scaled = kerasLayer('Rescaling', config);
      if (!reverse) return [scaled];
      const flip = { name: `${config.name}_reverse`, axis: -1 };
      return [
        { module: 'keras.src.ops.numpy', class_name: 'Flip', config: flip, registered_name: 'Flip' },
        scaled,
      ];
    },
    ClassToken({ name, trainable }, { inputShape }) {
      const [, tokens, channels] = inputShape.map(Number);
      const cropping = [
        [0, tokens - 1],
        [0, 0],
      ];
      return [
        kerasLayer('Reshape', { name: `${name}_map`, trainable, target_shape: [tokens, 1, channels] }),
        kerasLayer('Cropping2D', { name: `${name}_first`, trainable, cropping }),
        kerasLayer('Reshape', { name, trainable, target_shape: [channels] }),
      ];
    },
  };

/**
 * Describes a layer in Keras' terms.
 *
 * @throws {ExportError} Keras lacks the layer, or computes other numbers
 */
export function kerasLayers(layer: TfjsLayer, context: LayerContext): readonly (KerasLayer & Json)[] {
  const { class_name: className } = layer;
  const { name } = layer.config;
  const refuse = (why: string) =>
    new ExportError(
      `exportKeras: expected layers that Keras has, too; layer "${name}", a ${className}, ${why}. ` +
        'Export the classifier with exportOnnx or exportSavedModel, or build it with another layer.',
    );
  const other = OTHERS[className];
  if (!other && !SAME.has(className)) throw refuse('is none of them');
  const why = differenceOf(layer);
  if (why !== undefined) throw refuse(why);
  const config: { name: string; [key: string]: unknown } = { name, trainable: context.trainable };
  for (const [key, value] of Object.entries(layer.config)) {
    if (key === 'name' || key === 'trainable' || (key === 'noise_shape' && className.startsWith('Spatial')))
      continue;
    if (value === null || key.endsWith('_initializer') || (key === 'batch_input_shape' && !other)) continue;
    if (key === 'dtype' || key === 'sparse') continue;
    if (key.endsWith('activation')) config[key] = activation(value, refuse);
    else if (key.endsWith('_regularizer')) config[key] = inModule('keras.regularizers', value);
    else if (key.endsWith('_constraint')) {
      if (!CONSTRAINTS.includes(String(objectOf(value)?.class_name)))
        throw refuse('has a constraint of its own');
      config[key] = inModule('keras.constraints', value);
    } else config[key] = value;
  }
  return (other ? other(config, context) : [kerasLayer(className, config)]) as (KerasLayer & Json)[];
}

/** The reason why a layer computes other numbers in Keras, if it does. */
function differenceOf({ class_name, config }: TfjsLayer): string | undefined {
  if (class_name === 'UpSampling2D' && config.interpolation === 'bilinear')
    return 'interpolates between other points in Keras';
  if (class_name === 'DepthwiseConv2D' && [config.dilation_rate].flat().some((rate) => rate !== 1))
    return 'ignores its dilation in TensorFlow.js, but not in Keras';
  return undefined;
}

function activation(name: unknown, refuse: (why: string) => ExportError): string {
  const own = String(name);
  if (Object.hasOwn(ACTIVATIONS, own)) return ACTIVATIONS[own];
  throw refuse(`has the activation "${own}", which Keras lacks`);
}

function kerasLayer(class_name: string, config: KerasLayer['config']): KerasLayer {
  return { module: 'keras.layers', class_name, config, registered_name: null };
}

function inModule(module: string, value: unknown): Json {
  return { module, ...objectOf(value), registered_name: null };
}
