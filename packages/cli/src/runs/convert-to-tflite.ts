import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CommandError } from '../errors';

const SCRIPT = `
import json, os, sys, zipfile
import tensorflow as tf
folder, target = sys.argv[1:]
model = tf.lite.TFLiteConverter.from_saved_model(folder).convert()
with open(target, 'wb') as file:
    file.write(model)
with open(os.path.join(folder, 'labels.json'), encoding='utf-8') as file:
    labels = json.load(file)
with zipfile.ZipFile(target, 'a') as archive:
    archive.writestr('labels.txt', '\\n'.join(label.replace('\\n', ' ') for label in labels))
    for name in ('labels.json', 'thresholds.json'):
        archive.write(os.path.join(folder, name), name)
`;

/**
 * Converts a SavedModel by TensorFlow's own converter, in the Python that `THAW_PYTHON` names, or `python3`.
 *
 * The file ends in a zip, as is usual for files that belong to a TensorFlow Lite model: `labels.txt`, with one label
 * per line, `labels.json` and `thresholds.json`. Interpreters ignore it.
 *
 * @throws CommandError if there is no Python with TensorFlow, or the converter fails
 */
export async function convertToTflite(savedModel: string, file: string): Promise<void> {
  const python = process.env.THAW_PYTHON ?? 'python3';
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: '', TF_CPP_MIN_LOG_LEVEL: '3' };
  try {
    await promisify(execFile)(python, ['-c', SCRIPT, savedModel, file], { env, maxBuffer: 2 ** 26 });
  } catch (cause) {
    const last = String((cause as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n')
      .at(-1);
    throw new CommandError(
      `export --to tflite takes a Python with TensorFlow; ${python} said: ${last || (cause as Error).message}. ` +
        'Run pip install tensorflow, or name another Python by THAW_PYTHON.',
      { cause },
    );
  }
}
