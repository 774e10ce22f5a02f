import { env, findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';

/** How long the threads of the wasm backend may take to start, in milliseconds. */
const LIMIT = 20_000;
/** The priority by which tfjs-backend-wasm registers itself. */
const PRIORITY = 2;

/**
 * Starts the wasm backend in a browser; without threads if its threads fail.
 *
 * tfjs-backend-wasm gives its threads the text of one of its functions. Some minifiers change this function so that its text
 * fails by itself, and then tfjs waits for the threads for ever.
 *
 * @param start starts the backend, by tfjs' flags at the time of the call
 * @param log takes the sentence that says why there are no threads
 */
export async function threadsOrNone<T>(start: () => Promise<T>, log: (line: string) => void): Promise<T> {
  if (!(await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))) return start();
  const threads = watchThreads();
  const started = start().finally(threads.stopWatching);
  const first = await Promise.race([started.then((result) => ({ result })), threads.failure]);
  if (typeof first !== 'string') return first.result;
  // The other threads are still watched, as they fail, too, a little later.
  log(`wasm: computing without threads, as they failed to start (${first}).`);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const factory = findBackendFactory('wasm');
  removeBackend('wasm');
  registerBackend('wasm', factory, PRIORITY);
  return start();
}

/** Waits for the error event of a thread. The module's loader throws the event where no code can catch it. */
function watchThreads(): { readonly failure: Promise<string>; stopWatching(): void } {
  const watching = new AbortController();
  const failure = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`no answer in ${LIMIT / 1000} s`), LIMIT);
    watching.signal.addEventListener('abort', () => clearTimeout(timer));
    const listener = (event: Event) => {
      const { error } = event as ErrorEvent;
      if (!(error instanceof ErrorEvent)) return;
      event.preventDefault();
      resolve(error.message);
    };
    const onViolation = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (blockedURI === 'blob')
        resolve(`the page's Content-Security-Policy lacks blob: in ${effectiveDirective}`);
    };
    // A thread that may not start has no error event with a message.
    globalThis.addEventListener('securitypolicyviolation', onViolation, { signal: watching.signal });
    globalThis.addEventListener('error', listener, { signal: watching.signal });
  });
  return { failure, stopWatching: () => watching.abort() };
}
