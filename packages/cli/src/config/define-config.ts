import type { AnalyseFlags } from '../commands/analyse';
import type { EvaluateFlags } from '../commands/evaluate';
import type { ExportFlags } from '../commands/export';
import type { PredictFlags } from '../commands/predict';
import type { ReportFlags } from '../commands/report';
import type { SearchFlags } from '../commands/search';
import type { ServeFlags } from '../commands/serve';
import type { TrainFlags } from '../commands/train';

/** The flags of a command in camel case, and its data. */
export type CommandConfig<Flags> = Partial<Flags> & {
  /** Paths, as the command's arguments name them. */
  readonly data?: string | readonly string[];
};

/** What `thaw.config.ts` exports: for each command what its flags say otherwise. The command line wins. */
export interface ThawConfig {
  readonly train?: CommandConfig<TrainFlags>;
  readonly evaluate?: CommandConfig<EvaluateFlags>;
  readonly predict?: CommandConfig<PredictFlags>;
  readonly analyse?: CommandConfig<AnalyseFlags>;
  readonly report?: CommandConfig<ReportFlags>;
  readonly search?: CommandConfig<SearchFlags>;
  readonly serve?: CommandConfig<ServeFlags>;
  readonly export?: CommandConfig<ExportFlags>;
}

/**
 * Gives a config back as it is; an editor checks its keys and values.
 *
 * @example
 * ```ts
 * import { defineConfig } from 'thaw';
 *
 * const config = defineConfig({ analyse: { data: 'labels.csv', group: 'patient' } });
 * console.log(config.analyse?.group); // patient
 * ```
 */
export function defineConfig(config: ThawConfig): ThawConfig {
  return config;
}
