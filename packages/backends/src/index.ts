export { ThawError } from '@thawjs/errors';
export type { BackendName, BackendRefusal } from './backend-refusal';
export { BackendOptionError, BackendUnavailableError, UnsupportedKernelError } from './errors';
export { type BestBackend, type BestBackendOptions, useBestBackend } from './use-best-backend';
