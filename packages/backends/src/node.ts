export { type BackendDiagnosis, type Diagnosis, diagnose } from './doctor/diagnose';
export { cacheFolder } from './native/cache-folder';
export { NativeSetupError, type NativeSetupErrorCode } from './native/native-setup-error';
export type { InstallerLimits } from './native/run-installer';
export {
  type NativeSetup,
  type NativeSetupOptions,
  type NativeSetupStep,
  setupNative,
} from './native/setup-native';
