import { type Checksum, hasChecksum } from '../digest';
import { OBJECT, TEXT } from '../options/check-options';
import { nodeModules } from '../platform/node';
import { WeightsFileError } from './errors';
import { isHdf5 } from './hdf5';
import { isKerasArchive, isKerasConfig, KERAS_CONFIG, partsOf, readKerasModel } from './keras-archive';
import { readKerasH5 } from './keras-h5';
import type { WeightsFile } from './named-weights';
import { isPyTorchChain, programOf, pyTorchPickle, readPyTorchChain, readPyTorchZip } from './pytorch';
import { readBytes, sourceName } from './read-bytes';
import { isZip, readZip } from './read-zip';
import { isSafetensors, readSafetensors } from './safetensors';
import { readShards, shardsOf } from './shards';
import { isJson, type ReadBeside, readTfjsLayers } from './tfjs-layers';
import { TRANSFER_RULES, type TransferOptions } from './transfer';
import type { ModelSource, WeightsSource } from './weights-source';

/** Options for reading a weights file. For a URL: also those of the download. */
export interface OpenWeightsOptions extends TransferOptions {
  /** The name of the file in error messages. Default: its path, URL or name. */
  readonly sourceName?: string;
  /** The expected hash of the file, in hexadecimal. For a TensorFlow.js model: the hash of `model.json`. */
  readonly checksum?: Checksum;
}

export const OPEN_WEIGHTS_RULES = { ...TRANSFER_RULES, sourceName: TEXT, checksum: OBJECT };

const KINDS =
  'a file of weights (Keras .h5, .weights.h5 or .keras, .safetensors, PyTorch .pth, or a TensorFlow.js model.json)';

/**
 * Opens a weights file. The format is recognised by the file's bytes.
 *
 * @throws {WeightsFileError} not there, another checksum, damaged, or of no format that is read
 * @throws {DownloadError} the URL can't be fetched
 */
export async function openWeights(
  given: ModelSource,
  { sourceName: name, checksum, ...download }: OpenWeightsOptions = {},
): Promise<WeightsFile> {
  const { main, readBeside } = filesOf(given, download);
  const source = name ?? sourceName(main);
  const bytes = await readBytes(main, download);
  if (checksum && !(await hasChecksum(bytes, checksum))) {
    const [[algorithm, expected]] = Object.entries(checksum) as [[string, string]];
    throw new WeightsFileError(
      `${source}: expected a file whose ${algorithm} is ${expected}; these ${bytes.length} bytes have another. ` +
        'It is not the file that was published: download it again.',
    );
  }
  if (isHdf5(bytes)) return readKerasH5(bytes, source);
  if (isZip(bytes)) {
    const entries = readZip(bytes, source);
    if (isKerasArchive(entries)) return readKerasModel(partsOf(entries, source), source);
    const pickle = pyTorchPickle(entries);
    const program = programOf(entries);
    if (program) throw new WeightsFileError(`${source}: expected ${KINDS}; received ${program}.`);
    if (pickle) return readPyTorchZip(entries, pickle, source);
    throw new WeightsFileError(
      `${source}: expected ${KINDS}; received a zip with ${[...entries.keys()].slice(0, 6).join(', ') || 'nothing in it'}.`,
    );
  }
  if (isPyTorchChain(bytes)) return readPyTorchChain(bytes, source);
  if (isSafetensors(bytes)) return readSafetensors(bytes, source);
  const shards = isJson(bytes) ? shardsOf(bytes, source) : undefined;
  if (shards)
    return readShards(shards, source, readBeside, (part, sourceName) => openWeights(part, { sourceName }));
  if (isJson(bytes) && isKerasConfig(bytes))
    return readKerasModel(
      (name) => (name === KERAS_CONFIG ? Promise.resolve(bytes) : readBeside(name)),
      source,
    );
  if (isJson(bytes)) return readTfjsLayers(bytes, source, readBeside);
  throw new WeightsFileError(`${source}: expected ${KINDS}; received ${kindOf(bytes, source)}.`);
}

/** The main file, and a function that reads files beside it. */
function filesOf(
  given: ModelSource,
  download: TransferOptions,
): { readonly main: WeightsSource; readonly readBeside: ReadBeside } {
  if (Array.isArray(given)) {
    const files = given as readonly File[];
    const main = files.find(({ name }) => name.endsWith('.json')) ?? files[0];
    if (!main) throw new WeightsFileError('openModel: expected files; received an empty list.');
    const readBeside: ReadBeside = (name) => {
      const file = files.find((one) => one.name === name.split('/').at(-1));
      if (file) return readBytes(file);
      throw new WeightsFileError(
        `${main.name}: expected the file "${name}" beside it; it isn't among those given.`,
      );
    };
    return { main, readBeside };
  }
  const main = inFolder(given as WeightsSource);
  const readBeside: ReadBeside = (name) => {
    if (typeof main === 'string' || main instanceof URL)
      return readBytes(neighbour(String(main), name), download);
    throw new WeightsFileError(
      `${sourceName(main)}: its weights are in "${name}" beside it. Give the model's path or URL, or a list of all its files.`,
    );
  };
  return { main, readBeside };
}

const SAVED_MODEL =
  "a SavedModel of TensorFlow; save the network in Keras' .keras format, or convert it with tensorflowjs_converter " +
  '--output_format=tfjs_graph_model and use it frozen: classifier(await loadGraphModel(…), …)';

/** What a folder is opened by: the first of these that is in it. */
const IN_FOLDERS = [
  'model.json',
  'model.safetensors.index.json',
  'model.safetensors',
  'pytorch_model.bin.index.json',
  'pytorch_model.bin',
  'model.weights.json',
  KERAS_CONFIG,
];

/** If the source is a folder of this machine: the file in it to open. @throws {WeightsFileError} a SavedModel's folder */
function inFolder(source: WeightsSource): WeightsSource {
  const node = nodeModules();
  const isPath = typeof source === 'string' && !/^[a-z][a-z0-9+.-]+:\/\//i.test(source);
  if (!node || !isPath || !node.fs.statSync(source, { throwIfNoEntry: false })?.isDirectory()) return source;
  if (node.fs.existsSync(node.path.join(source, 'saved_model.pb')))
    throw new WeightsFileError(`${source}: expected ${KINDS}; received ${SAVED_MODEL}.`);
  const paths = IN_FOLDERS.map((name) => node.path.join(source, name));
  return paths.find((path) => node.fs.existsSync(path)) ?? paths[0];
}

/** The path or URL of the file with a name in the folder of `source`. The query of a URL is kept. */
export function neighbour(source: string, name: string): string {
  const [path, query = ''] = /^https?:/.test(source) ? source.split(/(?=\?)/) : [source];
  return path.replace(/[^/\\]*$/, () => name) + query;
}

function kindOf(bytes: Uint8Array, source: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  if (bytes.length === 0) return 'an empty file';
  if (start.slice(4, 8) === 'tfl3')
    return 'a TensorFlow Lite model, which can only predict; open the model that it was converted from';
  if (/\.onnx$/i.test(source)) return 'an ONNX model; open the model that it was exported from';
  if (/\.pb$/i.test(source)) return SAVED_MODEL;
  if (start.startsWith('<'))
    return 'an HTML or XML page, as a login page or an error message saved under the name of the file';
  if (start.startsWith('version https://git-lfs'))
    return 'a Git LFS pointer; fetch the file itself with "git lfs pull"';
  return bytes[0] === 0x80
    ? 'a pickle that torch.save did not write; save the weights with torch.save(model.state_dict(), path)'
    : `${bytes.length} bytes of something else`;
}
