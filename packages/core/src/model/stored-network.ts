import { type NamedTensorMap, type Variable, variable } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import type { Sizes } from '../program/ir';
import { input } from '../program/operations/sources';
import type { LayerCall, LayerCalls, LayerValue } from './layer-calls';
import { layerTranslations } from './layers/layer-translations';
import { type LayerWeight, ModelProgramBuilder } from './model-program-builder';
import { type LayerJson, type StoredLayer, storedLayer } from './stored-layer';
import { weightShapes } from './stored-weight-shapes';

type Call = LayerCall<StoredLayer>;
type Read = LayerValue<StoredLayer>;

/** A network that was read without tfjs-layers: it becomes a program, and can't be trained, changed or saved. */
export interface StoredNetwork {
  readonly name: string;
  readonly inputs: readonly { readonly shape: Sizes }[];
  readonly outputs: readonly { readonly shape: Sizes }[];
  /** @internal */
  readonly graph: LayerCalls<StoredLayer>;
  /** Frees the weights. */
  dispose(): void;
}

/** A network in `model.json`. A Sequential one may be the list of its layers alone. */
interface NetworkJson {
  readonly class_name: string;
  readonly config: NetworkConfig | readonly LayerJson[];
}

interface NetworkConfig {
  readonly name: string;
  readonly layers: readonly (LayerJson & { readonly inbound_nodes: readonly (readonly Place[])[] })[];
  readonly input_layers: Place | readonly Place[];
  readonly output_layers: Place | readonly Place[];
}

/** An output of a call: the layer's name, the number of its call, and the number of the call's output. */
type Place = readonly [layer: string, call: number, output: number];

const NETWORKS = ['Model', 'Functional', 'Sequential'];

/**
 * Reads a network of layers that have a translation to a program.
 *
 * @param topology the network as in `model.json`, checked by `checkTopology`.
 * @param values its weights by name. They can be disposed afterwards.
 * @param source where the network comes from, for error messages.
 * @throws SavedModelError if a layer has no translation, or a weight is missing or of another shape.
 */
export function storedNetwork(topology: object, values: NamedTensorMap, source: string): StoredNetwork {
  const { model_config: root = topology } = topology as { readonly model_config?: unknown };
  const reader = new NetworkReader(values, source);
  try {
    const outputs = reader.network(root as NetworkJson, '', undefined);
    const { calls, inputs } = reader;
    const { config } = root as { readonly config: { readonly name?: string } };
    const dispose = () => reader.dispose();
    return { name: config.name ?? 'network', inputs, outputs, graph: { calls, inputs, outputs }, dispose };
  } catch (error) {
    reader.dispose();
    throw error;
  }
}

/** Reads the calls of a network, and the weights of its layers. */
class NetworkReader {
  readonly calls: Call[] = [];
  readonly inputs: Read[] = [];
  readonly #layers = new Map<string, StoredLayer>();
  readonly #variables: Variable[] = [];

  constructor(
    readonly values: NamedTensorMap,
    readonly source: string,
  ) {}

