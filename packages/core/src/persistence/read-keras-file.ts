import { openModel } from '../backbones/open-model';
import { readingFile } from '../weights/damaged-file';
import { THAW_METADATA } from '../weights/keras-archive';
import { readBytes, sourceName } from '../weights/read-bytes';
import { readZip } from '../weights/read-zip';
import type { TransferOptions } from '../weights/transfer';
import type { WeightsSource } from '../weights/weights-source';
import type { StoredClassifier } from './stored-classifier';

/**
 * Reads a `.keras` file. Its layers' `trainable` flags decide what is frozen, because Keras may have changed them.
 *
 * @throws {WeightsFileError} damaged, or of another kind
 * @throws {DownloadError} the URL can't be fetched within the limits
 */
export async function readKerasFile(
  source: WeightsSource,
  options: TransferOptions,
): Promise<StoredClassifier> {
  const name = sourceName(source);
  const bytes = await readBytes(source, options);
  const stored = await readZip(bytes, name).get(THAW_METADATA)?.read();
  return {
    metadata: stored && readingFile(name, () => JSON.parse(new TextDecoder().decode(stored)) as unknown),
    flagsDecide: true,
    network: () => openModel(bytes, { sourceName: name }),
  };
}
