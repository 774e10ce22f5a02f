import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import type { FileError, NodeModules } from '../platform/node-types';
import type { LoadOptions } from './load-options';
import { modelArtifacts } from './model-artifacts';
import { MODEL_FILE } from './model-files';
import { type ModelJson, parseModelJson } from './model-json';

/** The weights file that a `model.json` names doesn't exist. */
class WeightsMissingError extends SavedModelError {}

/**
 * Reads the model in a folder, even while others write there.
 *
 * A writer that replaces the model may remove the old weights after this function has read `model.json` and before it reads
 * the weights. `model.json` has been replaced by then. Therefore reading starts again if the weights are missing and
 * `model.json` has changed.
 *
 * @throws SavedModelError if there is no whole model, or if it has files outside the folder.
 */
export async function readModelFolder(
  node: NodeModules,
  folder: string,
  options: LoadOptions = {},
): Promise<io.ModelArtifacts> {
  const modelFile = node.path.join(folder, MODEL_FILE);
  let before: string | undefined;
  for (;;) {
    const { text, version } = await readModelFile(node, folder, modelFile, options);
    const model = parseModelJson(text, modelFile);
    try {
      return await modelArtifacts(model, await readWeights(node, folder, model, options), folder);
    } catch (error) {
      if (!(error instanceof WeightsMissingError) || version === before) throw error;
      before = version;
    }
  }
}

async function readModelFile(
  { fs, path }: NodeModules,
  folder: string,
  modelFile: string,
  options: LoadOptions,
) {
  try {
    await checkInside({ fs, path }, folder, modelFile, options);
    const handle = await fs.promises.open(modelFile, 'r');
    try {
      const { dev, ino, size, mtimeNs } = await handle.stat({ bigint: true });
      return { text: await handle.readFile('utf8'), version: [dev, ino, size, mtimeNs].join() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(error, modelFile);
  }
}

async function readWeights(node: NodeModules, folder: string, { files }: ModelJson, options: LoadOptions) {
  const { fs, path } = node;
  const parts: Uint8Array[] = [];
  for (const name of files) {
    const file = path.join(folder, name);
    try {
      await checkInside(node, folder, file, options);
      parts.push(await fs.promises.readFile(file));
    } catch (error) {
      throw unreadable(error, file, WeightsMissingError);
    }
  }
  return parts;
}

/** Checks that a file is one, not a pipe that never ends, and isn't a symbolic link to a place outside the folder. */
async function checkInside(
  { fs, path }: Pick<NodeModules, 'fs' | 'path'>,
  folder: string,
  file: string,
  { followLinks = false }: LoadOptions,
): Promise<void> {
  const found = await fs.promises.stat(file);
  if (!found.isFile() && !found.isDirectory())
    throw new SavedModelError(
      `load: expected a saved model's file ${file}; it is no file, but a pipe or a device.`,
    );
  if (followLinks) return;
  const [inside, real] = await Promise.all([fs.promises.realpath(folder), fs.promises.realpath(file)]);
  if (real.startsWith(inside.endsWith(path.sep) ? inside : inside + path.sep)) return;
  throw new SavedModelError(
    `load: expected a file in ${folder}; ${file} is a link to ${real}. If you trust the folder, pass { followLinks: true }.`,
  );
}

function unreadable(
  error: unknown,
  file: string,
  Missing: typeof SavedModelError = SavedModelError,
): SavedModelError {
  if (error instanceof SavedModelError) return error;
  const { code, message } = error as FileError;
  return new (code === 'ENOENT' ? Missing : SavedModelError)(
    `load: expected a saved model's file ${file}; ${message}. Is the path the folder that was saved to?`,
    { cause: error },
  );
}
