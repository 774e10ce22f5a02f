export { ThawError } from '@thawjs/errors';
export { type BackendDiagnosis, type Diagnosis, diagnose } from './doctor/diagnose';
export { formatDiagnosis } from './doctor/format-diagnosis';
export type { GpuDevice, GpuDiagnosis } from './doctor/gpu';
export { cacheFolder } from './native/cache-folder';
export { NativeSetupError, type NativeSetupErrorCode } from './native/native-setup-error';
export type { InstallerLimits } from './native/run-installer';
export { setupNative } from './native/setup-native';
export type { NativeSetup, NativeSetupOptions, NativeSetupStep } from './native/setup-run';
