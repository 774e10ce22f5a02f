import {
  ANY,
  FLAG,
  FROM_0_TO_BELOW_1,
  FUNCTION,
  FUNCTIONS,
  LIST,
  NUMBER,
  OBJECT,
  OBJECTS,
  type OptionRule,
  oneOf,
  SIGNAL,
  TEXT,
  WHOLE_FROM_1,
} from '../options/check-options';
import type { PhaseOptions } from './phase-options';

const PAIRS: OptionRule = {
  accepts: (value) => Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2),
  expected: "to be a list of pairs of layers and factor, such as [['all', 0.1]]",
};

/** The options that a phase has. Values that need more than a glance are checked by `resolvePhase`. */
export const PHASE_RULES = {
  name: TEXT,
  epochs: WHOLE_FROM_1,
  learningRate: ANY,
  train: OBJECT,
  validation: OBJECT,
  batchSize: WHOLE_FROM_1,
  seed: NUMBER,
  loss: FUNCTION,
  sampleWeights: OBJECT,
  metrics: FUNCTIONS,
  featureCache: ANY,
  callbacks: OBJECTS,
  signal: SIGNAL,
  resume: TEXT,
  optimizer: FUNCTION,
  learningRateFactors: PAIRS,
  layerDecay: ANY,
  weightAverage: ANY,
  stochasticDepth: FROM_0_TO_BELOW_1,
  views: WHOLE_FROM_1,
  headStart: ANY,
  history: LIST,
  way: oneOf('graph', 'plan', 'tape'),
  recompute: FLAG,
  precision: ANY,
} satisfies Record<keyof PhaseOptions, OptionRule>;

/** The checks of some of the options that a phase has. */
export function rulesOf<Name extends keyof PhaseOptions>(
  ...names: readonly Name[]
): Readonly<Record<Name, OptionRule>> {
  const rules = names.map((name) => [name, PHASE_RULES[name]] as const);
  return Object.fromEntries(rules) as Record<Name, OptionRule>;
}
