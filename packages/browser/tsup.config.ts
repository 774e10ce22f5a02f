import { packageConfig } from '../../tools/build/package-config';

export default packageConfig({ entry: { index: 'src/index.ts', worker: 'src/worker/index.ts' } });
