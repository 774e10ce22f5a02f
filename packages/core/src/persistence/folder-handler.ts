import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { type NodeModules, nodeModules } from '../platform/node';
import { writeAtomically } from './write-atomically';

const MODEL_FILE = 'model.json';

/**
 * Reads and writes a model in a folder: `model.json` and one file of weights, the standard layout of TensorFlow.js.
 *
 * tfjs has such a handler only in tfjs-node. The file of weights is named after its content and `model.json` is
 * renamed into place last, so that a folder holds a whole model at any moment, the old one or the new one.
 */
export function folderHandler(folder: string): io.IOHandler {
  const node = nodeModules();
  if (!node) {
    throw new SavedModelError(
      `"${folder}": expected a URL with a scheme, such as indexeddb://name; folders exist in Node only.`,
    );
  }
  return {
    save: (artifacts) => saveToFolder(node, folder, artifacts),
    load: () => loadFromFolder(node, folder),
  };
}

async function saveToFolder(
  node: NodeModules,
  folder: string,
  artifacts: io.ModelArtifacts,
): Promise<io.SaveResult> {
  const { fs, path, crypto } = node;
  const { weightData, weightSpecs, ...rest } = artifacts;
  const weights = joined(weightData);
  const hash = crypto.createHash('sha256').update(weights).digest('hex').slice(0, 16);
  const weightsFile = `weights-${hash}.bin`;
  const json = JSON.stringify({ ...rest, weightsManifest: [{ paths: [weightsFile], weights: weightSpecs }] });
  const modelFile = path.join(folder, MODEL_FILE);
  try {
    await fs.promises.mkdir(folder, { recursive: true });
    const before = await weightFilesOf(node, modelFile);
    await writeAtomically(node, path.join(folder, weightsFile), weights);
    await writeAtomically(node, modelFile, json);
    for (const file of before) {
      if (file !== weightsFile) await fs.promises.rm(path.join(folder, file), { force: true });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SavedModelError(
      `save: expected to write into ${folder}; ${reason}. A model that was there is unharmed. Free space or choose another folder.`,
      { cause: error },
    );
  }
  return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
}

/** The files of weights that an earlier save left here: only names that this handler itself gives. */
async function weightFilesOf({ fs }: NodeModules, modelFile: string): Promise<string[]> {
  if (!fs.existsSync(modelFile)) return [];
  const text = await fs.promises.readFile(modelFile, 'utf8');
  return [...new Set(text.match(/weights-[0-9a-f]{16}\.bin/g) ?? [])];
}

async function loadFromFolder({ fs, path }: NodeModules, folder: string): Promise<io.ModelArtifacts> {
  const modelFile = path.join(folder, MODEL_FILE);
  const text = await read(() => fs.promises.readFile(modelFile, 'utf8'), modelFile);
  let json: io.ModelJSON;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SavedModelError(
      `load: expected JSON in ${modelFile}; it is cut short or of another kind. Save the model again.`,
      {
        cause: error,
      },
    );
  }
  const { weightsManifest, ...rest } = json;
  const groups = weightsManifest ?? [];
  const files = groups.flatMap(({ paths }) => paths);
  const parts = await Promise.all(
    files.map((file) => read(() => fs.promises.readFile(path.join(folder, file)), path.join(folder, file))),
  );
  const weightSpecs = groups.flatMap(({ weights }) => weights);
  const weights = joined(parts.map((part) => Uint8Array.from(part).buffer));
  const expected = weightSpecs.reduce(
    (sum, { shape }) => sum + 4 * shape.reduce((n, size) => n * size, 1),
    0,
  );
  const plain = weightSpecs.every(({ dtype, quantization }) => dtype === 'float32' && !quantization);
  if (plain && weights.byteLength !== expected) {
    throw new SavedModelError(
      `load: expected ${expected} bytes of weights in ${folder}; found ${weights.byteLength}. The file is cut short or of ` +
        'another model: copy the folder again, whole.',
    );
  }
  return { ...rest, weightSpecs, weightData: weights.buffer as ArrayBuffer };
}

async function read<Content>(reading: () => Promise<Content>, file: string): Promise<Content> {
  try {
    return await reading();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SavedModelError(
      `load: expected a saved model's file ${file}; ${reason}. Is the path the folder that was saved to?`,
      {
        cause: error,
      },
    );
  }
}

function joined(data: io.WeightData | undefined): Uint8Array {
  const buffers = data === undefined ? [] : Array.isArray(data) ? data : [data];
  const all = new Uint8Array(buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const buffer of buffers) {
    all.set(new Uint8Array(buffer), offset);
    offset += buffer.byteLength;
  }
  return all;
}
