import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerCall } from '../layer-calls';
import type { PlanBuilder } from '../plan-builder';
import type { Step } from '../step';

/**
 * What a layer class becomes in a plan: the steps of its outputs, or undefined where it is of a kind that the plan has
 * no operations for.
 */
export type LayerPlan = (layer: layers.Layer, call: LayerCall, builder: PlanBuilder) => Step | undefined;
