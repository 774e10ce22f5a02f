import { DownloadError } from './errors';

/** How far a download is. */
export interface TransferProgress {
  readonly url: string;
  /** So far, what an earlier attempt left included. */
  readonly receivedBytes: number;
  /** Undefined where the server doesn't say. */
  readonly totalBytes: number | undefined;
}

/** How a download is retried, watched and ended. */
export interface TransferOptions {
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Further attempts after the first, each of which goes on where the last one broke off. Default 4. */
  readonly retries?: number;
  /** Before the first further attempt; doubles with each, give or take a quarter by chance. Default 500. */
  readonly retryDelayMs?: number;
  /** Without a byte, before an attempt counts as failed. Default 30 000. */
  readonly timeoutMs?: number;
  /** How much one file may have. Default 1 GiB. */
  readonly maxBytes?: number;
  /** How long one file may take, all attempts together. Default an hour. */
  readonly maxDurationMs?: number;
  readonly signal?: AbortSignal;
}

/** Where the bytes go. An error that it throws ends the transfer if it is a DownloadError. */
export interface Sink {
  /** Bytes that are there already: the transfer asks for what follows. */
  readonly length: number;
  write(chunk: Uint8Array): void | Promise<void>;
  /** Forgets what was written. */
  reset(): void | Promise<void>;
}

/** Default of `maxBytes`. */
export const MAX_BYTES = 2 ** 30;

/** Default of `maxDurationMs`. */
const MAX_DURATION_MS = 60 * 60 * 1000;

/** Nobody there: another attempt a second later would say the same. */
const NOT_REACHABLE = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * Fetches a URL into a sink, going on from `sink.length`.
 *
 * Broken connections, silence, too few bytes and the answers 408, 429 and 5xx are tried again, from where they broke
 * off where the server lets us (`Range`, with `If-Range` once its `ETag` is known). What another attempt can't mend
 * fails at once: an unknown host, a refused first connection, 404, an HTML page, more than `maxBytes`.
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
  const silence = new AbortController();
  const listen = () => {
    const left = deadline - performance.now();
    const limit = `it takes more than ${maxDurationMs / 1000} s. If that is as it should be, raise maxDurationMs`;
    return left < timeoutMs
      ? setTimeout(
          () => silence.abort(new DownloadError(url, `${url} can't be downloaded: ${limit}.`)),
          Math.max(0, left),
        )
      : setTimeout(() => silence.abort(new Error(`no byte in ${timeoutMs / 1000} s`)), timeoutMs);
  };
  let timer = listen();
  try {
    const start = sink.length;
    const response = await fetch(url, {
      headers:
        start === 0 ? {} : { Range: `bytes=${start}-`, ...(known.etag ? { 'If-Range': known.etag } : {}) },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    await checkAnswer(url, response, sink);
    const etag = response.headers.get('etag');
    if (etag && !etag.startsWith('W/')) known.etag = etag; // a weak one can't be used with ranges
    const totalBytes = totalOf(response, sink.length);
    checkSize(url, totalBytes ?? 0, maxBytes);
    onProgress?.({ url, receivedBytes: sink.length, totalBytes });
    const reader = response.body!.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
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
    silence.abort(); // lets go of a connection whose body wasn't read to the end
  }
}

/** Passes what can be written; empties the sink when the answer starts from the first byte. */
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

/** fetch says "fetch failed" or "terminated"; what happened is in the cause. */
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
