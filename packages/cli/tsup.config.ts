import { packageConfig } from '../../tools/build/package-config';

export default [
  packageConfig({ entry: ['src/index.ts', 'src/steps.ts'] }),
  packageConfig({ entry: { main: 'src/main.ts' }, format: ['esm'], dts: false, clean: false }),
];
