import { activationOf } from '../operations/activation';
import type { PlanBuilder } from '../plan-builder';
import type { Step } from '../step';
import type { Value } from '../value';

/** A value of the program as a step: an activation of it is an operation of its own. */
export function activatedAfterwards({ program }: PlanBuilder, value: Value): Step {
  return {
    emit: () => value,
    activated: (activation) => ({ emit: () => activationOf(program, [value], { activation }) }),
  };
}
