import { computed, signal } from '@preact/signals';
import { readProject, removePixelsExcept, writeProject } from '../project/database';
import { latestOnly } from '../project/latest-only';
import { EMPTY_PROJECT, type Project } from '../project/project';
import { NO_PAST, type Past, redo, remember, undo } from '../project/undo';
import { announce } from './announce';
import { sentenceOf, tell } from './notices';

export const project = signal<Project>(EMPTY_PROJECT);
/** Whether the saved project has been read. Nothing may be changed before that. */
export const opened = signal(false);
const past = signal<Past>(NO_PAST);
/** The change that "undo" would take back, and the one that "redo" would make again; undefined if there is none. */
export const undoable = computed(() => past.value.states.at(-1)?.what);
export const redoable = computed(() => past.value.undone.at(-1)?.what);

const save = latestOnly(writeProject, (error) =>
  tell(`Your last change couldn't be saved: ${sentenceOf(error)}`, 'problem'),
);

/** Reads the project that was saved in this browser. */
export async function openProject(): Promise<void> {
  project.value = await readProject();
  opened.value = true;
  await removePixelsExcept(new Set(project.value.images.map(({ id }) => id)));
  // Asks the browser to keep the page's data if the disk gets full.
  await navigator.storage?.persist?.();
}

/**
 * Replaces the project, and saves it.
 *
 * @param what the change, for the undo button: "mark 12 images"
 * @param group changes of one group are taken back together
 */
export function change(what: string, next: Project, group?: object): void {
  if (next === project.value) return;
  past.value = remember(past.value, project.value, what, group);
  project.value = next;
  void save(next);
}

export function undoLast(): void {
  go(undo, undoable.value, 'Taken back');
}

export function redoLast(): void {
  go(redo, redoable.value, 'Made again');
}

function go(move: typeof undo, what: string | undefined, done: string): void {
  const moved = move(past.value, project.value);
  if (!moved) return;
  past.value = moved.past;
  project.value = moved.project;
  void save(moved.project);
  announce(`${done}: ${what}.`);
}
