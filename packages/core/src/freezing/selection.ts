import type { layers } from '@tensorflow/tfjs-layers';
import { SelectionError } from '../errors';
import { type LeafLayer, leafLayers } from '../layers/leaf-layers';
import type { Freezable } from './freezable';
import { modelOf } from './freezable';

/**
 * A selection of layers. The layers of nested models are counted and matched one by one.
 *
 * - `'all'`: every layer;
 * - `{ first: 10 }`: the first ten layers in the model's order, including the input layer, as in Keras'
 *   `base.layers[:10]`;
 * - `{ upTo: 'conv3_block4_out' }`: this layer and all before it in the model's order;
 * - `{ stage: 'conv5' }` or `{ stage: ['conv4', 'conv5'] }`: named stages of a backbone;
 * - a regular expression on the layer's path (`base/conv1_conv` in a nested model);
 * - a predicate.
 */
export type Selection =
  | 'all'
  | { readonly first: number }
  | { readonly upTo: string }
  | { readonly stage: string | readonly string[] }
  | RegExp
  | ((layer: layers.Layer, path: string, index: number) => boolean);

/** The leaf layers of a selection. */
export function selectLayers(target: Freezable, selection: Selection): LeafLayer[] {
  const leaves = leafLayers(modelOf(target));
  if (selection === 'all') return leaves;
  if (typeof selection === 'function') {
    return leaves.filter(({ layer, path }, index) => selection(layer, path, index));
  }
  if (selection instanceof RegExp) return matching(leaves, selection);
  if ('first' in selection) return first(leaves, selection.first);
  if ('upTo' in selection) return leaves.slice(0, indexOf(leaves, selection.upTo) + 1);
  return inStages(target, leaves, [selection.stage].flat());
}

function matching(leaves: readonly LeafLayer[], pattern: RegExp): LeafLayer[] {
  // Without the flags g and y, which make `test` continue behind the last match.
  const fresh = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  const found = leaves.filter(({ path }) => fresh.test(path));
  if (found.length === 0) {
    throw new SelectionError(
      `selection ${pattern}: expected a pattern that matches a layer; it matches none of ${leaves.length}, ` +
        `from "${leaves[0]?.path}" to "${leaves.at(-1)?.path}". trainableSummary(model) lists the names.`,
    );
  }
  return found;
}

function first(leaves: readonly LeafLayer[], count: number): LeafLayer[] {
  if (!Number.isInteger(count) || count < 0 || count > leaves.length) {
    throw new SelectionError(
      `selection { first: ${count} }: expected a whole number from 0 to ${leaves.length}, the number of layers.`,
    );
  }
  return leaves.slice(0, count);
}

function indexOf(leaves: readonly LeafLayer[], name: string): number {
  const byPath = leaves.findIndex(({ path }) => path === name);
  const index = byPath >= 0 ? byPath : leaves.findIndex(({ layer }) => layer.name === name);
  if (index < 0) {
    throw new SelectionError(
      `selection { upTo: "${name}" }: expected the name of a layer; the model has none of that name. ` +
        'trainableSummary(model) lists the names.',
    );
  }
  return index;
}

function inStages(target: Freezable, leaves: readonly LeafLayer[], names: readonly string[]): LeafLayer[] {
  const stages = 'stages' in target ? (target.stages ?? []) : [];
  const wanted = new Set<string>();
  for (const name of names) {
    const stage = stages.find((candidate) => candidate.name === name);
    if (!stage) {
      const known = stages.map((candidate) => candidate.name).join(', ');
      throw new SelectionError(
        `selection { stage: "${name}" }: expected one of ${known || 'no stages: pass a Backbone or a Classifier'}.`,
      );
    }
    for (const layer of stage.layers) wanted.add(layer);
  }
  return leaves.filter(({ layer }) => wanted.has(layer.name));
}
