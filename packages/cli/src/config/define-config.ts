import type { AnalyseFlags } from '../commands/analyse';
import type { EvaluateFlags } from '../commands/evaluate';
import type { ExportFlags } from '../commands/export';
import type { PredictFlags } from '../commands/predict';
import type { ReportFlags } from '../commands/report';
import type { SearchFlags } from '../commands/search';
import type { ServeFlags } from '../commands/serve';
import type { TrainFlags } from '../commands/train';

/**
 * The flags of a command in camel case, and its arguments by name. A flag's value may also be its text on the command
 * line.
 */
export type CommandConfig<Flags, Argument extends string = 'data'> = {
  readonly [Flag in keyof Flags]?: Flags[Flag] | string;
} & {
  /** Paths. */
  readonly [Name in Argument]?: string | readonly string[];
};

/** The contents of `thaw.config.ts`: for each command, other defaults of its flags. The command line overrides them. */
export interface ThawConfig {
  readonly train?: CommandConfig<TrainFlags>;
  readonly evaluate?: CommandConfig<EvaluateFlags>;
  readonly predict?: CommandConfig<PredictFlags, 'images'>;
  readonly analyse?: CommandConfig<AnalyseFlags>;
  readonly report?: CommandConfig<ReportFlags, 'run'>;
  readonly search?: CommandConfig<SearchFlags>;
  readonly serve?: CommandConfig<ServeFlags, never>;
  readonly export?: CommandConfig<ExportFlags, 'run'>;
}

/**
 * Returns a config unchanged. Editors check its keys and values by this function's type.
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
