import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the keyboard focus in a list whose focused item goes away, because it was removed or no longer fits a filter: the
 * item that takes its place gets the focus. If the list is empty then, the page's heading does.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>): void {
  const last = useRef<{ item: Element; index: number } | undefined>(undefined);
  const placeOf = (item: Element) => [...(list.current?.children ?? [])].indexOf(item);
  useEffect(() => {
    const listener = ({ target }: FocusEvent) => {
      const item = [...(list.current?.children ?? [])].find((child) => child.contains(target as Node));
      last.current = item && { item, index: placeOf(item) };
    };
    document.addEventListener('focusin', listener);
    return () => document.removeEventListener('focusin', listener);
  }, []);
  useLayoutEffect(() => {
    const { item, index } = last.current ?? {};
    if (!item || index === undefined) return;
    if (item.isConnected) last.current = { item, index: placeOf(item) };
    else if (document.activeElement === document.body) {
      const items = [...(list.current?.children ?? [])];
      const next = items[Math.min(index, items.length - 1)];
      const target = next?.matches('[tabindex]') ? next : next?.querySelector('button');
      ((target ?? document.querySelector('h1')) as HTMLElement | null)?.focus();
    }
  });
}
