import * as tfl from '@tensorflow/tfjs-layers';

/** A network as conformance/training/networks.py describes it. */
export interface NetworkData {
  /** The input layer's name. */
  readonly image: string;
  readonly size: readonly number[];
  /** The range of the first gammas. */
  readonly gamma: readonly number[];
  readonly layers: readonly LayerData[];
}

interface LayerData {
  /** A function of tf.layers, or `network`. */
  readonly kind: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly options?: object;
  readonly network?: NetworkData;
}

type MakeLayer = (options: object) => tfl.layers.Layer;

/** The model of a network; its last layer is the output. */
export function buildNetwork({ image, size, layers }: NetworkData, name?: string): tfl.LayersModel {
  const input = tfl.input({ shape: [size[0], size[1], 3], name: image });
  const outputs = new Map([[image, input]]);
  for (const { kind, name, inputs, options, network } of layers) {
    const layer = network
      ? buildNetwork(network, name)
      : (tfl.layers[kind as keyof typeof tfl.layers] as unknown as MakeLayer)({ name, ...options });
    const x = inputs.map((from) => outputs.get(from)!);
    outputs.set(name, layer.apply(x.length > 1 ? x : x[0]) as tfl.SymbolicTensor);
  }
  return tfl.model({ inputs: input, outputs: [...outputs.values()].at(-1)!, name });
}
