import type { Project } from './project';

/** States of the project that can be brought back, the newest last. */
export interface Past {
  readonly states: readonly { readonly project: Project; readonly what: string }[];
}

/** More than anybody counts back; a state shares what it can with the next one. */
const DEPTH = 100;

export const NO_PAST: Past = { states: [] };

/** Remembers a project before it is changed. @param what the change, for the button: "mark 12 images" */
export function remember(past: Past, project: Project, what: string): Past {
  return { states: [...past.states, { project, what }].slice(-DEPTH) };
}

/** The last remembered project, and the past before it; undefined if there is none. */
export function undo(past: Past): { readonly project: Project; readonly past: Past } | undefined {
  const last = past.states.at(-1);
  return last && { project: last.project, past: { states: past.states.slice(0, -1) } };
}