  dispose(): void {
    for (const one of this.#variables) one.dispose();
  }

  /**
   * The outputs of a network.
   *
   * @param path the names of the networks around its layers, each followed by `/`.
   * @param given its inputs; undefined for the outermost network, which has input layers.
   */
  network({ class_name, config }: NetworkJson, path: string, given: readonly Read[] | undefined) {
    return class_name === 'Sequential'
      ? this.#chain(Array.isArray(config) ? config : (config as NetworkConfig).layers, path, given)
      : this.#graph(config as NetworkConfig, path, given);
  }

  #chain(layers: readonly LayerJson[], path: string, given: readonly Read[] | undefined): readonly Read[] {
    const first = given ?? [this.#input(layers[0], path)];
    return layers.reduce<readonly Read[]>(
      (read, layer) => (layer.class_name === 'InputLayer' ? read : this.#call(layer, path, read)),
      first,
    );
  }

  #graph(config: NetworkConfig, path: string, given: readonly Read[] | undefined): readonly Read[] {
    const byName = new Map(config.layers.map((layer) => [layer.config.name, layer]));
    const known = new Map<string, readonly Read[]>();
    for (const [i, [name]] of places(config.input_layers).entries()) {
      known.set(`${name} 0`, [given?.[i] ?? this.#input(this.#known(byName.get(name), name), path)]);
    }
    const read = ([name, number, output]: Place): Read => {
      const key = `${name} ${number}`;
      let outputs = known.get(key);
      if (!outputs) {
        const layer = this.#known(byName.get(name), name);
        // A network counts the call by which it was made as its first one.
        const node = layer.inbound_nodes[number - (NETWORKS.includes(layer.class_name) ? 1 : 0)];
        outputs = this.#call(layer, path, this.#known(node, name).map(read));
        known.set(key, outputs);
      }
      return this.#known(outputs[output], name);
    };
    return places(config.output_layers).map(read);
  }

  #known<Part>(part: Part | undefined, layer: string): Part {
    if (part !== undefined) return part;
    throw new SavedModelError(
      `load: expected a network whose layers build on each other at ${this.source}; layer "${layer}", or a call of it, is ` +
        'missing. Save it again.',
    );
  }

  #input(layer: LayerJson, path: string): Read {
    const outputs: Read[] = [];
    const call: Call = { layer: this.#layer(layer, path), inputs: [], outputs, kwargs: null };
    const { batch_input_shape: shape } = layer.config;
    if (!Array.isArray(shape) || shape.slice(1).some((size) => size === null)) {
      throw new SavedModelError(
        `load: expected a network of a known image size at ${this.source}; its input "${layer.config.name}" has shape ` +
          `${JSON.stringify(shape)}. Load it by load of @thawjs/core.`,
      );
    }
    outputs.push({ call, index: 0, shape: [null, ...shape.slice(1)] });
    this.calls.push(call);
    this.inputs.push(outputs[0]);
    return outputs[0];
  }

  #call(json: LayerJson, path: string, inputs: readonly Read[]): readonly Read[] {
    if (NETWORKS.includes(json.class_name)) {
      return this.network(json as unknown as NetworkJson, `${path}${json.config.name}/`, inputs);
    }
    const layer = this.#layer(json, path);
    this.#checkWeights(layer, inputs);
    const outputs: Read[] = [];
    const call: Call = { layer, inputs, outputs, kwargs: null };
    outputs.push({ call, index: 0, shape: this.#outputSizes(call) });
    this.calls.push(call);
    return outputs;
  }

  /** The sizes of a call's output, by the operations that the layer becomes. */
  #outputSizes(call: Call): Sizes {
    const builder = new ModelProgramBuilder(false, [call], []);
    for (const [i, read] of call.inputs.entries()) {
      const value = input(builder.program, [], { name: `input_${i}`, sizes: read.shape });
      builder.set(read, { emit: () => value });
    }
    const className = call.layer.getClassName();
    const translated = Object.hasOwn(layerTranslations, className)
      ? layerTranslations[className](call.layer, call, builder)
      : undefined;
    if (translated) return translated.emit().sizes;
    throw new SavedModelError(
      `load: expected layers that @thawjs/core/predict computes itself at ${this.source}; layer "${call.layer.name}" is a ` +
        `${className} that it doesn't. Load it by load of @thawjs/core, which takes every layer of TensorFlow.js.`,
    );
  }

  /** A layer, which has its weights once, however often it is called. */
  #layer(json: LayerJson, path: string): StoredLayer {
    const key = path + json.config.name;
    let layer = this.#layers.get(key);
    if (!layer) {
      layer = storedLayer(json, this.#weights(key, json.config.name));
      this.#layers.set(key, layer);
    }
    return layer;
  }

  /** The weights of a layer. Their names begin with its path if layers of several networks share its name, else with its name. */
  #weights(path: string, name: string): Map<string, LayerWeight> {
    const below = (prefix: string) => Object.keys(this.values).filter((key) => key.startsWith(`${prefix}/`));
    const prefix = below(path).length > 0 ? path : name;
    return new Map(
      below(prefix).map((key) => {
        const value = variable(this.values[key], false);
        this.#variables.push(value);
        return [key.slice(prefix.length + 1), { read: () => value }];
      }),
    );
  }

  #checkWeights(layer: StoredLayer, inputs: readonly Read[]): void {
    const shapes = weightShapes(
      layer,
      inputs.map(({ shape }) => shape),
    );
    for (const [field, shape] of Object.entries(shapes)) {
      const weight = layer[field] as LayerWeight | null | undefined;
      const value = weight?.read?.() as Variable | undefined;
      if (value && value.dtype === 'float32' && value.shape.join() === shape.join()) continue;
      const came = value ? `[${value.shape}], ${value.dtype}` : 'missing';
      throw new SavedModelError(
        `load: expected ${field} of layer "${layer.name}" of shape [${shape}], float32, at ${this.source}; received ${came}. ` +
          'The model is damaged: save it again.',
      );
    }
  }
}

/** One place, or a list of them. */
function places(given: Place | readonly Place[]): readonly Place[] {
  return typeof given[0] === 'string' ? [given as Place] : (given as readonly Place[]);
}
