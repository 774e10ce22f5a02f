import { ABOVE_0, ANY, FROM_0, FROM_1, FUNCTION, WHOLE_FROM_0 } from '../options/check-options';
import { DownloadError } from './errors';

/** The progress of a download. */
export interface TransferProgress {
  readonly url: string;
  /** The bytes so far, including those of earlier attempts. */
  readonly receivedBytes: number;
  /** The bytes of the whole file; undefined if the server doesn't tell. */
  readonly totalBytes: number | undefined;
}

/** Options of a download: retries, limits, progress. */
export interface TransferOptions {
  readonly onProgress?: (progress: TransferProgress) => void;
  /** The number of attempts after the first. Each continues where the last one stopped. Default 4. */
  readonly retries?: number;
  /** The wait before the second attempt. It doubles with each attempt, and varies by a quarter at random. Default 500. */
  readonly retryDelayMs?: number;
  /** The time without a byte after which an attempt counts as failed. Default 30,000. */
  readonly timeoutMs?: number;
  /** The largest size of one file. Default 1 GiB. */
  readonly maxBytes?: number;
  /** The longest time for one file, all attempts together. Default: one hour. */
  readonly maxDurationMs?: number;
  readonly signal?: AbortSignal;
}

export const TRANSFER_RULES = {
  onProgress: FUNCTION,
  retries: WHOLE_FROM_0,
  retryDelayMs: FROM_0,
  timeoutMs: ABOVE_0,
  maxBytes: FROM_1,
  maxDurationMs: FROM_1,
  signal: ANY,
};

/** Receives the bytes. A DownloadError that it throws ends the transfer; other errors cause another attempt. */
export interface Sink {
  /** The number of bytes received so far. The transfer asks for the bytes after them. */
  readonly length: number;
  write(chunk: Uint8Array): void | Promise<void>;
  /** Drops all bytes. */
  reset(): void | Promise<void>;
}

/** Default of `maxBytes`. */
export const MAX_BYTES = 2 ** 30;

/** Default of `maxDurationMs`. */
const MAX_DURATION_MS = 60 * 60 * 1000;

/** Error codes for which another attempt is useless, because the host can't be reached. */
const NOT_REACHABLE = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * Fetches a URL into a sink, beginning at `sink.length`.
 *
 * After broken connections, silence, too few bytes and the status codes 408, 429 and 5xx, the transfer is tried again. It
 * continues where it stopped if the server allows (`Range`, with `If-Range` once the `ETag` is known). Other failures end it
 * at once: an unknown host, a refused first connection, 404, an HTML page, more than `maxBytes`.
 *
 * @throws {DownloadError} its cause is the last attempt's error, or the reason of `signal`
 */
