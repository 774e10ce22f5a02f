import { describeKernels } from './describe-kernels';

describeKernels('webgpu');
