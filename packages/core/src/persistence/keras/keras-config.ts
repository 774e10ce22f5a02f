import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readFreezeState } from '../../freezing/freeze-state';
import { describeNetwork } from '../../layers/describe-network';
import { isModel } from '../../layers/leaf-layers';
import { type LayerCall, layerCalls } from '../../model/layer-calls';
import type { Json } from '../../weights/json';
import { type KerasLayer, kerasLayers, type TfjsLayer } from './keras-layers';

/** A layer of a network as TensorFlow.js describes it in JSON. Layers of a Sequential have no list of calls. */
interface LayerJson extends TfjsLayer {
  readonly inbound_nodes?: readonly (readonly CallInput[])[];
}

/** An output of a layer's call, and further arguments of the call that reads it. */
type CallInput = readonly [
  layer: string,
  call: number,
  output: number,
  kwargs?: { readonly training?: unknown },
];

interface ModelJson {
  readonly class_name: string;
  readonly config: {
    readonly name: string;
    readonly layers: readonly LayerJson[];
    readonly input_layers?: readonly CallInput[];
    readonly output_layers?: readonly CallInput[];
  };
}

/** A model of the network, the names of the models around it, and the frozen layers. */
interface Place {
  readonly model: LayersModel;
  readonly path: string;
  readonly frozen: ReadonlySet<string>;
}

/**
 * Describes a network as Keras 3 does in the `config.json` of a `.keras` file. Frozen layers have `trainable: false`.
 * Initializers are left out, because the file has the weights.
 *
 * @throws {ExportError} names a layer that Keras lacks, or that computes other numbers in Keras
 */
export function kerasConfig(model: LayersModel): Json {
  const json = JSON.parse(JSON.stringify(describeNetwork(model))) as ModelJson;
  return modelJson(json, { model, path: '', frozen: new Set(readFreezeState(model).frozen) });
}

function modelJson({ class_name, config }: ModelJson, place: Place): Json {
  const isChain = class_name === 'Sequential';
  return {
    module: isChain ? 'keras' : 'keras.src.models.functional',
    class_name: isChain ? class_name : 'Functional',
    config: {
      name: config.name,
      trainable: true,
      ...(isChain ? chain(config, place) : graph(config, place)),
    },
    registered_name: isChain ? null : 'Functional',
  };
}

/** The layers of a Sequential. Keras expects a separate layer for the input's shape. */
function chain({ name, layers }: ModelJson['config'], place: Place): Json {
  const calls = callsByLayer(place.model);
  const { shape } = place.model.inputs[0];
  const inputLayer = {
    class_name: 'InputLayer',
    config: { name: `${name}_input`, batch_input_shape: shape },
  };
  const given = layers[0]?.class_name === 'InputLayer' ? layers : [inputLayer, ...layers];
  return { layers: given.flatMap((layer) => inKeras(layer, place, calls)) };
}

/** The layers of a Functional model, each with its calls. */
function graph({ layers, input_layers = [], output_layers = [] }: ModelJson['config'], place: Place): Json {
  const calls = callsByLayer(place.model);
  const read = [...output_layers, ...layers.flatMap(({ inbound_nodes = [] }) => inbound_nodes.flat())];
  // TensorFlow.js counts the calls of nested models from 1, because the first call is the one inside the model.
  const uncounted = new Map(
    layers.map(({ config, inbound_nodes = [] }) => {
      const beyond = read.some(([layer, call]) => layer === config.name && call >= inbound_nodes.length);
      return [config.name, Number(beyond && inbound_nodes.length > 0)];
    }),
  );
  const end = ([layer, call, output]: CallInput) =>
    [layer, call - (uncounted.get(layer) ?? 0), output] as const;
  const ends = (all: readonly CallInput[]) => (all.length === 1 ? end(all[0]) : all.map(end));
  const tensor = (input: CallInput) => {
    const history = end(input);
    return kerasTensor(history, calls.get(history[0])?.[history[1]]?.outputs[history[2]]?.shape);
  };
  const described = layers.flatMap((layer) => {
    const made = inKeras(layer, place, calls);
    return made.map((one, i) => ({
      ...one,
      name: one.config.name,
      inbound_nodes: (layer.inbound_nodes ?? []).map((inputs, call) => {
        const before = i > 0 ? [kerasTensor([made[i - 1].config.name, call, 0])] : inputs.map(tensor);
        return node(before, inputs[0]?.[3]?.training);
      }),
    }));
  });
  return { layers: described, input_layers: ends(input_layers), output_layers: ends(output_layers) };
}

/** A layer as one or more of Keras' layers, one after the other. */
function inKeras(
  layer: TfjsLayer,
  { model, path, frozen }: Place,
  calls: ReadonlyMap<string, readonly LayerCall[]>,
): readonly (KerasLayer & Json)[] {
  const { name } = layer.config;
  const inner = model.layers.find((one) => one.name === name);
  if (inner && isModel(inner)) {
    return [
      modelJson(layer as ModelJson, { model: inner, path: `${path}${name}/`, frozen }) as KerasLayer & Json,
    ];
  }
  const inputShape = calls.get(name)?.[0].inputs[0]?.shape ?? [];
  return kerasLayers(layer, { trainable: !frozen.has(path + name), inputShape });
}

function callsByLayer(model: LayersModel): ReadonlyMap<string, readonly LayerCall[]> {
  const found = new Map<string, LayerCall[]>();
  for (const call of layerCalls(model, () => false).calls) {
    const { name } = call.layer;
    found.set(name, [...(found.get(name) ?? []), call]);
  }
  return found;
}

/** A call of a layer. A layer that merges takes its inputs as a list. */
function node(tensors: readonly Json[], training: unknown): Json {
  const args = tensors.length === 1 ? tensors : [tensors];
  return { args, kwargs: typeof training === 'boolean' ? { training } : {} };
}

/** A value between layers. Keras finds it by its history; the shape is for human readers. */
function kerasTensor(
  keras_history: readonly [layer: string, call: number, output: number],
  shape: readonly (number | null)[] = [null],
): Json {
  return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history } };
}
