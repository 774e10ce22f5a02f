import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Dataset, File, Group } from 'h5wasm';
import { assignWeights } from './assign-weights';
import { WeightsFileError } from './errors';
import type { NamedLayers, NamedWeight } from './named-weights';
import { readBytes, sourceName } from './read-bytes';
import type { TransferOptions } from './transfer';
import type { WeightsSource } from './weights-source';

/** \x89HDF\r\n\x1a\n, the first bytes of every HDF5 file that Keras writes. */
const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

let filesOpened = 0;

/** How a Keras file is read into a model; for a URL, how it is downloaded and the limits on its size and time. */
export interface KerasH5Options extends TransferOptions {
  /** Other names that a layer may have in the file: `{ predictions: ['probs'] }`. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** What messages call the file. Default: its path or URL. */
  readonly sourceName?: string;
}

/**
 * Loads weights from a file in Keras' legacy .h5 format into a model, by layer name.
 *
 * It is the format of `model.save_weights('x.h5')` in Keras 2, of `model.save('x.h5')` in Keras 2 and 3, and of the
 * files of `keras.applications`. Weights are matched by name (`kernel`, `gamma`, `moving_mean`, …), where Keras goes
 * by position. Layers of the file that the model lacks are passed over, as Keras does with `by_name=True`;
 * a layer of the model that the file lacks is an error, as it isn't there. No tensor is left behind.
 *
 * @param file a path, a URL, or the bytes, which are not changed; they and one weight at a time are in memory
 * @throws {WeightsFileError} not HDF5, cut short, or another format; where the numbers themselves can't be read, the
 * layers before them are already filled
 * @throws {WeightsMismatchError} a layer or weight is missing, or a shape differs; the model is then unchanged
 * @throws {DownloadError} the URL can't be had
 * @example
 * ```ts
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import '@tensorflow/tfjs-backend-cpu';
 * import { layers, sequential } from '@tensorflow/tfjs-layers';
 * import { loadKerasH5 } from '@thawjs/core';
 * import { File, FS, ready } from 'h5wasm';
 * import { writeFileSync } from 'node:fs';
 *
 * // In Keras: keras.Sequential([keras.Input([2]), keras.layers.Dense(1, name='dense')]).save('dense.h5')
 * await ready;
 * const h5 = new File('/dense.h5', 'w');
 * h5.create_attribute('layer_names', ['dense']);
 * const dense = h5.create_group('dense');
 * dense.create_attribute('weight_names', ['kernel', 'bias']);
 * dense.create_dataset({ name: 'kernel', data: new Float32Array([1, 2]), shape: [2, 1] });
 * dense.create_dataset({ name: 'bias', data: new Float32Array([3]), shape: [1] });
 * h5.close();
 * const path = join(tmpdir(), 'dense.h5');
 * writeFileSync(path, FS!.readFile('/dense.h5'));
 *
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], name: 'dense' })] });
 * await loadKerasH5(model, path);
 * console.log(model.getWeights().map((weight) => Array.from(weight.dataSync()))); // [ [ 1, 2 ], [ 3 ] ]
 * model.dispose();
 * ```
 */
export async function loadKerasH5(
  model: LayersModel,
  file: WeightsSource,
  options: KerasH5Options = {},
): Promise<void> {
  const { aliases = {}, sourceName: source = sourceName(file), ...limits } = options;
  const bytes = await readBytes(file, limits);
  checkSignature(bytes, source);
  const h5 = await import('h5wasm');
  const { FS, ...hdf5 } = await h5.ready;
  const name = `thaw-${filesOpened++}.h5`;
  // The last argument: the memory file system reads the bytes where they are, without a copy.
  FS.createDataFile('/', name, bytes, true, false, true);
  hdf5.activate_throwing_error_handler(); // else HDF5 prints its stack of errors
  let opened: File | undefined;
  try {
    opened = openFile(() => new h5.File(name, 'r'), source);
    assignWeights(model, layersOf(opened, source), { source, aliases });
  } finally {
    opened?.close();
    hdf5.deactivate_throwing_error_handler();
    FS.unlink(name);
  }
}

