import type { Group } from 'h5wasm';
import { readingFile } from './damaged-file';
import { WeightsFileError } from './errors';
import { floatsOf, isDataset, isGroup, shapeOf, stringAttribute } from './hdf5';
import type { NamedWeight } from './named-weights';

/** The groups that hold a model's layers: since Keras 3, and in the `.keras` files of Keras 2.12 to 2.15. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'];

/** The groups of the layer in a TimeDistributed, and of a recurrent layer's cell. */
const INNER = ['layer', 'cell'];

/** Limits on depth and number of groups, which no real model reaches. They end the reading of groups in a circle. */
const DEEPEST = 40;
const MOST_GROUPS = 20_000;

/** The names of a model's layers, by the path of the group that holds the layer: `layers/functional/layers/conv2d`. */
export type LayerNames = ReadonlyMap<string, string>;

/** Whether a file has the groups of Keras 3's weights. */
export function holdsKeras3Weights(root: Group): boolean {
  return CONTAINERS.some((name) => readingFile('', () => root.keys().includes(name)));
}

/**
 * The weights of Keras 3's format: a tree of groups after the models' and layers' attributes, each layer's weights numbered
 * in a group `vars`.
 *
 * Groups are named after classes (`conv2d_1`); the layer's own name is an attribute of `vars` in recent files. For older ones
 * `names` gives it, from the configuration; without it the group's name stands for it.
 *
 * @throws {WeightsFileError} damaged, or groups nested without end
 */
export function readKeras3Weights(root: Group, source: string, names: LayerNames = new Map()): NamedWeight[] {
  const weights: NamedWeight[] = [];
  let groups = 0;
  const visit = (group: Group, layer: readonly string[], path: readonly string[]) => {
    if (path.length > DEEPEST || ++groups > MOST_GROUPS) {
      throw new WeightsFileError(
        `${source}: expected groups of layers; "${path.slice(0, 6).join('/')}/…" never ends, as a group that holds itself.`,
      );
    }
    for (const key of readingFile(source, () => group.keys())) {
      const item = readingFile(source, () => group.get(key));
      if (!isGroup(item)) continue;
      if (key === 'vars') weights.push(...numbered(item, layer, source));
      else {
        const inner = [...path, key];
        const isLayer = CONTAINERS.includes(path.at(-1)!);
        const name = isLayer ? (ownName(item, source) ?? names.get(inner.join('/')) ?? key) : key;
        const isUnnamed = CONTAINERS.includes(key) || (!isLayer && INNER.includes(key));
        // Keras 2 lets names of layers have slashes, which part the names of a path, too.
        visit(item, isUnnamed ? layer : [...layer, ...name.split('/')], inner);
      }
    }
  };
  // The group of the optimizer's state isn't read.
  for (const container of CONTAINERS) {
    const item = readingFile(source, () => root.get(container));
    if (isGroup(item)) visit(item, [], [container]);
  }
  return weights;
}

function numbered(group: Group, layer: readonly string[], source: string): NamedWeight[] {
  return readingFile(source, () => group.keys()).flatMap((key) => {
    const dataset = readingFile(source, () => group.get(key));
    if (!isDataset(dataset) || !/^\d+$/.test(key)) return [];
    return {
      layer,
      name: Number(key),
      shape: shapeOf(dataset, source),
      read: () => floatsOf(dataset, source),
    };
  });
}

function ownName(group: Group, source: string): string | undefined {
  const vars = readingFile(source, () => group.get('vars'));
  return isGroup(vars) ? stringAttribute(vars, 'name', source) : undefined;
}

interface LayerConfig {
  readonly class_name?: unknown;
  readonly config?: { readonly name?: unknown; readonly layers?: unknown; readonly layer?: LayerConfig };
}

/** The names of a model's layers by the paths that Keras saves them under, from its configuration. */
export function layerNamesOf(architecture: unknown, containers: readonly string[] = CONTAINERS): LayerNames {
  const names = new Map<string, string>();
  const visit = (model: LayerConfig | undefined, path: string) => {
    const layers = model?.config?.layers;
    if (!Array.isArray(layers)) return;
    const counts = new Map<string, number>();
    for (const layer of layers as LayerConfig[]) {
      const kind = snakeCase(String(layer?.class_name));
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      for (const container of containers) {
        const own = `${path}${container}/${count === 0 ? kind : `${kind}_${count}`}`;
        if (typeof layer?.config?.name === 'string') names.set(own, layer.config.name);
        visit(layer, `${own}/`);
        visit(layer?.config?.layer, `${own}/layer/`);
      }
    }
  };
  visit(architecture as LayerConfig, '');
  return names;
}

/** The name that Keras gives to the group of a class: `BatchNormalization` → `batch_normalization`, `Conv2D` → `conv2d`. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
