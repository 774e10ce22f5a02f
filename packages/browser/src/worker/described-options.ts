import {
  type FineTuneOptions,
  type LossDescription,
  lossOf,
  type OptimizerDescription,
  optimizerOf,
  type ScheduleDescription,
  scheduleOf,
} from '@thawjs/core';

/**
 * Options of `fineTune` from the JSON that a page sent. Descriptions of losses, schedules and optimizers are replaced
 * by what they describe.
 */
export function describedOptions(sent: Readonly<Record<string, unknown>>): Partial<FineTuneOptions> {
  const options: Record<string, unknown> = { ...sent };
  if (isDescription(options.loss, 'loss')) options.loss = lossOf(options.loss as LossDescription);
  for (const phase of ['head', 'thaw'])
    if (isObject(options[phase])) options[phase] = ofPhase(options[phase]);
  return options;
}

function ofPhase(sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const options: Record<string, unknown> = { ...sent };
  if (isDescription(options.learningRate, 'schedule')) {
    options.learningRate = scheduleOf(options.learningRate as ScheduleDescription);
  }
  if (isDescription(options.optimizer, 'optimizer')) {
    options.optimizer = optimizerOf(options.optimizer as OptimizerDescription);
  }
  if (isObject(options.gradually)) options.gradually = ofPhase(options.gradually);
  return options;
}

function isDescription(value: unknown, key: string): boolean {
  return isObject(value) && typeof value[key] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
