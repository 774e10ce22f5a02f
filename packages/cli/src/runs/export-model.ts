import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Classifier, exportKeras, exportOnnx, exportSavedModel, load } from '@thawjs/core';
import { makeFolder } from '@thawjs/files/make-folder';
import { nodeFiles } from '@thawjs/files/node-modules';
import { writerName } from '@thawjs/files/writer-name';
import { openOutputFolder } from '@thawjs/report';
import type { ExportFlags } from '../commands/export';
import { startBackend } from '../compute';
import { UsageError } from '../errors';
import type { Terminal } from '../terminal/terminal';
import { convertToTflite } from './convert-to-tflite';
import { modelFolder } from './model-folder';

type Write = (model: Classifier, place: string, flags: ExportFlags) => Promise<unknown>;

/** For each form, the file name beside the model, and the function that writes it. */
const FORMS: Readonly<Record<ExportFlags['to'], { readonly name: string; readonly write: Write }>> = {
  onnx: { name: 'model.onnx', write: (model, place) => exportOnnx(model, place) },
  keras: { name: 'model.keras', write: (model, place) => exportKeras(model, place) },
  savedmodel: { name: 'savedmodel', write: (model, place) => exportSavedModel(model, place) },
  tfjs: {
    name: 'tfjs',
    write: (model, place, { weights }) => model.save(place, { ...(weights && { weights }) }),
  },
  tflite: { name: 'model.tflite', write: writeTflite },
};

/**
 * Writes a model for another runtime.
 *
 * @returns the path of the result
 */
export async function exportModel(run: string, flags: ExportFlags, terminal: Terminal): Promise<string> {
  const folder = modelFolder(run);
  if (flags.weights && flags.to !== 'tfjs')
    throw new UsageError(`expected --weights with --to tfjs only; received it with --to ${flags.to}.`);
  await startBackend({ backend: 'auto' }, terminal);
  const { name, write } = FORMS[flags.to];
  const place = flags.out ?? join(run, 'export', name);
  await makeFolder(nodeFiles, dirname(place));
  await write(await load(folder), place, flags);
  return place;
}

/** Converts in a folder of its own beside the file, which the next command removes if this one is killed. */
async function writeTflite(model: Classifier, place: string): Promise<void> {
  const out = await openOutputFolder(dirname(place));
  const scratch = `${place}.${writerName(nodeFiles)}.tmp`;
  const [savedModel, converted] = [join(scratch, 'savedmodel'), join(scratch, 'model.tflite')];
  try {
    await mkdir(scratch);
    await exportSavedModel(model, savedModel);
    await convertToTflite(savedModel, converted);
    await out.write(basename(place), await readFile(converted));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
