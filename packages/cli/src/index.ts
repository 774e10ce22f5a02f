export type { AnalyseFlags } from './commands/analyse';
export type { EvaluateFlags } from './commands/evaluate';
export type { ExportFlags } from './commands/export';
export type { PredictFlags } from './commands/predict';
export type { ReportFlags } from './commands/report';
export type { ComputeFlags } from './commands/run-options';
export type { SearchFlags } from './commands/search';
export type { ServeFlags } from './commands/serve';
export type { Shard } from './commands/shard-option';
export type { TrainFlags } from './commands/train';
export type { NetworkFlags, TrainingFlags } from './commands/training-options';
export { type CommandConfig, defineConfig, type ThawConfig } from './config/define-config';
export type { DataForm } from './data/data-forms';
export type { DataOptions } from './data/data-options';
export {
  CommandError,
  ConfigError,
  QueueFullError,
  RequestError,
  ResultsError,
  ThawError,
  UsageError,
} from './errors';
