import type { ImageSource } from './image-source';

/**
 * Images on the web: image i is fetched from `urls[i]`, each time that it is asked for, and isn't kept except in the
 * browser's or a server's cache.
 *
 * @param urls absolute, or under a page relative to it; `data:` and `blob:` URLs too
 * @param request further options of each `fetch`, such as `{ headers, credentials }`
 * @returns the source; its `read` throws an Error with the server's answer if an image can't be fetched
 *
 * @example
 * ```ts
 * import { urlImages } from '@thawjs/datasets';
 *
 * const images = urlImages(['data:application/octet-stream;base64,/9g=']);
 * console.log(await images.read(0)); // Uint8Array(2) [ 255, 216 ]
 * ```
 */
export function urlImages(urls: readonly (string | URL)[], request: RequestInit = {}): ImageSource {
  return {
    read: async (index) => {
      const response = await fetch(urls[index], request);
      if (!response.ok)
        throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
      return new Uint8Array(await response.arrayBuffer());
    },
    locate: (index) => {
      const url = String(urls[index]);
      return url.length > 200 ? `${url.slice(0, 200)}…` : url;
    },
  };
}
