import { FrozenGraph } from '../backbones/frozen-graph';
import { SelectionError } from '../errors';
import type { LeafLayer } from '../layers/leaf-layers';

/**
 * Refuses to thaw layers of which none can learn because they are graph models.
 *
 * @throws {SelectionError}
 */
export function refuseGraphModels(caller: string, leaves: readonly LeafLayer[]): void {
  const graph = leaves.find(({ layer }) => layer instanceof FrozenGraph);
  if (graph === undefined || leaves.some(({ layer }) => layer.weights.length > 0)) return;
  throw new SelectionError(
    `${caller}: expected layers that can learn; "${graph.path}" is a graph model, whose weights are constants. Train the ` +
      'head alone (thaw: false), or convert the Keras model with --output_format=tfjs_layers_model and use openModel.',
  );
}
