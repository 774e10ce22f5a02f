import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerCall } from '../layer-calls';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';

/**
 * What a layer class becomes in a plan: the steps of its outputs, or undefined where it is of a kind that the plan has
 * no operations for.
 */
export type LayerTranslation = (
  layer: layers.Layer,
  call: LayerCall,
  builder: ModelProgramBuilder,
) => PendingValue | undefined;
