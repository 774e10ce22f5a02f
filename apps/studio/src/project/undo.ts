import type { Project } from './project';

/** A state of the project that is not the current one, and the change between the two. */
interface State {
  readonly project: Project;
  readonly what: string;
  /** Changes of one group are taken back together. */
  readonly group?: object | undefined;
}

/** Earlier states of the project, the newest last, and states that were taken back, the next last. */
export interface Past {
  readonly states: readonly State[];
  readonly undone: readonly State[];
}

/** The number of states to keep. A state shares unchanged parts with the next one. */
const DEPTH = 100;

export const NO_PAST: Past = { states: [], undone: [] };

/**
 * Stores a project before it is changed. What was taken back can't be made again then.
 *
 * @param what the change, for the button: "mark 12 images"
 * @param group if the last change has the same group, only one state is kept for both
 */
export function remember({ states }: Past, project: Project, what: string, group?: object): Past {
  const last = states.at(-1);
  if (last && group && last.group === group)
    return { states: [...states.slice(0, -1), { ...last, what }], undone: [] };
  return { states: [...states, { project, what, group }].slice(-DEPTH), undone: [] };
}

/** A project, and the states around it. */
interface Moved {
  readonly project: Project;
  readonly past: Past;
}

/** Takes the last change back; undefined if there is none. */
export function undo({ states, undone }: Past, current: Project): Moved | undefined {
  const last = states.at(-1);
  if (!last) return undefined;
  const { what } = last;
  return {
    project: last.project,
    past: { states: states.slice(0, -1), undone: [...undone, { project: current, what }] },
  };
}

/** Makes the change again that was taken back last; undefined if there is none. */
export function redo({ states, undone }: Past, current: Project): Moved | undefined {
  const next = undone.at(-1);
  if (!next) return undefined;
  const { what } = next;
  return {
    project: next.project,
    past: { states: [...states, { project: current, what }], undone: undone.slice(0, -1) },
  };
}
