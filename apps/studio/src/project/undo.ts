import type { Project } from './project';

/** Earlier states of the project, the newest last. */
export interface Past {
  readonly states: readonly { readonly project: Project; readonly what: string }[];
}

/** The number of states to keep. A state shares unchanged parts with the next one. */
const DEPTH = 100;

export const NO_PAST: Past = { states: [] };

/** Stores a project before it is changed. @param what the change, for the button: "mark 12 images" */
export function remember(past: Past, project: Project, what: string): Past {
  return { states: [...past.states, { project, what }].slice(-DEPTH) };
}

/** The last stored project, and the states before it; undefined if there is none. */
export function undo(past: Past): { readonly project: Project; readonly past: Past } | undefined {
  const last = past.states.at(-1);
  return last && { project: last.project, past: { states: past.states.slice(0, -1) } };
}
