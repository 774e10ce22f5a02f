/** Whether this is the built page; the development server has no service worker. The build puts it here. */
declare const IS_BUILT: boolean;

/** Lets the page work without its server after the first visit. Pages without https can't. */
export function workOffline(): void {
  if (!IS_BUILT || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch((error: unknown) => {
    console.warn(`Thaw Studio works only with its server: ${error}`);
  });
}
