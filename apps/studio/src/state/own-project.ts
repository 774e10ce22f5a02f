import { signal } from '@preact/signals';
import { forgetLoaded } from './current-model';
import { endTrainingWorker } from './training-worker';

/**
 * Whether this tab has the project. Two tabs would overwrite each other's labels, so the browser's lock gives the project to
 * one tab.
 */
export const owner = signal<'unknown' | 'this tab' | 'another tab'>('unknown');

const LOCK = 'thaw-studio';
/** A mark for the next load of the page in this tab, which then takes the project from the other tab. */
const TAKE = 'thaw-studio: take the project';
/** A tab that was just closed or reloaded gives its lock back within this time, in milliseconds. */
const PATIENCE_MS = 1000;

/** Waits until this tab has the project. */
export function ownProject(): Promise<void> {
  const { locks } = navigator;
  // Pages without https have no locks.
  if (!locks) {
    owner.value = 'this tab';
    return Promise.resolve();
  }
  const steal = sessionStorage.getItem(TAKE) !== null;
  sessionStorage.removeItem(TAKE);
  return new Promise((owned) => {
    const timer = setTimeout(() => (owner.value = 'another tab'), PATIENCE_MS);
    const held = locks.request(LOCK, { steal }, () => {
      clearTimeout(timer);
      owner.value = 'this tab';
      owned();
      // The lock is held as long as the page is open.
      return new Promise<never>(() => {});
    });
    held.catch(async () => {
      // Another tab has taken the project. What this tab has of it will be old when that tab is closed.
      owner.value = 'another tab';
      void locks.request(LOCK, () => location.reload());
      forgetLoaded();
      await endTrainingWorker();
    });
  });
}

/** Loads this page anew, with the project of the other tab. */
export function takeProject(): void {
  sessionStorage.setItem(TAKE, '1');
  location.reload();
}
