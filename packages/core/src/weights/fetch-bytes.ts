import { joinBytes } from '../bytes';
import { type Sink, type TransferOptions, transfer } from './transfer';

/**
 * Fetches a URL into memory, with the retries of `transfer`.
 *
 * @throws {DownloadError}
 */
export async function fetchBytes(url: string, options: TransferOptions = {}): Promise<Uint8Array> {
  const sink = memorySink();
  await transfer(url, sink, options);
  return sink.bytes();
}

function memorySink(): Sink & { bytes(): Uint8Array } {
  let chunks: Uint8Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    write(chunk) {
      chunks.push(chunk);
      length += chunk.length;
    },
    reset() {
      chunks = [];
      length = 0;
    },
    bytes() {
      return joinBytes(chunks);
    },
  };
}