export async function transfer(url: string, sink: Sink, options: TransferOptions = {}): Promise<void> {
  const { retries = 4, retryDelayMs = 500, maxDurationMs = MAX_DURATION_MS, signal } = options;
  const known: { etag?: string } = {};
  const lengthAtStart = sink.length;
  const deadline = performance.now() + maxDurationMs;
  for (let attempt = 0; ; attempt++) {
    try {
      signal?.throwIfAborted();
      return await attemptOnce(url, sink, known, deadline, options);
    } catch (error) {
      if (signal?.aborted)
        throw new DownloadError(url, `${url}: the download was cancelled.`, { cause: signal.reason });
      if (error instanceof DownloadError) throw error;
      const hopeless =
        attempt === 0 && sink.length === lengthAtStart && NOT_REACHABLE.includes(codeOf(error));
      if (hopeless || attempt >= retries) {
        const tries = attempt === 0 ? '' : ` after ${attempt + 1} attempts`;
        throw new DownloadError(url, `${url} can't be downloaded${tries}: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
    }
    await pause(retryDelayMs * 2 ** attempt * (0.75 + Math.random() / 2), signal);
  }
}

async function attemptOnce(
  url: string,
  sink: Sink,
  known: { etag?: string },
  deadline: number,
  options: TransferOptions,
): Promise<void> {
  const {
    onProgress,
    timeoutMs = 30_000,
    maxBytes = MAX_BYTES,
    maxDurationMs = MAX_DURATION_MS,
    signal,
  } = options;
  const ending = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason));
  });
  ended.catch(() => {}); // It is rejected after every attempt, when nothing waits for it anymore.
  // A fetch that never settles after it was aborted must not keep the transfer waiting.
  const unlessEnded = <T>(promise: Promise<T>) => Promise.race([promise, ended]);
  const cancel = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', cancel);
  const listen = () => {
    const left = deadline - performance.now();
    const limit = `it takes more than ${maxDurationMs / 1000} s. If that is as it should be, raise maxDurationMs`;
    return left < timeoutMs
      ? setTimeout(
          () => ending.abort(new DownloadError(url, `${url} can't be downloaded: ${limit}.`)),
          Math.max(0, left),
        )
      : setTimeout(() => ending.abort(new Error(`no byte in ${timeoutMs / 1000} s`)), timeoutMs);
  };
  let timer = listen();
  try {
    const start = sink.length;
    const headers =
      start === 0 ? {} : { Range: `bytes=${start}-`, ...(known.etag ? { 'If-Range': known.etag } : {}) };
    const response = await unlessEnded(fetch(url, { headers, signal: ending.signal }));
    await checkAnswer(url, response, sink);
    const etag = response.headers.get('etag');
    if (etag && !etag.startsWith('W/')) known.etag = etag; // weak ETags can't be used with ranges
    const totalBytes = totalOf(response, sink.length);
    checkSize(url, totalBytes ?? 0, maxBytes);
    onProgress?.({ url, receivedBytes: sink.length, totalBytes });
    const reader = response.body!.getReader();
    for (let part = await unlessEnded(reader.read()); !part.done; part = await unlessEnded(reader.read())) {
      clearTimeout(timer);
      timer = listen();
      checkSize(url, sink.length + part.value.length, maxBytes);
      await sink.write(part.value);
      onProgress?.({ url, receivedBytes: sink.length, totalBytes });
    }
    if (totalBytes !== undefined && sink.length !== totalBytes) {
      throw new Error(`the answer ended after ${sink.length} of ${totalBytes} bytes`);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    ending.abort(); // closes the connection if its body wasn't read to the end
  }
}

/** Checks a response. Drops the sink's bytes if the response starts from the first byte. */
async function checkAnswer(url: string, response: Response, sink: Sink): Promise<void> {
  const { status, statusText } = response;
  const answer = `the server answered ${status} ${statusText}`.trim();
  if (status === 416) {
    const length = sink.length;
    await sink.reset();
    throw new Error(`the server has fewer than the ${length} bytes of an earlier attempt`);
  }
  if (status === 408 || status === 429 || status >= 500) throw new Error(answer);
  if (!response.ok) throw new DownloadError(url, `${url} can't be downloaded: ${answer}.`);
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new DownloadError(
      url,
      `${url} can't be downloaded: the answer is an HTML page (a login or a proxy?).`,
    );
  }
  const continues =
    status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${sink.length}-`);
  if (!continues && sink.length > 0) await sink.reset();
  if (!continues && status === 206) throw new Error('the server answered with another range than asked for');
}

function checkSize(url: string, bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new DownloadError(
    url,
    `${url} can't be downloaded: expected at most ${maxBytes} bytes; the server sends more. If the file is the right one, raise maxBytes.`,
  );
}

function totalOf(response: Response, before: number): number | undefined {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : before + Number(length);
}

/** The reason of a failed fetch, which is in the error's cause: its message is just "fetch failed" or "terminated". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || codeOf(error)})` : message;
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined || cause === null ? '' : codeOf(cause);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
  });
}
