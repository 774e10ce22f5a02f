import type { TrainFlags } from '../commands/train';

type Rule = (value: unknown) => boolean;

const isText: Rule = (value) => typeof value === 'string';
const isFlag: Rule = (value) => typeof value === 'boolean';
const isNumber: Rule = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isNatural: Rule = (value) => isNumber(value) && Number.isInteger(value);
const isTexts: Rule = (value) => Array.isArray(value) && value.every(isText);
const isSize: Rule = (value) => Array.isArray(value) && value.length === 2 && value.every(isNatural);
const isFractions: Rule = (value) =>
  typeof value === 'object' &&
  value !== null &&
  ['train', 'validation', 'test'].every((part) => isNumber((value as Record<string, unknown>)[part]));
const isOneOf =
  (...names: string[]): Rule =>
  (value) =>
    names.includes(value as string);

/** The type of each flag in `command.json`. The contents of text flags are checked where they are used. */
const RULES: Readonly<Record<keyof TrainFlags, Rule>> = {
  form: isText,
  image: isText,
  columns: isTexts,
  tags: isText,
  delimiter: isText,
  names: isTexts,
  after: isText,
  confidence: isText,
  missing: isOneOf('none', 'unknown', 'label'),
  group: isText,
  split: isText,
  sheet: (value) => isText(value) || isNatural(value),
  values: isText,
  encoding: isText,
  onProblem: isOneOf('error', 'skip'),
  repeated: isOneOf('error', 'first', 'last', 'union'),
  only: isTexts,
  without: isTexts,
  limit: isNatural,
  backend: isOneOf('auto', 'native', 'wasm', 'cpu'),
  precision: isOneOf('float32', 'bfloat16', 'auto'),
  batchSize: isNatural,
  backbone: isText,
  weights: isText,
  size: isSize,
  by: isText,
  fractions: isFractions,
  augment: isFlag,
  seed: isNatural,
  headEpochs: isNatural,
  thawEpochs: isNatural,
  learningRate: isNumber,
  freezeFirst: isNatural,
  layerDecay: isNumber,
  stochasticDepth: isNumber,
  report: isFlag,
  pictures: isFlag,
  out: isText,
  resume: isFlag,
  overwrite: isFlag,
  json: isFlag,
};
const NEEDED: readonly (keyof TrainFlags)[] = ['backend', 'backbone', 'weights', 'augment', 'seed'];

/** The fault in the flags of a file, in words; undefined if the flags are as `thaw train` writes them. */
export function faultOfFlags(flags: unknown): string | undefined {
  if (typeof flags !== 'object' || flags === null) return `flags ${JSON.stringify(flags)}`;
  const missing = NEEDED.find((name) => !Object.hasOwn(flags, name));
  if (missing) return `no flag ${missing}`;
  for (const [name, value] of Object.entries(flags)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof TrainFlags] : undefined;
    if (!rule?.(value)) return `flag ${name} of ${JSON.stringify(value)}`;
  }
  return undefined;
}
