import type { BackendName } from '../src/index';
import { findNative } from '../src/native/find-native';
import { describeKernels } from './describe-kernels';

// Whether there is a native backend depends on the machine; `pnpm test` sets it up first.
const NAMES: BackendName[] = 'addon' in findNative() ? ['native', 'wasm', 'cpu'] : ['wasm', 'cpu'];

for (const name of NAMES) describeKernels(name);
