/**
 * The code that a worker thread evaluates: it runs `image-worker.ts` from the sources, through tsx, because a thread
 * doesn't inherit the loader of the thread that starts it.
 *
 * The build replaces this module by one whose string is image-worker.ts itself, bundled
 * (tools/build/inline-image-worker.ts). So no published file refers to another one, and bundlers need no configuration.
 */
const file = JSON.stringify(new URL('./image-worker.ts', import.meta.url).href);

export const imageWorkerCode = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`;
