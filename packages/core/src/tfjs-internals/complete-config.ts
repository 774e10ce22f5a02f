import type { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describedLayer, innerLayers } from './inner-layers';
import { fieldsOf, type LayerFields } from './layer-weights';

type Config = serialization.ConfigDict;

/** Per class of tfjs-layers: the options that its `getConfig` leaves out, or takes from another field. */
const LOST: Readonly<Record<string, (fields: LayerFields) => Config>> = {
  AlphaDropout: ({ noiseShape }) => ({ noiseShape: noiseShape ? [...noiseShape] : null }),
  // tfjs-layers describes the regularizer in its place.
  DepthwiseConv2D: ({ depthwiseConstraint: own }) => ({
    depthwiseConstraint: own ? { className: own.getClassName(), config: own.getConfig() as Config } : null,
  }),
  SeparableConv2D: ({ depthMultiplier = 1 }) => ({ depthMultiplier }),
};

const completed = new WeakSet<object>();

/**
 * Makes a layer, and the layers that a wrapper is around, describe all of their options. Some classes of tfjs-layers leave
 * options out of their configuration. Copies and saved models would then have other options, and weights of other shapes.
 */
export function completeConfig(layer: layers.Layer): void {
  const described = describedLayer(layer);
  for (const inner of [...innerLayers(layer), ...(described ? [described] : [])]) completeConfig(inner);
  const className = layer.getClassName();
  if (!Object.hasOwn(LOST, className) || completed.has(layer)) return;
  completed.add(layer);
  const own = layer.getConfig.bind(layer);
  layer.getConfig = () => ({ ...own(), ...LOST[className](fieldsOf(layer)) });
}
