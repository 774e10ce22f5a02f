import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { KernelInitializers } from '../kernel-initializers';

type ActivationName = NonNullable<Parameters<typeof layers.activation>[0]['activation']>;

/** The library whose padding and epsilon a network has, if libraries differ. */
export type Form = 'keras' | 'torch';

/** Settings that hold for all layers of a network. */
export interface NetworkStyle {
  /** For even sizes, Keras pads a strided convolution more at the bottom and right; PyTorch pads all sides equally. */
  readonly form: Form;
  /** The epsilon of every BatchNormalization. */
  readonly epsilon: number;
  /** The momentum of every BatchNormalization: the share of the moving statistics that a step keeps. */
  readonly momentum: number;
}

/** Options of a convolution besides its name and filters. */
export interface ConvolutionOptions {
  readonly kernel?: number;
  readonly strides?: number;
  readonly bias?: boolean;
}

/**
 * The building blocks of architectures. Each method applies one or a few named layers to a symbolic tensor, and returns
 * the result.
 */
export class NetworkBuilder {
  constructor(
    readonly style: NetworkStyle,
    readonly initializer: KernelInitializers,
  ) {}

  /**
   * A convolution. A strided convolution is padded as in its library, by a separate layer if needed. In some of Keras'
   * networks this layer has a name, which `padName` gives.
   */
  convolution(
    x: SymbolicTensor,
    name: string,
    filters: number,
    { kernel = 1, strides = 1, bias = false }: ConvolutionOptions = {},
    padName?: string,
  ): SymbolicTensor {
    const [padded, padding] = this.#padded(x, kernel, strides, padName);
    const options = { filters, kernelSize: kernel, strides, padding, useBias: bias, name };
    return apply(layers.conv2d({ ...options, kernelInitializer: this.initializer() }), padded);
  }

  /** A depthwise convolution. */
  depthwise(
    x: SymbolicTensor,
    name: string,
    { kernel = 3, strides = 1, bias = false }: ConvolutionOptions,
    padName?: string,
  ): SymbolicTensor {
    const [padded, padding] = this.#padded(x, kernel, strides, padName);
    const options = { kernelSize: kernel, strides, padding, useBias: bias, name };
    return apply(layers.depthwiseConv2d({ ...options, depthwiseInitializer: this.initializer() }), padded);
  }

  batchNorm(x: SymbolicTensor, name: string): SymbolicTensor {
    const { epsilon, momentum } = this.style;
    return apply(layers.batchNormalization({ epsilon, momentum, name }), x);
  }

  layerNorm(x: SymbolicTensor, name: string, epsilon = 1e-6): SymbolicTensor {
    return apply(layers.layerNormalization({ epsilon, name }), x);
  }

  /** An activation by Keras' name in camel case (`hardSwish`); `relu6` is the ReLU layer that Keras' networks have. */
  activation(x: SymbolicTensor, activation: string, name: string): SymbolicTensor {
    if (activation === 'relu6') return apply(layers.reLU({ maxValue: 6, name }), x);
    return apply(layers.activation({ activation: activation as ActivationName, name }), x);
  }

  add(shortcut: SymbolicTensor, x: SymbolicTensor, name: string): SymbolicTensor {
    return layers.add({ name }).apply([shortcut, x]) as SymbolicTensor;
  }

  dense(
    x: SymbolicTensor,
    name: string,
    units: number,
    activation: ActivationName = 'linear',
  ): SymbolicTensor {
    return apply(layers.dense({ units, activation, name, kernelInitializer: this.initializer() }), x);
  }

  averagePool(x: SymbolicTensor, name: string): SymbolicTensor {
    return apply(layers.globalAveragePooling2d({ name }), x);
  }

  /** Pads all sides with zeros. */
  zeroPad(x: SymbolicTensor, pixels: number, name: string): SymbolicTensor {
    return apply(layers.zeroPadding2d({ padding: pixels, name }), x);
  }

  /** Squeeze and excite: scales the channels by factors that a small network computes from their means. */
  squeezeExcite(
    x: SymbolicTensor,
    reduced: number,
    names: { pool: string; reshape: string; reduce: string; expand: string; gate: string; multiply: string },
    activations: { readonly inner: string; readonly gate: string },
  ): SymbolicTensor {
    const channels = x.shape[3]!;
    const squeezed = apply(layers.globalAveragePooling2d({ name: names.pool }), x);
    let gate = apply(layers.reshape({ targetShape: [1, 1, channels], name: names.reshape }), squeezed);
    gate = this.convolution(gate, names.reduce, reduced, { bias: true });
    gate = this.activation(gate, activations.inner, `${names.reduce}_activation`);
    gate = this.convolution(gate, names.expand, channels, { bias: true });
    gate = this.activation(gate, activations.gate, names.gate);
    return layers.multiply({ name: names.multiply }).apply([x, gate]) as SymbolicTensor;
  }

  #padded(
    x: SymbolicTensor,
    kernel: number,
    strides: number,
    name: string | undefined,
  ): [x: SymbolicTensor, padding: 'same' | 'valid'] {
    const isSame = strides === 1 || (this.style.form === 'keras' && name === undefined);
    if (isSame || kernel === 1) return [x, kernel === 1 ? 'valid' : 'same'];
    const half = (kernel - 1) / 2;
    const before = (size: number) => (this.style.form === 'keras' && size % 2 === 0 ? half - 1 : half);
    const [top, left] = [before(x.shape[1]!), before(x.shape[2]!)];
    const padding: [[number, number], [number, number]] = [
      [top, half],
      [left, half],
    ];
    return [apply(layers.zeroPadding2d(name === undefined ? { padding } : { padding, name }), x), 'valid'];
  }
}

/** A layer applied to one value. */
function apply(layer: { apply(x: SymbolicTensor): unknown }, x: SymbolicTensor): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor;
}
