export type { AnalyseFlags } from './commands/analyse';
export { type CommandConfig, defineConfig, type ThawConfig } from './config/define-config';
export type { DataForm } from './data/data-forms';
export type { DataOptions } from './data/data-options';
export { CommandError, ConfigError, QueueFullError, RequestError, ThawError } from './errors';