function openFile(open: () => File, source: string): File {
  try {
    return open();
  } catch (cause) {
    throw new WeightsFileError(
      `${source}: the file starts as HDF5 and can't be opened; it is cut short or damaged. Download or save it again.`,
      { cause },
    );
  }
}

function layersOf(file: File, source: string): NamedLayers {
  const group = file.keys().includes('model_weights') ? groupAt(file, 'model_weights', source) : file;
  const layerNames = stringList(group, 'layer_names');
  if (layerNames === undefined) throw anotherFormat(file, source);
  return new Map(layerNames.map((name) => [name, weightsOf(groupAt(group, name, source), source)]));
}

function weightsOf(layer: Group, source: string): NamedWeight[] {
  return (stringList(layer, 'weight_names') ?? []).map((name) => {
    const dataset = itemAt(layer, name, source) as Dataset;
    return {
      name,
      shape: dataset.shape ?? [],
      read: () => floats(dataset, `${source}: weight "${name}"`),
    };
  });
}

function floats(dataset: Dataset, what: string): Float32Array {
  let value: unknown;
  try {
    value = dataset.value;
  } catch (cause) {
    throw new WeightsFileError(`${what} can't be read; the file is damaged. Download or save it again.`, {
      cause,
    });
  }
  const values = typeof value === 'number' ? [value] : value;
  if (values instanceof Float32Array) return values;
  if (values instanceof Float64Array || Array.isArray(values)) return Float32Array.from(values as number[]);
  throw new WeightsFileError(
    `${what}: expected float32 or float64, received ${JSON.stringify(dataset.dtype)}.`,
  );
}

/** Keras splits an attribute that is over 64 KB into name0, name1, … */
function stringList(group: Group, name: string): string[] | undefined {
  const { attrs } = group;
  if (name in attrs) return strings(attrs[name]!.value);
  if (!(`${name}0` in attrs)) return undefined;
  const all: string[] = [];
  for (let chunk = 0; `${name}${chunk}` in attrs; chunk++)
    all.push(...strings(attrs[`${name}${chunk}`]!.value));
  return all;
}

/** An empty list is stored by numpy as an empty array of floats. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function groupAt(group: Group, name: string, source: string): Group {
  return itemAt(group, name, source) as Group;
}

function itemAt(group: Group, name: string, source: string): unknown {
  const missing = (cause?: unknown) =>
    new WeightsFileError(
      `${source}: "${group.path}" lists "${name}", which isn't in the file or can't be read. Download or save it again.`,
      { cause },
    );
  try {
    const item = group.get(name);
    if (item !== null) return item;
  } catch (cause) {
    throw missing(cause);
  }
  throw missing();
}

function checkSignature(bytes: Uint8Array, source: string): void {
  if (HDF5_SIGNATURE.every((byte, i) => bytes[i] === byte)) return;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  const found =
    bytes.length === 0
      ? 'an empty file'
      : start.startsWith('<')
        ? 'an HTML or XML page, as a login page or an error message saved under the name of the file'
        : start.startsWith('pk')
          ? 'a zip file, perhaps the .keras format of Keras 3; load it in Keras and save it to .h5'
          : start.startsWith('version https://git-lfs')
            ? 'a Git LFS pointer; fetch the file itself with "git lfs pull"'
            : `${bytes.length} bytes of something else`;
  throw new WeightsFileError(`${source}: expected a Keras .h5 file (HDF5); received ${found}.`);
}

function anotherFormat(file: File, source: string): WeightsFileError {
  const keys = file.keys();
  const keras3 = keys.includes('layers') || keys.includes('_layer_checkpoint_dependencies');
  return new WeightsFileError(
    keras3
      ? `${source}: expected Keras' legacy .h5 format; received the .weights.h5 format of Keras 3, which doesn't hold layer ` +
          `names. In Keras, save the model with model.save('model.h5') instead.`
      : `${source}: expected Keras' legacy .h5 format (an attribute "layer_names"); received an HDF5 file with ` +
          `${keys.length === 0 ? 'nothing in it' : keys.slice(0, 8).join(', ')}.`,
  );
}
