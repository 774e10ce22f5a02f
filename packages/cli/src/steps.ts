// `thaw/steps`: the parts of the commands, for a command line of your own, such as that of the worked example.
export { classDistribution } from './analysis/class-distribution';
export { addNetworkOptions, type NetworkFlags } from './commands/training-options';
export { startBackend } from './compute';
export { openBackbone } from './runs/open-backbone';
export type { ExistingRun } from './runs/open-run';
export { sharedOptions, splitData } from './runs/open-training';
export { type TrainedRun, type TrainRunOptions, trainRun } from './runs/train-run';
export type { ResultFiles, RunResults } from './runs/write-results';
export { interruptSignal } from './terminal/interrupt-signal';
export { path, whole } from './terminal/parse-value';
export { processTerminal, type Terminal } from './terminal/terminal';
export { withExitCode } from './terminal/with-exit-code';
