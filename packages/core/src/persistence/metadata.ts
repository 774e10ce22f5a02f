import type { Preprocessing, Stage } from '../backbones/backbone';
import { SavedModelError } from '../errors';
import type { FreezeState } from '../freezing/freeze-state';

/** What a saved classifier is besides its LayersModel; lies in model.json as `userDefinedMetadata.thaw`. */
export interface SavedMetadata {
  readonly version: 1;
  readonly backboneName: string;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  readonly preprocessing: Preprocessing;
  readonly stages: readonly Stage[];
  readonly featureLayer: string;
  readonly headLayers: readonly string[];
  readonly freezing: FreezeState;
}

/**
 * The metadata out of a model.json.
 *
 * @throws SavedModelError where it isn't one of Thaw's, or of a later version.
 */
export function metadataOf(userDefinedMetadata: unknown, source: string): SavedMetadata {
  const metadata = (userDefinedMetadata as { thaw?: SavedMetadata } | undefined)?.thaw;
  if (!metadata) {
    throw new SavedModelError(
      `load: expected a classifier saved by Thaw at ${source}; it is a model without Thaw's labels and preprocessing. ` +
        'Load it with tf.loadLayersModel and wrap it in a Backbone.',
    );
  }
  if (metadata.version !== 1) {
    throw new SavedModelError(
      `load: expected a classifier of version 1 at ${source}; it is of version ${metadata.version}. Update @thawjs/core.`,
    );
  }
  return metadata;
}
