import type { LayerCall, TranslatedLayer } from '../layer-calls';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';

/**
 * Translates a call of a layer to operations of the program: returns the pending value of the call's first output, or
 * undefined if the layer's configuration isn't covered. The layer is then run by its own `call`.
 */
export type LayerTranslation = (
  layer: TranslatedLayer,
  call: LayerCall<TranslatedLayer>,
  builder: ModelProgramBuilder,
) => PendingValue | undefined;
