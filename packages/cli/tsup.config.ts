import { packageConfig } from '../../tools/build/package-config';

export default [
  packageConfig(),
  packageConfig({ entry: { main: 'src/main.ts' }, format: ['esm'], dts: false, clean: false }),
];
