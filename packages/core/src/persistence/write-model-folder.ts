import type { io } from '@tensorflow/tfjs-core';
import { makeFolder } from '@thawjs/files/make-folder';
import { syncFolder } from '@thawjs/files/sync-folder';
import { abandonedLocks, type FolderLockOptions, withFolderLock } from '@thawjs/files/with-folder-lock';
import { stagingWriterOf, writeFile } from '@thawjs/files/write-file';
import { SavedModelError } from '../errors';
import type { FileError, NodeModules } from '../platform/node-types';
import { isWeightsFile } from '../weights/weights-file-name';
import { MODEL_FILE, weightsFilesIn } from './model-files';
import { savedFiles } from './saved-files';

/**
 * Writes a model into a folder. A model that is there is replaced.
 *
 * Writers take turns (`withFolderLock`). Each file is synced to the disk before it gets its name, and both names are synced
 * before older weights are removed. A crash or power loss at any moment therefore leaves the old model or the new one. Files
 * that earlier crashes left (temporary files, weights that `model.json` doesn't name) are removed. Other files stay.
 *
 * @throws SavedModelError if the model can't be written. A model that was there before stays.
 */
export async function writeModelFolder(
  node: NodeModules,
  folder: string,
  artifacts: io.ModelArtifacts,
  lock: FolderLockOptions = {},
): Promise<void> {
  const { path } = node;
  const { weightsFile, weights, json } = await savedFiles(artifacts);
  try {
    await makeFolder(node, folder);
    const write = async (checkHeld: () => Promise<void>) => {
      await removeLeftovers(node, folder);
      try {
        await writeFile(node, path.join(folder, weightsFile), weights);
        await checkHeld();
        await writeFile(node, path.join(folder, MODEL_FILE), json);
      } finally {
        await removeLeftovers(node, folder);
      }
    };
    await withFolderLock(node, folder, write, lock);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SavedModelError(
      `save: expected to write into ${folder}; ${reason}. A model that was there is unharmed. Free space or choose another folder.`,
      { cause: error },
    );
  }
}

/** Removes files that earlier saves left and no model needs. The folder is synced to the disk first. */
async function removeLeftovers(node: NodeModules, folder: string): Promise<void> {
  const { fs, path } = node;
  const named = await weightsNamedIn(node, path.join(folder, MODEL_FILE));
  const leftovers = (await fs.promises.readdir(folder)).filter(
    (name) => (isWeightsFile(name) && !named.has(name)) || isTemporary(name),
  );
  leftovers.push(...(await abandonedLocks(node, folder)));
  if (leftovers.length === 0) return;
  await syncFolder(node, folder);
  for (const name of leftovers) {
    await fs.promises.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function weightsNamedIn({ fs }: NodeModules, modelFile: string): Promise<Set<string>> {
  try {
    return weightsFilesIn(await fs.promises.readFile(modelFile, 'utf8'));
  } catch (error) {
    if ((error as FileError).code === 'ENOENT') return new Set();
    throw error;
  }
}

/** Whether a file has the name of a save's temporary file. Before version 1, such names held only the process number. */
function isTemporary(name: string): boolean {
  const [file] = /^weights-[0-9a-f]{16}\.bin(?=\.)/.exec(name) ?? [MODEL_FILE];
  const isOld = name.startsWith(`${file}.`) && /\.\d+\.tmp$/.test(name);
  return isOld || stagingWriterOf(name, file) !== undefined;
}
