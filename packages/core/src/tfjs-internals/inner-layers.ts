import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** The fields in which models and wrappers hold their layers. */
interface Container {
  /** A model's. */
  readonly layers?: readonly Layer[];
  /** The layer that a TimeDistributed calls. A Bidirectional has one too, which is described and never called. */
  readonly layer?: Layer;
  readonly forwardLayer?: Layer;
  readonly backwardLayer?: Layer;
}

/** The layers that a layer calls: those of a model, that of a TimeDistributed, both of a Bidirectional. Others have none. */
export function innerLayers(layer: Layer): readonly Layer[] {
  const { layers, layer: wrapped, forwardLayer, backwardLayer } = layer as Container;
  if (layers) return layers;
  if (forwardLayer && backwardLayer) return [forwardLayer, backwardLayer];
  return wrapped ? [wrapped] : [];
}

/** The layer by which a Bidirectional describes the two that it calls. Undefined for other layers. */
export function describedLayer(layer: Layer): Layer | undefined {
  const { layer: described, forwardLayer } = layer as Container;
  return forwardLayer && described;
}
