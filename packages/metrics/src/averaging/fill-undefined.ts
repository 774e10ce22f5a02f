import type { UndefinedPolicy } from '../options';

/** Puts the caller's number, if there is one, where a value is undefined. */
export function fillUndefined(value: number, policy: UndefinedPolicy): number {
  return Number.isNaN(value) && typeof policy === 'number' ? policy : value;
}
