import { signal } from '@preact/signals';
import { closeInfos } from './notices';

/** The pages, in the order of the work. */
export const ROUTES = [
  { path: 'label', name: 'Images and labels' },
  { path: 'balance', name: 'Balance' },
  { path: 'train', name: 'Train' },
  { path: 'mistakes', name: 'Mistakes' },
  { path: 'thresholds', name: 'Thresholds' },
  { path: 'try', name: 'Try it' },
  { path: 'download', name: 'Download' },
] as const;

export type Route = (typeof ROUTES)[number]['path'];

export const route = signal<Route>(routeOf(globalThis.location?.hash ?? ''));

/** The page of an address such as `#train`; the first page for an unknown address. */
function routeOf(hash: string): Route {
  return ROUTES.find(({ path }) => hash === `#${path}`)?.path ?? 'label';
}

/** Changes the page when the address changes. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    route.value = routeOf(location.hash);
    closeInfos();
    // The next page starts at its top, and screen readers read its heading.
    scrollTo(0, 0);
    requestAnimationFrame(() => document.querySelector('h1')?.focus());
  });
}
