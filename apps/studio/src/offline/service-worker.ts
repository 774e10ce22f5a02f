// Answers from the browser's cache, so that the page works without its server after the first visit. A new version of the page
// is fetched in the background, and shown when all tabs of the old one are closed.

/** The page's files, relative to this one. The build puts them here (`vite.config.ts`). */
declare const PAGE_FILES: readonly string[];
/** Changes with the content of the files. */
declare const PAGE_VERSION: string;

/** The part of the browser's types for service workers that is used here. TypeScript's own exclude those of pages. */
interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
const worker = self as unknown as {
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
  readonly clients: { claim(): Promise<void> };
};

const PREFIX = 'thaw-studio files ';
const FILES = `${PREFIX}${PAGE_VERSION}`;
/** Networks and everything else that the page has fetched. */
const FETCHED = 'thaw-studio fetched';
/** A server may answer with `Vary: Origin`, but it has only one answer. */
const ANY = { ignoreVary: true };

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll([...PAGE_FILES])));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(removeOld().then(() => worker.clients.claim()));
});

async function removeOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  const files = await caches.open(FILES);
  const own = await files.match(request.mode === 'navigate' ? './' : request, ANY);
  if (own) return own;
  const fetched = await caches.open(FETCHED);
  try {
    const response = await fetch(request);
    // A full disk doesn't keep the page from its answer.
    if (response.status === 200) await fetched.put(request, response.clone()).catch(() => {});
    return response;
  } catch (error) {
    const earlier = await fetched.match(request, ANY);
    if (earlier) return earlier;
    throw error;
  }
}
