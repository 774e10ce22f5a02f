import { joinBytes } from '../bytes';
import { WeightsFileError } from './errors';
import type { NamedWeight, WeightsFile } from './named-weights';
import { isOtherContent } from './weights-file-name';
import { manifestOf, manifestWeights } from './weights-manifest';

/** The bytes of a file beside the model's JSON, by its name. */
export type ReadBeside = (name: string) => Promise<Uint8Array>;

/** Whether the bytes may be a model's JSON. */
export function isJson(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return start.startsWith('{') || start.startsWith('[');
}

/**
 * Reads a layers model of TensorFlow.js, as `model.save` and the converter of Keras models write it: `model.json` with the
 * architecture and a manifest of files of weights, which may be quantised.
 *
 * @throws {WeightsFileError} other JSON, a graph model, or files that don't fit the manifest
 */
export async function readTfjsLayers(
  bytes: Uint8Array,
  source: string,
  readBeside: ReadBeside,
): Promise<WeightsFile> {
  const json = parsed(bytes, source) as {
    format?: unknown;
    modelTopology?: { node?: unknown };
    weightsManifest?: unknown;
  };
  const { modelTopology: architecture } = json;
  if (json.format === 'graph-model' || architecture?.node !== undefined) {
    throw new WeightsFileError(
      `${source}: expected a layers model; received a graph model of TensorFlow.js, which has no layers. ` +
        'Use it frozen, as classifier(await loadGraphModel(…), { labels, preprocessing }), or convert the Keras model ' +
        'again with --output_format=tfjs_layers_model.',
    );
  }
  const groups = manifestOf(Array.isArray(json) ? json : json.weightsManifest, source);
  const weights: NamedWeight[] = [];
  for (const { paths, weights: entries } of groups) {
    const parts: Uint8Array[] = [];
    for (const path of paths) {
      const part = await readBeside(path);
      if (await isOtherContent(path, part)) {
        throw new WeightsFileError(
          `${source}: expected the content of ${path} to have the SHA-256 in its name; it is damaged or was changed. ` +
            'Copy the folder again, whole.',
        );
      }
      parts.push(part);
    }
    for (const { name, shape, read } of manifestWeights(entries, joinBytes(parts), source)) {
      const names = name.replace(/:\d+$/, '').split('/');
      weights.push({ layer: names.slice(0, -1), name: names.at(-1)!, shape, read });
    }
  }
  return { layout: 'keras', weights, architecture, close() {} };
}

function parsed(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new WeightsFileError(
      `${source}: expected the JSON of a TensorFlow.js model; it is cut short or of another kind.`,
      { cause },
    );
  }
}
