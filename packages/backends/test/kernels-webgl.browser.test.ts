import { describeKernels } from './describe-kernels';

describeKernels('webgl');
