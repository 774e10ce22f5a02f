import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { joinedWeights } from './joined-weights';
import { checkWeightsFile } from './model-files';
import type { ModelJson } from './model-json';

/**
 * What TensorFlow.js makes a model of, from a `model.json` and the content of its files of weights.
 *
 * @param parts the files' content, in the order of `files`.
 * @throws SavedModelError if a file's content is not what its name or `model.json` says.
 */
export async function modelArtifacts(
  { json, files, weightSpecs, weightBytes }: ModelJson,
  parts: readonly Uint8Array[],
  place: string,
): Promise<io.ModelArtifacts> {
  const found = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (found !== weightBytes) {
    throw new SavedModelError(
      `load: expected ${weightBytes} bytes of weights in ${place}; found ${found}. The file is cut short or of another ` +
        'model: copy the folder again, whole.',
    );
  }
  for (const [i, part] of parts.entries()) await checkWeightsFile(files[i], part, place);
  const { weightsManifest: _, ...rest } = json;
  return { ...rest, weightSpecs, weightData: joinedWeights(parts.map(bufferOf)).buffer };
}

/** The bytes in a buffer of their own; a small file that Node reads lies in a pool that it shares with others. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}
