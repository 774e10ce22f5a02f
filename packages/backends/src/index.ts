export type { BackendName, BackendRefusal } from './backend-refusal';
export { BackendUnavailableError } from './backend-unavailable-error';
export { type BestBackend, type BestBackendOptions, useBestBackend } from './use-best-backend';
