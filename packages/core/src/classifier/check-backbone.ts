import type { Backbone } from '../backbones/backbone';
import { OptionError } from '../errors';
import { isPreprocessing, isStages } from '../persistence/metadata';

/** Per part of a backbone: a description of valid values, and the check. */
const PARTS: Readonly<Record<string, readonly [expected: string, fits: (value: unknown) => boolean]>> = {
  model: ['a LayersModel as model', (value) => Array.isArray((value as Partial<Backbone['model']>)?.inputs)],
  name: ['a text as name', (value) => typeof value === 'string'],
  preprocessing: [
    "preprocessing: { channelOrder: 'rgb' or 'bgr', mean, scale } of finite numbers, one per channel",
    isPreprocessing,
  ],
  stages: ['stages: a list of { name, layers }, which may be empty', isStages],
};

/**
 * Checks that a value is a backbone, with parts that `save` can store.
 *
 * @throws {OptionError} names the first part that isn't as it should be
 */
export function checkBackbone(given: unknown): asserts given is Backbone {
  if (typeof given !== 'object' || given === null || 'then' in given) {
    const received =
      typeof given === 'object' && given !== null ? 'a promise: await it' : JSON.stringify(given);
    throw new OptionError(
      `classifier: expected a backbone, a model or a list of them, such as await backbone('resnet18'); received ${received}.`,
    );
  }
  for (const [part, [expected, fits]] of Object.entries(PARTS)) {
    const value = (given as Record<string, unknown>)[part];
    if (fits(value)) continue;
    const received =
      part === 'model' || value === undefined ? `none` : (JSON.stringify(value) ?? String(value));
    throw new OptionError(
      `classifier: expected a backbone with ${expected}; received ${received.slice(0, 100)}.`,
    );
  }
}
