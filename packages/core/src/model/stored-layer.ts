import type { TranslatedLayer } from './layer-calls';
import type { LayerWeight } from './model-program-builder';

/**
 * A layer as a saved model describes it: its configuration and weights are its fields, by the names that tfjs-layers gives
 * the fields of its layers (`epsilon`, `kernel`, `movingMean`). It computes nothing itself.
 */
export type StoredLayer = TranslatedLayer & { readonly [field: string]: unknown };

/** A layer's description in `model.json`. */
export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
}

/** @param weights the layer's weights, by their names in the file: `moving_mean`. */
export function storedLayer(
  { class_name, config }: LayerJson,
  weights: ReadonlyMap<string, LayerWeight>,
): StoredLayer {
  const options = inCamelCase(config) as Readonly<Record<string, unknown>>;
  const fields = Object.fromEntries([...weights].map(([name, weight]) => [camelCase(name), weight]));
  return {
    ...options,
    ...fields,
    name: config.name,
    getClassName: () => class_name,
    getConfig: () => options,
  };
}

/** A configuration as tfjs-layers returns it: names, and texts that are one of a few words, in camel case. */
function inCamelCase(value: unknown): unknown {
  if (typeof value === 'string') return camelCase(value);
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      camelCase(name),
      name === 'name' ? part : inCamelCase(part),
    ]),
  );
}

function camelCase(name: string): string {
  return name.replace(/_+(\w|$)/g, (_, next: string) => next.toUpperCase());
}
