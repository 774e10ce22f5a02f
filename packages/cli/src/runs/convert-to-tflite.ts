import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CommandError } from '../errors';

const SCRIPT = `
import sys, tensorflow as tf
converter = tf.lite.TFLiteConverter.from_saved_model(sys.argv[1])
open(sys.argv[2], 'wb').write(converter.convert())
`;

/**
 * Converts a SavedModel by TensorFlow's own converter, in the Python that `THAW_PYTHON` names, or `python3`.
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
