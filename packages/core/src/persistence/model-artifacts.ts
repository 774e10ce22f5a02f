import type { io } from '@tensorflow/tfjs-core';
import { joinBytes } from '../bytes';
import { SavedModelError } from '../errors';
import { checkWeightsFile } from './model-files';
import type { ModelJson } from './model-json';

/**
 * Combines a `model.json` and the contents of its weights files to the form from which TensorFlow.js makes a model.
 *
 * @param parts the contents of the weights files, in the order of `files`.
 * @throws SavedModelError if the contents don't have the length in `model.json`, or the SHA-256 in the file's name.
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

/** Bytes as a buffer of exactly their length. Node reads small files into a shared buffer, of which a copy is made. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}

/** The bytes of a model's weights as one array. TensorFlow.js may give them in several buffers. */
export function joinedWeights(data: io.WeightData | undefined): Uint8Array<ArrayBuffer> {
  const buffers = data === undefined ? [] : Array.isArray(data) ? data : [data];
  const [first, ...others] = buffers.map((buffer) => new Uint8Array(buffer));
  return first && others.length === 0 ? first : joinBytes([first, ...others]);
}
