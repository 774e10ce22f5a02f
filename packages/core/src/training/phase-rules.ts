import { ANY, FROM_0_TO_BELOW_1, FUNCTION, OBJECT, type OptionRule } from '../options/check-options';
import type { PhaseOptions } from './phase-options';

/** The options that a phase has. Values that need more than a glance are checked by `resolvePhase`. */
export const PHASE_RULES = {
  name: ANY,
  epochs: ANY,
  learningRate: ANY,
  train: OBJECT,
  validation: OBJECT,
  batchSize: ANY,
  seed: ANY,
  loss: FUNCTION,
  sampleWeights: OBJECT,
  metrics: OBJECT,
  featureCache: ANY,
  callbacks: OBJECT,
  signal: OBJECT,
  resume: ANY,
  optimizer: FUNCTION,
  learningRateFactors: OBJECT,
  layerDecay: ANY,
  weightAverage: ANY,
  stochasticDepth: FROM_0_TO_BELOW_1,
  views: ANY,
  headStart: ANY,
  history: OBJECT,
  way: ANY,
  recompute: ANY,
  precision: ANY,
} satisfies Record<keyof PhaseOptions, OptionRule>;
