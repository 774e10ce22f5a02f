import type { AnalyseFlags } from '../commands/analyse';

/** The flags of a command in camel case, and its data. */
export type CommandConfig<Flags> = Partial<Flags> & {
  /** Paths, as the command's arguments name them. */
  readonly data?: string | readonly string[];
};

/** What `thaw.config.ts` exports: for each command what its flags say otherwise. The command line wins. */
export interface ThawConfig {
  readonly analyse?: CommandConfig<AnalyseFlags>;
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
